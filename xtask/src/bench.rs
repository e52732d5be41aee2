use std::{collections::BTreeMap, fmt::Write, path::PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;
use xshell::{Shell, cmd};

use crate::{release, tools};

const PAGE: &str = "docs/src/benchmarks.md";
/// The version of the library of the same name in `Cargo.lock`.
const RUNNER: &str = "gungraun-runner@0.20.0";

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Run all the others.
    All(Arguments),
    /// Measure start-up time, size, build time and the number of dependencies beside what people write without the client.
    Footprint(Arguments),
    /// Measure and plot time and memory of 1,000 to 1,000,000 links.
    Growth(Arguments),
    /// Measure decoding, encoding, the scheduler and links beside their baselines: time, and instructions under valgrind.
    Micro(Arguments),
    /// Measure time, CPU and memory of 100,000 links beside what people write without the client.
    Peers(Arguments),
}

#[derive(Clone, clap::Args)]
pub(crate) struct Arguments {
    /// Write the figures into the page on benchmarks.
    #[arg(long)]
    write: bool,
    /// Number of rounds, for all but the micro-benchmarks.
    #[arg(long)]
    rounds: Option<usize>,
}

/// Measures, prints the figures and fails on none.
pub(crate) fn run(shell: &Shell, task: Task) -> Result<()> {
    match task {
        Task::All(arguments) => {
            micro(shell, &arguments)?;
            ["peers", "growth", "footprint"].iter().try_for_each(|task| program(shell, task, &arguments))
        }
        Task::Footprint(arguments) => program(shell, "footprint", &arguments),
        Task::Growth(arguments) => program(shell, "growth", &arguments),
        Task::Micro(arguments) => micro(shell, &arguments),
        Task::Peers(arguments) => program(shell, "peers", &arguments),
    }
}

/// Builds the programs as a user's `cargo build --release` does, and runs the one that measures the others.
fn program(shell: &Shell, task: &str, arguments: &Arguments) -> Result<()> {
    let python = python(shell)?;
    let folder = release::build_command(shell)?;
    cmd!(shell, "cargo build --quiet --locked --profile bench --package offerslook-bench --bins").run()?;
    let (bench, command) = (folder.join("offerslook-bench"), folder.join("offerslook"));
    let rounds = arguments.rounds.map(|rounds| format!("--rounds={rounds}"));
    let page = arguments.write.then(|| format!("--page={PAGE}"));
    Ok(cmd!(shell, "{bench} {task} --command {command} --python {python} {rounds...} {page...}").run()?)
}

/// Makes a Python environment with httpx beside the builds.
fn python(shell: &Shell) -> Result<PathBuf> {
    let folder = tools::target()?.join("bench-python");
    let python = folder.join("bin/python");
    if !python.exists() {
        cmd!(shell, "python3 -m venv {folder}").run()?;
        cmd!(shell, "{python} -m pip install --quiet httpx==0.28.1").run()?;
    }
    Ok(python)
}

fn micro(shell: &Shell, arguments: &Arguments) -> Result<()> {
    let bench = ["bench", "--quiet", "--locked", "--package", "offerslook-bench", "--bench"];
    cmd!(shell, "valgrind --version")
        .ignore_stdout()
        .run()
        .context("valgrind counts the instructions: install the package of that name")?;
    let root = tools::target()?.join("tools");
    let runner = root.join("bin/gungraun-runner");
    if !runner.exists() {
        cmd!(shell, "cargo install --quiet --locked --root {root} {RUNNER}").run()?;
    }
    let times = cmd!(shell, "cargo {bench...} micro").read()?;
    eprintln!("{times}");
    let _runner = shell.push_env("GUNGRAUN_RUNNER", runner);
    let counts = cmd!(shell, "cargo {bench...} instructions").env("GUNGRAUN_COLOR", "never").read()?;
    eprintln!("{counts}");
    let table = table(&counts)?;
    eprintln!("{table}");
    if arguments.write {
        let page = shell.read_file(PAGE)?;
        let (before, rest) = page.split_once("<!-- micro -->\n").context("a marker")?;
        let (_, after) = rest.split_once("<!-- /micro -->").context("a marker")?;
        let times = format!("```text\n{}\n```", times.trim());
        shell.write_file(
            PAGE,
            format!("{before}<!-- micro -->\n{table}\n{times}\n\n<!-- /micro -->{after}"),
        )?;
    }
    Ok(())
}

/// Puts each case beside its baseline, from what gungraun prints: a line that ends in the name of a case and its argument,
/// such as `decode_bare plain:cases::answer()`, and then one with its instructions.
fn table(counts: &str) -> Result<String> {
    let mut found = BTreeMap::new();
    let mut latest = None;
    for line in counts.lines() {
        if let Some((_, case)) = line.split_once("::cases_and_baselines::") {
            latest = case.split_once(':').map(|(case, _)| case.to_owned());
        } else if let Some(count) = line.trim().strip_prefix("Instructions:")
            && let Some(case) = latest.take()
        {
            let count: u64 = count.split('|').next().unwrap_or_default().trim().parse()?;
            found.insert(case, count);
        }
    }
    let mut table = "| | instructions | baseline | ratio |\n|---|--:|--:|--:|\n".to_owned();
    for (case, count) in found.iter().filter(|(case, _)| !case.contains("_bare ")) {
        let baseline = *found.get(&case.replacen(' ', "_bare ", 1)).context("its baseline")?;
        // In hundredths, so that no number is rounded by a cast.
        let ratio = count * 100 / baseline.max(1);
        writeln!(table, "| {case} | {count} | {baseline} | {}.{:02} |", ratio / 100, ratio % 100)?;
    }
    Ok(table)
}
