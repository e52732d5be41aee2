//! Builds of the command, and programs and tests that are built in release.

use std::{ffi::OsStr, path::PathBuf};

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::tools;

/// Builds and runs a program of the packages in `tests`, which keeps this one quick to build.
pub(crate) fn program(shell: &Shell, name: &str, arguments: &[impl AsRef<OsStr>]) -> Result<()> {
    let package = match name {
        "simulate" | "verdicts" => "offerslook-simulation",
        _ => "offerslook-tests",
    };
    let run = ["run", "--quiet", "--locked", "--release", "--package", package, "--bin", name, "--"];
    Ok(cmd!(shell, "cargo {run...} {arguments...}").run()?)
}

/// Runs the tests of clients under floods of data: only a release build is as fast as the flood.
pub(crate) fn floods(shell: &Shell) -> Result<()> {
    let test = ["test", "--locked", "--release", "--package", "offerslook", "--features", "hyper,ureq"];
    Ok(cmd!(shell, "cargo {test...} --test connections floods").run()?)
}

/// Runs eight processes of the command on one quota in Redis, and with fixed parts of it.
pub(crate) fn quota_demo(shell: &Shell) -> Result<()> {
    program(shell, "quota_demo", &[build_command(shell)?.join("offerslook")])
}

/// Builds the command as users have it. Returns the folder that it is in.
pub(crate) fn build_command(shell: &Shell) -> Result<PathBuf> {
    cmd!(shell, "cargo build --quiet --locked --release --package offerslook-cli").run()?;
    Ok(tools::target()?.join("release"))
}

/// Builds the command as the tests have it, which is quicker. Returns the folder that it is in.
pub(crate) fn build_debug_command(shell: &Shell) -> Result<PathBuf> {
    cmd!(shell, "cargo build --quiet --locked --package offerslook-cli").run()?;
    Ok(tools::target()?.join("debug"))
}
