//! Runs the examples against one sandbox.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use xshell::{Shell, cmd};

use crate::{glue, release, sandbox::Sandbox};

/// Each prints a line per outcome, which begins with the id, and finally `ids outcomes calls seconds` to stderr.
const EXAMPLES: [(&str, &str); 4] = [
    ("event-loop", "cargo run --locked --quiet --package event-loop --"),
    ("smol", "cargo run --locked --quiet --package smol-adapter --example links_smol --"),
    ("reqwest", "cargo run --locked --quiet --package reqwest-adapter --example links_reqwest --"),
    ("attohttpc", "cargo run --locked --quiet --package attohttpc-adapter --example links_attohttpc --"),
];
const IDS: u64 = 5_000;
/// Makes some 200 calls of 5,000 ids, so that 5 % of faults are a dozen.
const IDS_PER_CALL: &str = "25";
/// Far above that of a network, so that a run takes seconds.
pub(crate) const RATE: &str = "200/1";
const FAULTS: [&str; 5] = ["code", "cut_body", "rate_limited", "reset", "status"];

/// Counts the glue of the examples, and runs each against one sandbox.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    glue::check(shell)?;
    let command = release::build_debug_command(shell)?.join("offerslook");
    let sandbox = Sandbox::start(&command, RATE)?;
    print_header();
    EXAMPLES.iter().try_for_each(|(name, command)| check(shell, &sandbox, name, command))
}

pub(crate) fn print_header() {
    eprintln!(
        "{:<12}{:>8}{:>10}{:>8}{:>8}{:>10}",
        "example", "ids", "outcomes", "calls", "faults", "seconds"
    );
}

/// Runs one example against a sandbox that fails 5 % of the calls, and checks that it has exactly one outcome for each id.
pub(crate) fn check(shell: &Shell, sandbox: &Sandbox, name: &str, command: &str) -> Result<()> {
    inject_faults(shell, sandbox)?;
    let (ids, (program, arguments)) = (IDS.to_string(), command.split_once(' ').context("a program")?);
    let arguments = arguments.split(' ');
    let example = cmd!(shell, "{program} {arguments...} {ids} {RATE} {IDS_PER_CALL}").quiet();
    let output = sandbox.account_of(example).output()?;
    let (outcomes, log) = (String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
    let found = outcomes.lines().map(|line| line.split(' ').next().and_then(|id| id.parse().ok()));
    ensure!(found.eq((1..=IDS).map(Some)), "{name} has not exactly one outcome for each id:\n{log}");
    let figures: Vec<&str> = log.lines().last().unwrap_or_default().split(' ').collect();
    let [asked, yielded, calls, seconds] = *figures else { bail!("{name} prints no figures:\n{log}") };
    ensure!([asked, yielded] == [&ids, &ids], "{name} counts wrongly: {figures:?}");
    let faults = faults_met(shell, sandbox)?;
    ensure!(faults > 0, "{name} met no fault");
    eprintln!("{name:<12}{asked:>8}{yielded:>10}{calls:>8}{faults:>8}{seconds:>10}");
    Ok(())
}

/// Replaces the faults, and so sets their counts to zero.
fn inject_faults(shell: &Shell, sandbox: &Sandbox) -> Result<()> {
    let rules = FAULTS.map(|kind| {
        let fault = match kind {
            "code" => json!({ "kind": kind, "code": 500 }),
            "status" => json!({ "kind": kind, "status": 503 }),
            _ => json!({ "kind": kind }),
        };
        json!({ "when": { "probability": 0.01 }, "fault": fault })
    });
    let faults = json!({ "seed": 12, "rules": rules }).to_string();
    sandbox.faults(shell, &["--request", "PUT", "--json", &faults]).map(drop)
}

fn faults_met(shell: &Shell, sandbox: &Sandbox) -> Result<u64> {
    let reply = sandbox.faults(shell, &[])?;
    let fired = reply.pointer("/data/faults/fired").and_then(Value::as_array);
    Ok(fired.context("the control API counts no faults")?.iter().filter_map(Value::as_u64).sum())
}
