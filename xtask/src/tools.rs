use std::env;

use anyhow::{Context, Result};
use xshell::{PushEnv, Shell};

/// Puts the tools that `.ci/run` installs beside the builds on the path, until the result is dropped.
pub(crate) fn on_path(shell: &Shell) -> Result<PushEnv<'_>> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).context("cargo builds in `debug` of a target folder")?;
    let paths = env::var_os("PATH").unwrap_or_default();
    let paths = env::split_paths(&paths).chain([target.join("tools/bin")]);
    Ok(shell.push_env("PATH", env::join_paths(paths)?))
}
