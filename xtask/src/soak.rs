use anyhow::Result;
use xshell::{Shell, cmd};

/// The load is a program of the test package, so that this one stays quick to build.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    let run = "run --quiet --locked --release --package offerslook-tests --bin soak";
    let run: Vec<&str> = run.split(' ').collect();
    Ok(cmd!(shell, "cargo {run...}").run()?)
}
