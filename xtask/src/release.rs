use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::{Shell, cmd};

/// Builds the command as users have it, and tells in which folder it is.
pub(crate) fn build_command(shell: &Shell) -> Result<PathBuf> {
    cmd!(shell, "cargo build --quiet --locked --release --package offerslook-cli").run()?;
    let metadata = cmd!(shell, "cargo metadata --locked --no-deps --format-version 1").quiet().read()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let target = metadata.get("target_directory").and_then(Value::as_str).context("a target folder")?;
    Ok(PathBuf::from(target).join("release"))
}
