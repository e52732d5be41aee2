//! Whether every endpoint is registered, documented and tested.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};
use xshell::Shell;

use super::{
    snapshots::{Snapshots, Subject},
    source::Source,
    spec::Payload,
    sync,
    tree::{Folder, Found},
};

/// Lists all endpoints, then tells all that is wrong.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    let root = shell.current_dir();
    let folder = Folder::read(&root)?;
    let snapshots = Snapshots::read(&root)?;
    let endpoints = folder.endpoints();
    for found in &endpoints {
        eprintln!("{}", line(found, &snapshots));
    }
    let mut faults: Vec<_> = endpoints.iter().flat_map(|found| faults_of(found, &snapshots)).collect();
    faults.extend(repeated_names(&endpoints));
    for folder in folder.all() {
        faults.extend(unregistered(folder)?);
    }
    faults.extend(stale(shell, &root, &folder)?);
    ensure!(faults.is_empty(), "not every endpoint is as it should be\n- {}", faults.join("\n- "));
    eprintln!("{} endpoints, each registered, documented and tested", endpoints.len());
    Ok(())
}

fn line(found: &Found<'_>, snapshots: &Snapshots) -> String {
    let spec = &found.endpoint.spec;
    let file = found.leaf.short_path();
    let snapshot = snapshots.find(&spec.name, Subject::Request).unwrap_or("no snapshot");
    format!("{file:34} {:6} {:52} {:27} {snapshot}", spec.verb, spec.path, spec.payload)
}

fn faults_of(found: &Found<'_>, snapshots: &Snapshots) -> Vec<String> {
    let spec = &found.endpoint.spec;
    let path = found.leaf.path.display();
    let mut faults = Vec::new();
    let first_line = format!("`{} {}`", spec.verb, spec.path);
    if found.leaf.source.first_line != first_line {
        faults.push(format!("{path}: its first line has to be //! {first_line}, as its SPEC says"));
    }
    for subject in Subject::ALL {
        // Of an answer that is not read there is nothing to see.
        let is_due = !matches!((subject, &spec.payload), (Subject::Answer, Payload::Nothing));
        if is_due && snapshots.find(&spec.name, subject).is_none() {
            faults.push(format!("{path}: no test of it made {}", subject.path(&spec.name).display()));
        }
    }
    faults
}

/// A name is what an endpoint is known by in errors and snapshots.
fn repeated_names(endpoints: &[Found<'_>]) -> Vec<String> {
    let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for found in endpoints {
        let path = found.leaf.path.display().to_string();
        files.entry(&found.endpoint.spec.name).or_default().push(path);
    }
    let repeated = files.into_iter().filter(|(_, files)| files.len() > 1);
    repeated.map(|(name, files)| format!("{}: both are named {name}", files.join(" and "))).collect()
}

/// The files that their `mod.rs` does not declare: the compiler does not see them.
fn unregistered(folder: &Folder) -> Result<Vec<String>> {
    let path: PathBuf = folder.path.join("mod.rs");
    let declared = folder.registration.as_deref().map(Source::parse).transpose()?;
    let declared = declared.map(|source| source.modules).unwrap_or_default();
    let missing = folder.modules().filter(|module| !declared.iter().any(|declared| declared == module));
    let advice = if folder.is_group() { "run `cargo xtask endpoint sync`" } else { "name it there" };
    Ok(missing.map(|module| format!("{} does not register {module}: {advice}", path.display())).collect())
}

fn stale(shell: &Shell, root: &Path, folder: &Folder) -> Result<Vec<String>> {
    let stale = sync::derived(shell, folder)?.into_iter().filter(|file| file.is_stale(root));
    let told = |file: sync::Derived| {
        format!("{} is out of date: run `cargo xtask endpoint sync`", file.path.display())
    };
    Ok(stale.map(told).collect())
}
