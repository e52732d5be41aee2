use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xshell::{Shell, cmd};

/// Packs every crate that is published, and checks that a page of crates.io has what it shows.
pub(crate) fn check(shell: &Shell) -> Result<()> {
    let metadata = cmd!(shell, "cargo metadata --locked --no-deps --format-version 1").quiet().read()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("packages")?;
    let published = packages.iter().filter(|package| package.get("publish").is_some_and(Value::is_null));
    let mut names = Vec::new();
    for package in published {
        let name = package.get("name").and_then(Value::as_str).context("a name")?;
        for field in ["description", "license", "readme", "repository", "rust_version"] {
            ensure!(package.get(field).is_some_and(|value| !value.is_null()), "{name} has no {field}");
        }
        let files = cmd!(shell, "cargo package --quiet --offline --allow-dirty --list --package {name}")
            .quiet()
            .read()?;
        for file in ["LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
            ensure!(files.lines().any(|line| line == file), "the package of {name} has no {file}");
        }
        names.extend(["--package", name]);
    }
    let pack = ["package", "--quiet", "--offline", "--allow-dirty", "--no-verify"];
    eprintln!("{} packages", names.len() / 2);
    Ok(cmd!(shell, "cargo {pack...} {names...}").run()?)
}
