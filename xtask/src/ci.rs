use std::time::Instant;

use anyhow::Result;
use xshell::{Shell, cmd};

#[cfg(unix)]
use crate::pictures;
use crate::{
    bindings, book, compatibility, endpoint, examples, fuzz, imports, layers, published, readme, release,
    sandbox_page, words,
};

/// About a minute; `cargo xtask simulate --seeds 1000000` runs them all.
const SIMULATED_SEEDS: &str = "100000";
/// Some 40 seconds; `cargo xtask soak` makes four times as many calls.
const SOAKED_IDS: &str = "5000";
/// A few seconds; `cargo xtask verdicts` alone runs more.
const VERDICT_SEEDS: &str = "20";
/// Three seconds for each target; `cargo xtask fuzz --minutes 120` is the long run.
const FUZZ_MINUTES: f64 = 0.35;

/// Runs all checks, quick ones first, and stops at the first that fails.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    let start = Instant::now();
    // A snapshot that differs fails the test, and no new one is written beside it.
    shell.set_var("INSTA_UPDATE", "no");
    step("format", || {
        cmd!(shell, "cargo fmt --check --manifest-path fuzz/Cargo.toml").run()?;
        in_workspaces(shell, &["fmt", "--all", "--check"])
    })?;
    step("words", || words::check(shell))?;
    step("circular imports", || imports::check(shell, false))?;
    step("dependencies and licenses", || layers::check(shell))?;
    step("lints", || {
        in_workspaces(shell, &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])
    })?;
    step("documentation", || {
        let _warnings = shell.push_env("RUSTDOCFLAGS", "-D warnings");
        Ok(cmd!(shell, "cargo doc --locked --workspace --no-deps").run()?)
    })?;
    step("features", || compatibility::features(shell))?;
    step("oldest compiler", || compatibility::oldest_compiler(shell))?;
    step("oldest dependencies", || compatibility::oldest_dependencies(shell))?;
    step("packages", || published::packages(shell, false, false))?;
    step("public API", || published::api(shell, false))?;
    step("endpoints", || endpoint::run(shell, endpoint::Task::Check))?;
    step("first command of the README", || readme::check(shell))?;
    #[cfg(unix)]
    step("pictures of the README", || pictures::run(shell, true))?;
    step("book", || book::run(shell, true))?;
    step("page on the sandbox", || sandbox_page::check(shell))?;
    step("examples", || examples::run(shell))?;
    step("bindings", || bindings::run(shell))?;
    step("tests", || readme::run_tests(shell))?;
    step("fuzz targets", || fuzz::run(shell, "--dev", FUZZ_MINUTES))?;
    step("adding an endpoint", || endpoint::run(shell, endpoint::Task::Rehearse))?;
    step("floods", || release::floods(shell))?;
    step("load", || release::program(shell, "soak", &[SOAKED_IDS]))?;
    step("verdicts", || release::program(shell, "verdicts", &["--seeds", VERDICT_SEEDS]))?;
    step("simulation", || release::program(shell, "simulate", &["--seeds", SIMULATED_SEEDS]))?;
    eprintln!("\nAll checks passed in {:.0} s.", start.elapsed().as_secs_f64());
    Ok(())
}

/// Runs a command of cargo in the workspace of the crates and in that of the bindings.
fn in_workspaces(shell: &Shell, arguments: &[&str]) -> Result<()> {
    for workspace in [".", "bindings"] {
        let _folder = shell.push_dir(workspace);
        cmd!(shell, "cargo {arguments...}").run()?;
    }
    Ok(())
}

fn step(name: &str, run: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    eprintln!("\n== {name}");
    run()?;
    eprintln!("== {name}: passed in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}
