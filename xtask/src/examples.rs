//! Runs the examples against one sandbox.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use xshell::{Shell, cmd};

use crate::release;

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
const RATE: &str = "200/1";
const FAULTS: [&str; 5] = ["code", "cut_body", "rate_limited", "reset", "status"];
/// The sandbox ends by itself if nothing else ends it, and with it the example that still uses it.
const MAX_SECONDS: &str = "600";

/// Runs each example against one sandbox that fails 5 % of the calls, and checks that it has exactly one outcome for each
/// id.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    let sandbox = Sandbox::start(shell)?;
    let _account = ["base_url", "email", "api_key"]
        .map(|name| shell.push_env(format!("OFFERSLOOK_{}", name.to_uppercase()), sandbox.value(name)));
    let _network = shell.push_env("OFFERSLOOK_NETWORK", "");
    eprintln!(
        "{:<12}{:>8}{:>10}{:>8}{:>8}{:>10}",
        "example", "ids", "outcomes", "calls", "faults", "seconds"
    );
    for (name, command) in EXAMPLES {
        sandbox.inject_faults(shell)?;
        let (ids, (program, arguments)) = (IDS.to_string(), command.split_once(' ').context("a program")?);
        let arguments = arguments.split(' ');
        let output = cmd!(shell, "{program} {arguments...} {ids} {RATE} {IDS_PER_CALL}").quiet().output()?;
        let (outcomes, log) = (String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
        let found = outcomes.lines().map(|line| line.split(' ').next().and_then(|id| id.parse().ok()));
        ensure!(found.eq((1..=IDS).map(Some)), "{name} has not exactly one outcome for each id:\n{log}");
        let figures: Vec<&str> = log.lines().last().unwrap_or_default().split(' ').collect();
        let [asked, yielded, calls, seconds] = *figures else { bail!("{name} prints no figures:\n{log}") };
        ensure!([asked, yielded] == [&ids, &ids], "{name} counts wrongly: {figures:?}");
        let faults = sandbox.faults_met(shell)?;
        ensure!(faults > 0, "{name} met no fault");
        eprintln!("{name:<12}{asked:>8}{yielded:>10}{calls:>8}{faults:>8}{seconds:>10}");
    }
    Ok(())
}

/// The sandbox of the command, killed when this is dropped.
struct Sandbox {
    process: Child,
    account: Value,
}

impl Sandbox {
    fn start(shell: &Shell) -> Result<Self> {
        let mut process = Command::new(release::build_debug_command(shell)?.join("offerslook"))
            .args(["--quiet", "sandbox", "--quota", RATE, "--max-time", MAX_SECONDS])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let stdout = process.stdout.take().context("the output of the sandbox")?;
        // From here on, it is killed.
        let mut sandbox = Self { process, account: Value::Null };
        BufReader::new(stdout).read_line(&mut line)?;
        sandbox.account = serde_json::from_str(&line).context("the sandbox does not serve")?;
        Ok(sandbox)
    }

    fn value(&self, name: &str) -> &str {
        self.account.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Replaces the faults, and so sets their counts to zero.
    fn inject_faults(&self, shell: &Shell) -> Result<()> {
        let rules = FAULTS.map(|kind| {
            let fault = match kind {
                "code" => json!({ "kind": kind, "code": 500 }),
                "status" => json!({ "kind": kind, "status": 503 }),
                _ => json!({ "kind": kind }),
            };
            json!({ "when": { "probability": 0.01 }, "fault": fault })
        });
        let faults = json!({ "seed": 12, "rules": rules }).to_string();
        self.control(shell, &["--request", "PUT", "--json", &faults]).map(drop)
    }

    fn faults_met(&self, shell: &Shell) -> Result<u64> {
        let reply = self.control(shell, &[])?;
        let fired = reply.pointer("/data/faults/fired").and_then(Value::as_array);
        Ok(fired.context("the control API counts no faults")?.iter().filter_map(Value::as_u64).sum())
    }

    /// Calls the control API. The account stays out of the list of processes.
    fn control(&self, shell: &Shell, arguments: &[&str]) -> Result<Value> {
        let url = format!("{}/sandbox/v1/faults", self.value("base_url"));
        let account = format!("user = {}:{}", self.value("email"), self.value("api_key"));
        let curl = cmd!(shell, "curl --silent --show-error --fail --config - {arguments...} {url}");
        Ok(serde_json::from_str(&curl.stdin(account).quiet().read()?)?)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
