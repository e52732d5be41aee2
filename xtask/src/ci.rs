use std::time::Instant;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{endpoint, layers, readme, sandbox_page, simulate, soak};

/// Seeds enough for about a minute on two cores.
const SEEDS: u64 = 250_000;

/// Runs every check, the cheap ones first, and stops at the first that fails.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    // A snapshot that differs fails, instead of being written beside the old one.
    shell.set_var("INSTA_UPDATE", "no");
    step("format", || Ok(cmd!(shell, "cargo fmt --all --check").run()?))?;
    step("layers", || layers::check(shell))?;
    step("endpoints", || endpoint::run(shell, endpoint::Task::Check))?;
    step("lints", || {
        Ok(cmd!(shell, "cargo clippy --locked --workspace --all-targets -- -D warnings").run()?)
    })?;
    step("documentation", || {
        let _warnings = shell.push_env("RUSTDOCFLAGS", "-D warnings");
        Ok(cmd!(shell, "cargo doc --locked --workspace --no-deps").run()?)
    })?;
    step("front door, feature by feature", || {
        for features in ["", "hyper", "ureq"] {
            cmd!(shell, "cargo check --locked --package offerslook --features {features}").run()?;
        }
        Ok(())
    })?;
    step("first command of the README", || readme::check(shell))?;
    step("page on the sandbox", || sandbox_page::check(shell))?;
    step("the core in another runtime", || {
        Ok(cmd!(shell, "cargo run --locked --quiet --package embed-smol").run()?)
    })?;
    step("tests", || readme::run_tests(shell))?;
    step("adding an endpoint", || endpoint::run(shell, endpoint::Task::Rehearse))?;
    step("load", || soak::run(shell))?;
    step("simulation", || simulate::run(shell, &simulate::Arguments { seeds: Some(SEEDS), seed: None }))
}

fn step(name: &str, run: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    eprintln!("\n== {name}");
    run()?;
    eprintln!("== {name}: passed in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}
