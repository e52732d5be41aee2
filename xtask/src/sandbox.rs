use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::{Cmd, Shell, cmd};

/// The sandbox ends by itself if nothing else ends it, and with it the program that still uses it.
const MAX_SECONDS: &str = "1800";

/// A sandbox of the `offerslook` command, killed when this is dropped.
pub(crate) struct Sandbox {
    process: Child,
    account: Value,
}

impl Sandbox {
    pub(crate) fn start(command: &Path, rate: &str) -> Result<Self> {
        let mut process = Command::new(command)
            .args(["--quiet", "sandbox", "--quota", rate, "--max-time", MAX_SECONDS])
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

    /// Gives a program the account, in its environment.
    pub(crate) fn account_of<'s>(&self, program: Cmd<'s>) -> Cmd<'s> {
        let variables = ["base_url", "email", "api_key"];
        let variables =
            variables.map(|name| (format!("OFFERSLOOK_{}", name.to_uppercase()), self.value(name)));
        program.env_remove("OFFERSLOOK_NETWORK").envs(variables)
    }

    /// Calls the control API of faults. The account stays out of the list of processes.
    pub(crate) fn faults(&self, shell: &Shell, arguments: &[&str]) -> Result<Value> {
        let url = format!("{}/sandbox/v1/faults", self.value("base_url"));
        let account = format!("user = {}:{}", self.value("email"), self.value("api_key"));
        let curl = cmd!(shell, "curl --silent --show-error --fail --config - {arguments...} {url}");
        Ok(serde_json::from_str(&curl.stdin(account).quiet().read()?)?)
    }

    fn value(&self, name: &str) -> &str {
        self.account.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
