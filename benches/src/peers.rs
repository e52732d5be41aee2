//! Our clients and our command beside bare libraries: the same server, the same links, rounds in turn.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use crate::measure::{self, Cost, Server};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The number of links to get.
    #[arg(long, default_value_t = 100_000)]
    ids: u64,
    /// The number of rounds.
    #[arg(long, default_value_t = 15)]
    rounds: usize,
    /// The peers to run, by the names of their programs. Default: all.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// The Python interpreter that has httpx.
    #[arg(long)]
    python: Option<PathBuf>,
    /// The command as users have it.
    #[arg(long)]
    command: Option<PathBuf>,
}

/// A program, and the one that it is compared with.
struct Peer {
    name: &'static str,
    about: &'static str,
    bare: &'static str,
}

const PEERS: [Peer; 8] = [
    Peer { name: "offerslook-hyper", about: "our async client", bare: "bare-hyper" },
    Peer { name: "offerslook-ureq", about: "our blocking client", bare: "bare-ureq" },
    Peer { name: "command", about: "our command, `--format ndjson`", bare: "bare-hyper" },
    Peer { name: "bare-hyper", about: "hyper-util alone", bare: "bare-hyper" },
    Peer { name: "bare-ureq", about: "ureq alone, on threads", bare: "bare-ureq" },
    Peer { name: "reqwest-loop", about: "reqwest and `buffer_unordered`", bare: "bare-hyper" },
    Peer { name: "httpx", about: "Python, httpx", bare: "bare-hyper" },
    Peer { name: "command-csv", about: "our command, `--format csv`", bare: "bare-hyper" },
];

impl Peer {
    fn command(&self, arguments: &Arguments, folder: &Path, url: &str, ids: &Path) -> Option<Command> {
        let program = match self.name {
            "httpx" => arguments.python.as_ref()?.clone(),
            "command" | "command-csv" => arguments.command.as_ref()?.clone(),
            name => folder.join(name),
        };
        let mut command = Command::new(program);
        command.env_clear();
        match self.name {
            "httpx" => command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/httpx_loop.py")),
            "command" | "command-csv" => {
                let format = if self.name == "command" { "ndjson" } else { "csv" };
                command.envs([("OFFERSLOOK_BASE_URL", url), ("OFFERSLOOK_EMAIL", "me@example.com")]);
                command.env("OFFERSLOOK_API_KEY", "0123456789abcdef");
                command.args(["--quiet", "links", "--format", format, "--quota", "1000000/1"]);
                command.args(["--ids-per-request", "100", "--max-in-flight", "8", "--from"]).arg(ids);
                return Some(command);
            }
            _ => &mut command,
        };
        command.arg(url).arg(arguments.ids.to_string());
        Some(command)
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let program = env::current_exe()?;
    let folder = program.parent().context("a folder")?;
    let server = Server::start(&mut Command::new(folder.join("server")))?;
    let list = folder.join("ids.txt");
    fs::write(&list, (1..=arguments.ids).map(|id| format!("{id}\n")).collect::<String>())?;
    let chosen =
        |peer: &&Peer| arguments.only.is_empty() || arguments.only.iter().any(|only| only == peer.name);
    let peers: Vec<&Peer> = PEERS.iter().filter(chosen).collect();
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); peers.len()];
    for round in 0..=arguments.rounds {
        for (peer, costs) in peers.iter().zip(&mut costs) {
            let Some(mut command) = peer.command(arguments, folder, &server.base_url, &list) else {
                continue;
            };
            let (mut cost, printed) = measure::run(&mut command)?;
            cost.calls = server.calls()?;
            let links = if peer.name.starts_with("command") {
                u64::try_from(printed.matches("index.php?").count())?
            } else {
                printed.trim().parse()?
            };
            ensure!(links >= arguments.ids, "{}: {links} links for {} ids", peer.name, arguments.ids);
            // The first round warms the caches of the system.
            if round > 0 {
                costs.push(cost);
            }
        }
    }
    report(&peers, &costs);
    Ok(())
}

fn report(peers: &[&Peer], costs: &[Vec<Cost>]) {
    let cpu_of = |name: &str| {
        let index = peers.iter().position(|peer| peer.name == name)?;
        costs.get(index).filter(|costs| !costs.is_empty()).map(|costs| median(costs, |cost| cost.cpu))
    };
    println!("| program | wall, s | min | CPU, s | min | of bare | peak, MiB | calls |");
    println!("|---|---|---|---|---|---|---|---|");
    for (peer, costs) in peers.iter().zip(costs) {
        let Some(last) = costs.last() else { continue };
        let least = |of: fn(&Cost) -> Duration| costs.iter().map(of).min().unwrap_or_default().as_secs_f64();
        let (wall, cpu) = (median(costs, |cost| cost.wall), median(costs, |cost| cost.cpu));
        let ratio = cpu_of(peer.bare).map_or(f64::NAN, |bare| cpu.as_secs_f64() / bare.as_secs_f64());
        let mut memory: Vec<u64> = costs.iter().map(|cost| cost.memory).collect();
        memory.sort_unstable();
        println!(
            "| {} | {:.3} | {:.3} | {:.3} | {:.3} | {ratio:.2} | {:.1} | {} |",
            peer.about,
            wall.as_secs_f64(),
            least(|cost| cost.wall),
            cpu.as_secs_f64(),
            least(|cost| cost.cpu),
            memory[memory.len() / 2] as f64 / 1_048_576.0,
            last.calls
        );
    }
}

fn median(costs: &[Cost], of: impl Fn(&Cost) -> Duration) -> Duration {
    let mut values: Vec<Duration> = costs.iter().map(of).collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}
