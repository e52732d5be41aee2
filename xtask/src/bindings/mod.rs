//! The bindings, as their users get them: built, packed, installed into a fresh folder, and tested against the sandbox.

mod node;
mod python;

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::{Cmd, Shell};

use crate::{examples, readme, release, sandbox::Sandbox};

/// What the bindings are built and tested with.
struct Harness<'s> {
    shell: &'s Shell,
    sandbox: Sandbox,
    /// Where builds go.
    target: PathBuf,
}

/// Builds and tests all bindings.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    with_harness(shell, |harness| {
        let python = python::run(harness)?;
        node::test(harness)?;
        node::install(harness)?;
        examples::print_header();
        for (name, example) in
            [("python", python), ("node", "node bindings/node/examples/links.js".to_owned())]
        {
            examples::check(shell, &harness.sandbox, name, &example)?;
        }
        Ok(())
    })
}

/// Compiles the core to wasm, and runs it.
pub(crate) fn wasm(shell: &Shell) -> Result<()> {
    with_harness(shell, node::test)
}

fn with_harness(shell: &Shell, run: impl FnOnce(&Harness<'_>) -> Result<()>) -> Result<()> {
    let commands = release::build_debug_command(shell)?;
    let command = commands.join("offerslook");
    let target = commands.parent().context("a target folder")?.join("bindings");
    // The environment wins over `.cargo/config.toml`, and may name the target folder of the main workspace.
    let _target = shell.push_env("CARGO_TARGET_DIR", &target);
    let _command = shell.push_env("OFFERSLOOK_COMMAND", &command);
    run(&Harness { shell, sandbox: Sandbox::start(&command, examples::RATE)?, target })
}

impl Harness<'_> {
    /// Runs the program of a README, and checks that it prints the links of the two documented offers.
    fn check(&self, program: Cmd<'_>) -> Result<()> {
        let name = program.to_string();
        readme::check_links(&name, &self.sandbox.account_of(program).read()?)
    }

    /// Returns the first code block of this language in a README.
    fn program(&self, readme: &str, language: &str) -> Result<String> {
        let text = self.shell.read_file(readme)?;
        let block = text.split_once(&format!("```{language}\n")).and_then(|(_, rest)| rest.split_once("```"));
        Ok(block.with_context(|| format!("{readme} has no program"))?.0.to_owned())
    }
}
