//! The bindings, as their users get them: built, packed, installed into a fresh folder, and tested against the sandbox.

mod node;
mod python;
mod sandbox;

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::Shell;

use crate::release;
use sandbox::Sandbox;

/// What the bindings are built and tested with.
struct Workshop<'s> {
    shell: &'s Shell,
    sandbox: Sandbox,
    /// Where builds go.
    target: PathBuf,
}

/// Builds and tests all bindings.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    with_workshop(shell, |workshop| {
        python::run(workshop)?;
        node::test(workshop)?;
        node::install(workshop)
    })
}

/// Compiles the core to wasm, and runs it.
pub(crate) fn wasm(shell: &Shell) -> Result<()> {
    with_workshop(shell, node::test)
}

fn with_workshop(shell: &Shell, run: impl FnOnce(&Workshop<'_>) -> Result<()>) -> Result<()> {
    let commands = release::build_command(shell)?;
    let command = commands.join("offerslook");
    let target = commands.parent().context("a target folder")?.join("bindings");
    // The environment wins over `.cargo/config.toml`, and may name the target folder of the main workspace.
    let _target = shell.push_env("CARGO_TARGET_DIR", &target);
    let _command = shell.push_env("OFFERSLOOK_COMMAND", &command);
    run(&Workshop { shell, sandbox: Sandbox::start(&command)?, target })
}

impl Workshop<'_> {
    /// Returns the first code block of this language in a README.
    fn program(&self, readme: &str, language: &str) -> Result<String> {
        let text = self.shell.read_file(readme)?;
        let block = text.split_once(&format!("```{language}\n")).and_then(|(_, rest)| rest.split_once("```"));
        Ok(block.with_context(|| format!("{readme} has no program"))?.0.to_owned())
    }
}
