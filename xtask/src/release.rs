//! Builds of the command, and programs and tests that are built in release.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use serde_json::Value;
use xshell::{Shell, cmd};

/// Programs of the packages in `tests`, so that this one stays quick to build.
#[derive(Clone, Copy)]
pub(crate) enum Program {
    QuotaDemo,
    Simulate,
    Soak,
    Verdicts,
}

impl Program {
    /// Builds and runs it with these arguments.
    pub(crate) fn run(self, shell: &Shell, arguments: &[String]) -> Result<()> {
        let (package, name) = match self {
            Self::QuotaDemo => ("offerslook-tests", "quota_demo"),
            Self::Simulate => ("offerslook-simulation", "simulate"),
            Self::Soak => ("offerslook-tests", "soak"),
            Self::Verdicts => ("offerslook-simulation", "verdicts"),
        };
        let run = ["run", "--quiet", "--locked", "--release", "--package", package, "--bin", name, "--"];
        Ok(cmd!(shell, "cargo {run...} {arguments...}").run()?)
    }
}

/// Runs the tests of clients under floods of data: only a release build is as fast as the flood.
pub(crate) fn floods(shell: &Shell) -> Result<()> {
    let test = ["test", "--locked", "--release", "--package", "offerslook", "--features", "hyper,ureq"];
    Ok(cmd!(shell, "cargo {test...} --test connections floods").run()?)
}

/// Runs eight processes of the command on one quota in Redis, and with fixed parts of it.
pub(crate) fn quota_demo(shell: &Shell) -> Result<()> {
    let command = build_command(shell)?.join("offerslook");
    Program::QuotaDemo
        .run(shell, &[command.into_os_string().into_string().map_err(|_| anyhow!("the target folder"))?])
}

/// Builds the command as users have it. Returns the folder that it is in.
pub(crate) fn build_command(shell: &Shell) -> Result<PathBuf> {
    cmd!(shell, "cargo build --quiet --locked --release --package offerslook-cli").run()?;
    Ok(target_folder(shell)?.join("release"))
}

/// Builds the command as the tests have it, which is quicker. Returns the folder that it is in.
pub(crate) fn build_debug_command(shell: &Shell) -> Result<PathBuf> {
    cmd!(shell, "cargo build --quiet --locked --package offerslook-cli").run()?;
    Ok(target_folder(shell)?.join("debug"))
}

fn target_folder(shell: &Shell) -> Result<PathBuf> {
    let metadata = cmd!(shell, "cargo metadata --locked --no-deps --format-version 1").quiet().read()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    Ok(metadata.get("target_directory").and_then(Value::as_str).context("a target folder")?.into())
}
