use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use xshell::Cmd;

/// A sandbox in a process of its own, which is killed with it.
pub(super) struct Sandbox {
    process: Child,
    account: BTreeMap<String, String>,
}

impl Sandbox {
    pub(super) fn start(command: &Path) -> Result<Self> {
        let mut process = Command::new(command)
            .args(["sandbox", "--quiet", "--max-time", "3600"])
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {}", command.display()))?;
        let mut account = String::new();
        BufReader::new(process.stdout.take().context("its output")?).read_line(&mut account)?;
        Ok(Self { process, account: serde_json::from_str(&account)? })
    }

    /// Runs a program on the account of the sandbox, and checks that it prints the links of the two documented offers.
    pub(super) fn check(&self, program: Cmd<'_>) -> Result<()> {
        let variables = self.account.iter();
        let variables = variables.map(|(name, value)| (format!("OFFERSLOOK_{}", name.to_uppercase()), value));
        let output = program.envs(variables).read()?;
        for link in ["offer_id=16&aff_id=40", "offer_id=102&aff_id=40"] {
            ensure!(output.contains(link), "the program does not print {link}:\n{output}");
        }
        eprintln!("{output}");
        Ok(())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It has ended already, or ends now.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
