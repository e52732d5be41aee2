use std::env;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// Checks the dependencies and licenses that `deny.toml` allows. `.ci/run` installs cargo-deny beside the builds.
pub(crate) fn check(shell: &Shell) -> Result<()> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).context("cargo builds in `debug` of a target folder")?;
    let paths = env::var_os("PATH").unwrap_or_default();
    let paths = env::split_paths(&paths).chain([target.join("tools/bin")]);
    let _paths = shell.push_env("PATH", env::join_paths(paths)?);
    // Each of the two workspaces has parts that the other has not.
    let quiet = ["--allow", "unused-wrapper", "--allow", "license-exception-not-encountered"];
    for workspace in ["Cargo.toml", "bindings/Cargo.toml"] {
        let deny = ["deny", "--locked", "--manifest-path", workspace, "--config", "deny.toml", "check"];
        cmd!(shell, "cargo {deny...} {quiet...} bans licenses")
            .run()
            .context("cargo-deny refuses a dependency, or is missing: run `.ci/run`, which installs it")?;
    }
    Ok(())
}
