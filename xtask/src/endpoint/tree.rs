use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::place::AFFILIATE;
use super::source::{Endpoint, Source};

/// The source files under `affiliate/`, by their paths from there.
pub(crate) struct Tree(pub(crate) BTreeMap<PathBuf, Source>);

impl Tree {
    /// Reads all files; `root` is the root of the workspace.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let folder = root.join(AFFILIATE);
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(&folder) {
            let path = entry?.into_path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let source =
                    Source::parse(&fs::read_to_string(&path)?).with_context(|| path.display().to_string())?;
                files.insert(path.strip_prefix(&folder)?.to_owned(), source);
            }
        }
        Ok(Self(files))
    }

    pub(crate) fn endpoints(&self) -> impl Iterator<Item = (&Path, &Endpoint)> {
        self.0.iter().filter_map(|(path, source)| Some((path.as_path(), source.endpoint.as_ref()?)))
    }

    /// Returns the folders with an endpoint in them, however deep. Their `mod.rs` is derived; every other folder
    /// keeps the `mod.rs` that it has.
    pub(crate) fn groups(&self) -> BTreeSet<&Path> {
        self.endpoints().flat_map(|(path, _)| path.ancestors().skip(1)).collect()
    }

    /// Returns the modules directly in a folder, and the file of each.
    pub(crate) fn modules(&self, folder: &Path) -> BTreeMap<String, PathBuf> {
        let modules = self.0.keys().filter_map(|path| {
            let mut below = path.strip_prefix(folder).ok()?.iter();
            let first = Path::new(below.next()?);
            let file = below.next().map_or_else(|| path.clone(), |_| folder.join(first).join("mod.rs"));
            Some((first.file_stem()?.to_str()?.to_owned(), file))
        });
        modules.filter(|(name, _)| name != "mod").collect()
    }
}
