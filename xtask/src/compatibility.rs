//! What the published packages build with: the oldest compiler and dependencies that they name, and any features.

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use crate::{
    published::{Package, published},
    tools,
};

/// The `rust-version` of the libraries whose dependencies allow one that is older than that of the workspace.
const OLDEST_COMPILER: &str = "1.85";

/// Builds the libraries with each set of their features.
pub(crate) fn features(shell: &Shell) -> Result<()> {
    let _tools = tools::on_path(shell)?;
    let packages = packages(shell, |package| package.is_library)?;
    let hack = ["hack", "check", "--quiet", "--locked", "--feature-powerset"];
    cmd!(shell, "cargo {hack...} {packages...}")
        .run()
        .context("a set of features does not build, or cargo-hack is missing: run `.ci/run`")
}

/// Builds the published packages with the oldest versions that `Cargo.toml` allows of their dependencies.
pub(crate) fn oldest_dependencies(shell: &Shell) -> Result<()> {
    let packages = packages(shell, |_| true)?;
    let target = tools::target()?.join("oldest-dependencies");
    shell.create_dir(&target)?;
    let _lockfile = shell.push_env("CARGO_RESOLVER_LOCKFILE_PATH", target.join("Cargo.lock"));
    let _target = shell.push_env("CARGO_TARGET_DIR", &target);
    let minimal = ["-Z", "direct-minimal-versions"];
    cmd!(shell, "cargo +nightly generate-lockfile --quiet {minimal...}").run()?;
    let check = ["+nightly", "check", "--quiet", "--locked", "--all-features"];
    Ok(cmd!(shell, "cargo {check...} {packages...}").run()?)
}

/// Builds the libraries that name an older compiler than the workspace does with that one.
pub(crate) fn oldest_compiler(shell: &Shell) -> Result<()> {
    let compiler = tools::target()?.join(format!("tools/rust-{OLDEST_COMPILER}/usr"));
    let rustc = compiler.join("bin/rustc");
    ensure!(shell.path_exists(&rustc), "{} is missing: run `.ci/run`, which installs it", rustc.display());
    let _libraries = shell.push_env("LD_LIBRARY_PATH", compiler.join("lib/x86_64-linux-gnu"));
    let _compiler = shell.push_env("RUSTC", &rustc);
    let _target = tools::build_into(shell, "oldest-compiler")?;
    let packages = packages(shell, |package| package.rust_version == OLDEST_COMPILER)?;
    ensure!(!packages.is_empty(), "no package names this compiler");
    Ok(cmd!(shell, "cargo check --quiet --locked --all-features {packages...}").run()?)
}

/// Returns the arguments of cargo that select these of the published packages.
fn packages(shell: &Shell, is_selected: impl Fn(&Package) -> bool) -> Result<Vec<String>> {
    let packages = published(shell)?.into_iter().filter(is_selected);
    Ok(packages.flat_map(|package| ["--package".to_owned(), package.name]).collect())
}
