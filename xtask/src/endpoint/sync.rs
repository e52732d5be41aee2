use std::path::{Path, PathBuf};
use std::{collections::BTreeMap, fmt::Write};

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use crate::book::REPOSITORY;

use super::{place::AFFILIATE, source::Endpoint, tree::Tree};

/// The page that lists the endpoints; its text above the rows of the table is written by hand.
const PAGE: &str = "docs/src/endpoints.md";

/// Writes the derived files that differ.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    for (path, text) in stale(shell, &Tree::read(&shell.current_dir())?)? {
        shell.write_file(&path, text)?;
        eprintln!("wrote {}", path.display());
    }
    Ok(())
}

/// Returns the derived files that are not as they should be.
pub(crate) fn stale(shell: &Shell, tree: &Tree) -> Result<BTreeMap<PathBuf, String>> {
    let mut files = derived(shell, tree)?;
    files.retain(|path, text| shell.read_file(path).ok().as_ref() != Some(text));
    Ok(files)
}

/// Returns all derived files as they should be, by their paths from the root of the workspace.
pub(crate) fn derived(shell: &Shell, tree: &Tree) -> Result<BTreeMap<PathBuf, String>> {
    let page = shell.read_file(PAGE).unwrap_or_default();
    let head = page.split_inclusive('\n').take_while(|line| !line.starts_with("| [")).map(str::to_owned);
    let page = head.chain(tree.endpoints().map(|(path, endpoint)| row(path, endpoint))).collect();
    let mut files = BTreeMap::from([(PAGE.into(), page)]);
    for group in tree.groups() {
        let path = Path::new(AFFILIATE).join(group).join("mod.rs");
        files.insert(path, formatted(shell, &registration(tree, group)?)?);
    }
    Ok(files)
}

/// Formats Rust source in the style of the workspace.
pub(crate) fn formatted(shell: &Shell, source: &str) -> Result<String> {
    Ok(cmd!(shell, "rustfmt --quiet --edition 2024").stdin(source).quiet().read()? + "\n")
}

/// Returns the `mod.rs` of a group.
fn registration(tree: &Tree, group: &Path) -> Result<String> {
    let (own, place) = (tree.0.get(&group.join("mod.rs")), group.display());
    let is_derivable = own.is_none_or(|source| source.is_derivable);
    ensure!(is_derivable, "{place}/mod.rs holds more than modules and re-exports: move it to another file");
    let default = || format!("//! The endpoints of `{place}`.");
    let docs = own.map_or_else(default, |source| source.docs.join("\n"));
    let (mut modules, mut exports) = (String::new(), String::new());
    for (module, file) in tree.modules(group) {
        if tree.groups().contains(group.join(&module).as_path()) {
            writeln!(modules, "pub mod {module};")?;
        } else {
            let source = tree.0.get(&file).with_context(|| format!("{} is missing", file.display()))?;
            writeln!(modules, "mod {module};")?;
            writeln!(exports, "pub use {module}::{{{}}};", source.names.join(", "))?;
        }
    }
    let table = if group == Path::new("") { table(tree) } else { String::new() };
    let marker = "// `cargo xtask endpoint sync` derives what follows.";
    Ok(format!("{docs}\n\n{marker}\n{modules}\n{exports}\n{table}"))
}

fn table(tree: &Tree) -> String {
    let specs = tree.endpoints().map(|(path, endpoint)| {
        let group = path.parent().unwrap_or(path).display().to_string().replace('/', "::");
        format!("{group}::{}::SPEC, ", endpoint.type_name)
    });
    let specs: String = specs.collect();
    let head = "use crate::endpoint::{Endpoint, Spec};\n\n/// The specs of all endpoints.\n";
    format!("{head}pub const ENDPOINTS: &[Spec] = &[{specs}];\n")
}

/// Returns the endpoint's row of the page.
fn row(path: &Path, endpoint: &Endpoint) -> String {
    let Endpoint { method, path: template, payload, key, job, .. } = endpoint;
    let path = path.display();
    let key = key.as_ref().map(|key| format!(" `{key}`")).unwrap_or_default();
    let idempotent = if endpoint.is_idempotent { "yes" } else { "no" };
    let link = format!("[{path}]({REPOSITORY}/blob/main/{AFFILIATE}/{path})");
    format!("| {link} | {method} | `{template}` | {payload}{key} | {idempotent} | {job} |\n")
}
