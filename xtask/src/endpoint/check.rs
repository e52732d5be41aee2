use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use heck::ToSnakeCase;
use serde_json::Value;
use xshell::{Shell, cmd};

use super::place::{ensure_verb_first, fixture, placeholders, snapshots};
use super::{source::Endpoint, sync, tree::Tree};

/// Lists all endpoints, then what is wrong with them. Runs the tests of the core.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    let tree = Tree::read(&shell.current_dir())?;
    for (path, endpoint) in tree.endpoints() {
        let key = endpoint.key.as_ref().unwrap_or(&endpoint.payload);
        eprintln!("{:50} {:6} {:50} {key}", path.display(), endpoint.method, endpoint.path);
    }
    let mut faults = faults(shell, &tree);
    match checked_snapshots(shell) {
        Ok(names) => faults.extend(untested(&tree, &names)),
        Err(error) => faults.push(format!("the core does not compile or fails its tests: {error:#}")),
    }
    ensure!(faults.is_empty(), "not every endpoint is as it should be\n- {}", faults.join("\n- "));
    eprintln!("{} endpoints, each registered, documented and tested", tree.endpoints().count());
    Ok(())
}

/// Returns what is wrong with the files.
pub(crate) fn faults(shell: &Shell, tree: &Tree) -> Vec<String> {
    let mut faults = conflicts(tree);
    for (path, endpoint) in tree.endpoints() {
        let docs = tree.0.get(path).and_then(|source| source.docs.first());
        faults.extend(faults_of(shell, path, endpoint, docs));
    }
    for (file, source) in tree.0.iter().filter(|(file, _)| file.ends_with("mod.rs")) {
        let folder = file.parent().unwrap_or(file);
        let missing = tree.modules(folder).into_keys().filter(|module| !source.modules.contains(module));
        faults.extend(missing.map(|module| format!("{}: `mod {module};` is missing", file.display())));
    }
    let stale = |file: &PathBuf| format!("{}: run `cargo xtask endpoint sync`", file.display());
    let files = sync::stale(shell, tree).map(|files| files.keys().map(stale).collect());
    faults.extend(files.unwrap_or_else(|error| vec![error.to_string()]));
    faults
}

/// Returns the types of one name, and the endpoints with one method and path.
pub(crate) fn conflicts(tree: &Tree) -> Vec<String> {
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, source) in tree.0.iter().filter(|(path, _)| !path.ends_with("mod.rs")) {
        let call = source.endpoint.iter().map(|endpoint| format!("{} {}", endpoint.method, endpoint.path));
        for name in source.names.iter().cloned().chain(call) {
            owners.entry(name).or_default().push(path.display().to_string());
        }
    }
    owners.retain(|_, files| files.len() > 1);
    owners.into_iter().map(|(name, files)| format!("{}: each defines `{name}`", files.join(", "))).collect()
}

fn faults_of(shell: &Shell, path: &Path, endpoint: &Endpoint, docs: Option<&String>) -> Vec<String> {
    let Endpoint { type_name, name, key, .. } = endpoint;
    let mut faults = Vec::new();
    let file = path.file_stem().unwrap_or_default().display();
    if file.to_string() != *name || type_name.to_snake_case() != *name {
        faults.push(format!("the file is `{file}`, the type `{type_name}`, SPEC `{name}`: use one name"));
    }
    faults.extend(ensure_verb_first(name).err().map(|error| error.to_string()));
    faults.extend(placeholders(&endpoint.path).err().map(|error| error.to_string()));
    let first_line = format!("//! `{} {}`", endpoint.method, endpoint.path);
    if docs != Some(&first_line) {
        faults.push(format!("its first line is not {first_line}, as SPEC says"));
    }
    if let Some(key) = key {
        let answer = shell.read_file(fixture(name)).unwrap_or_default();
        let answer: Value = serde_json::from_str(&answer).unwrap_or_default();
        let data = answer.get("data").and_then(Value::as_object).into_iter().flatten();
        let found: Vec<_> = data.map(|(key, _)| format!("`{key}`")).collect();
        if !found.contains(&format!("`{key}`")) {
            let found = if found.is_empty() { "no data".to_owned() } else { found.join(", ") };
            faults.push(format!("the fixture has {found}, SPEC reads `{key}` ({})", fixture(name).display()));
        }
    }
    faults.into_iter().map(|fault| format!("{}: {fault}", path.display())).collect()
}

/// Runs the tests of the core. Returns the names of the snapshots that they compared.
fn checked_snapshots(shell: &Shell) -> Result<BTreeSet<String>> {
    let folder = shell.create_temp_dir()?;
    let references = folder.path().join("snapshots");
    let _references = shell.push_env("INSTA_SNAPSHOT_REFERENCES_FILE", &references);
    let _no = shell.push_env("INSTA_UPDATE", "no");
    cmd!(shell, "cargo test --quiet --package offerslook-core --lib --test core").ignore_stdout().run()?;
    let names = fs::read_to_string(&references)?;
    // A module may stand before a name, with `__` in between.
    let name = |line: &str| Some(Path::new(line).file_name()?.to_str()?.rsplit("__").next()?.to_owned());
    Ok(names.lines().filter_map(name).collect())
}

/// Returns the endpoints whose snapshots no test compared.
pub(crate) fn untested(tree: &Tree, compared: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, endpoint) in tree.endpoints() {
        // An answer that is not read has no snapshot.
        let due = if endpoint.payload == "Nothing" { 1 } else { 2 };
        let missing = snapshots(&endpoint.name).into_iter().take(due).filter(|name| !compared.contains(name));
        faults.extend(missing.map(|name| format!("{}: no test compares {name}", path.display())));
    }
    faults
}
