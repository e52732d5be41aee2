//! What is published: the kinds of files of each package, and the API of each library. `snapshots` holds both, so that
//! no change passes unseen.

use std::{collections::BTreeSet, fmt::Write, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::tools;

/// Checks the files of every package that is published, and that each can be packed.
pub(crate) fn packages(shell: &Shell, bless: bool, verify: bool) -> Result<()> {
    let names: Vec<_> = published(shell)?.into_iter().map(|package| package.name).collect();
    let mut text = String::new();
    for name in &names {
        let list = ["package", "--locked", "--allow-dirty", "--list", "--package"];
        let files = cmd!(shell, "cargo {list...} {name}").quiet().read()?;
        writeln!(text, "{name}")?;
        for kind in files.lines().map(kind).collect::<BTreeSet<_>>() {
            writeln!(text, "    {kind}")?;
        }
    }
    compare(shell, "packages.txt", &text, bless)?;
    let packages = names.iter().flat_map(|name| ["--package", name]);
    let verify = (!verify).then_some("--no-verify");
    Ok(cmd!(shell, "cargo package --quiet --locked --allow-dirty {verify...} {packages...}").run()?)
}

/// Checks the API of every library that is published.
pub(crate) fn api(shell: &Shell, bless: bool) -> Result<()> {
    let _tools = tools::on_path(shell)?;
    let _target = tools::build_into(shell, "public-api")?;
    for package in published(shell)?.into_iter().filter(|package| package.is_library) {
        let name = package.name;
        let api = ["public-api", "--all-features", "--omit", "blanket-impls,auto-trait-impls", "--package"];
        let text = cmd!(shell, "cargo +nightly {api...} {name}").quiet().read().context(
            "the API cannot be read, or cargo-public-api or a nightly compiler is missing: run `.ci/run`",
        )?;
        compare(shell, &format!("api/{name}.txt"), &format!("{text}\n"), bless)?;
    }
    Ok(())
}

pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) is_library: bool,
    /// The oldest compiler that builds it.
    pub(crate) rust_version: String,
}

pub(crate) fn published(shell: &Shell) -> Result<Vec<Package>> {
    let metadata = cmd!(shell, "cargo metadata --locked --no-deps --format-version 1").quiet().read()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("packages")?;
    let published = packages.iter().filter(|package| package.get("publish").is_some_and(Value::is_null));
    let packages = published.map(|package| {
        let text = |field| package.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        for field in ["description", "license", "readme", "repository"] {
            ensure!(!text(field).is_empty(), "{} has no {field}", text("name"));
        }
        let targets = package.get("targets").map(Value::to_string).unwrap_or_default();
        Ok(Package {
            name: text("name"),
            is_library: targets.contains(r#"["lib"]"#),
            rust_version: text("rust_version"),
        })
    });
    packages.collect()
}

/// One line for all files of one kind in one folder, so that only a new kind or folder is a change.
fn kind(file: &str) -> String {
    let path = Path::new(file);
    match (path.parent(), path.extension()) {
        (Some(folder), Some(extension)) if folder != Path::new("") => {
            format!("{}/*.{}", folder.display(), extension.display())
        }
        _ => file.to_owned(),
    }
}

fn compare(shell: &Shell, name: &str, text: &str, bless: bool) -> Result<()> {
    let snapshot = Path::new("snapshots").join(name);
    if bless {
        return Ok(shell.write_file(&snapshot, text)?);
    }
    if shell.read_file(&snapshot).unwrap_or_default() != text {
        let found = tools::target()?.join("snapshots").join(name);
        shell.write_file(&found, text)?;
        cmd!(shell, "git --no-pager diff --no-index -- {snapshot} {found}").run().with_context(|| {
            format!("{} is out of date: read the change, then run the task with --bless", snapshot.display())
        })?;
    }
    Ok(())
}
