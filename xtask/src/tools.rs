//! The tools that `.ci/run` installs beside the builds.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use xshell::{PushEnv, Shell};

/// Returns the target folder, where this program was built.
pub(crate) fn target() -> Result<PathBuf> {
    let program = env::current_exe()?;
    Ok(program.ancestors().nth(2).context("cargo builds in `debug` of a target folder")?.to_owned())
}

/// Lets `cargo` find the tools.
pub(crate) fn on_path(shell: &Shell) -> Result<PushEnv<'_>> {
    let paths = env::var_os("PATH").unwrap_or_default();
    let paths = env::split_paths(&paths).chain([target()?.join("tools/bin")]);
    Ok(shell.push_env("PATH", env::join_paths(paths)?))
}

/// Builds into a folder of its own: other compilers and flags would rebuild everything each time.
pub(crate) fn build_into<'s>(shell: &'s Shell, folder: impl AsRef<Path>) -> Result<PushEnv<'s>> {
    Ok(shell.push_env("CARGO_TARGET_DIR", target()?.join(folder)))
}
