//! The files that are derived from the endpoints.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use xshell::{Shell, cmd};

use super::{registration, table, tree::Folder};

/// A derived file: where it is, from the root of the workspace, and what has to stand in it.
pub(crate) struct Derived {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl Derived {
    pub(crate) fn is_stale(&self, root: &Path) -> bool {
        fs::read_to_string(root.join(&self.path)).ok().as_ref() != Some(&self.text)
    }
}

/// All derived files, as they have to be.
pub(crate) fn derived(shell: &Shell, root: &Folder) -> Result<Vec<Derived>> {
    let mut files = vec![Derived { path: table::PAGE.into(), text: table::of(root) }];
    for group in root.all().into_iter().filter(|folder| folder.is_group()) {
        let text = formatted(shell, &registration::of(group, group.path == root.path)?)?;
        files.push(Derived { path: group.path.join("mod.rs"), text });
    }
    Ok(files)
}

/// Writes the derived files that differ.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    let root = shell.current_dir();
    for file in derived(shell, &Folder::read(&root)?)? {
        if file.is_stale(&root) {
            shell.write_file(&file.path, &file.text)?;
            eprintln!("wrote {}", file.path.display());
        }
    }
    Ok(())
}

/// Rust source in the style of the workspace.
pub(crate) fn formatted(shell: &Shell, source: &str) -> Result<String> {
    Ok(cmd!(shell, "rustfmt --quiet --edition 2024").stdin(source).quiet().read()? + "\n")
}
