//! The derived part of a `mod.rs`: which files there are, what they offer, and the table of all endpoints.

use anyhow::{Context, Result, ensure};
use syn::Item;

use super::{source::Source, tree::Folder};

/// Above this line a `mod.rs` is written by hand, below it by `sync`.
const MARKER: &str = "// What follows is derived: `cargo xtask endpoint sync` writes it.";

/// The whole `mod.rs` of a group, not yet formatted.
pub(crate) fn of(group: &Folder, is_root: bool) -> Result<String> {
    let mut modules = Vec::new();
    let mut exports = Vec::new();
    for file in &group.files {
        modules.push(format!("mod {};", file.name));
        exports.push(re_export(&file.name, &file.source.names));
    }
    for folder in &group.folders {
        if folder.is_group() {
            modules.push(format!("pub mod {};", folder.name));
            continue;
        }
        let registration = folder.registration.as_deref().with_context(|| {
            format!("{} has no mod.rs: a folder without endpoints keeps its own", folder.path.display())
        })?;
        modules.push(format!("mod {};", folder.name));
        exports.push(re_export(&folder.name, &Source::parse(registration)?.names));
    }
    let head = head(group)?;
    let table = if is_root { table(group) } else { String::new() };
    Ok(format!("{head}\n{MARKER}\n{}\n\n{}\n\n{table}", modules.join("\n"), exports.join("\n")))
}

/// What is written by hand: the documentation of the module.
fn head(group: &Folder) -> Result<String> {
    let Some(registration) = &group.registration else {
        return Ok(format!("//! The endpoints of `{}`.\n", group.name));
    };
    if let Some((head, _)) = registration.split_once(MARKER) {
        return Ok(head.to_owned());
    }
    // What is not derived would get lost.
    for item in syn::parse_file(registration)?.items {
        let is_derived = match &item {
            Item::Mod(module) => module.content.is_none(),
            Item::Const(constant) => constant.ident == "ENDPOINTS",
            Item::Use(_) => true,
            _ => false,
        };
        let path = group.path.display();
        ensure!(
            is_derived,
            "{path}/mod.rs holds more than the names of modules: move it to a file of its own"
        );
    }
    let lines: Vec<_> = registration.lines().take_while(|line| line.starts_with("//!")).collect();
    Ok(lines.join("\n") + "\n")
}

fn re_export(module: &str, names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("pub use {module}::{{{}}};", names.join(", ")) }
}

fn table(root: &Folder) -> String {
    let specs: Vec<_> = root.endpoints().iter().map(|found| format!("{}::SPEC", found.type_path)).collect();
    format!(
        "use crate::endpoint::{{Endpoint, Spec}};\n\n\
         /// The facts of every endpoint. Being a constant, it does not compile with a bad one in it.\n\
         pub const ENDPOINTS: &[Spec] = &[{}];\n",
        specs.join(", ")
    )
}
