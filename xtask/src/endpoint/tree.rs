//! The folder `affiliate/`: groups of endpoints, and what belongs to them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use super::source::{Endpoint, Source};

/// Where the endpoints are, from the root of the workspace.
pub(crate) const ENDPOINTS: &str = "crates/offerslook-core/src/affiliate";

/// A folder. One with an endpoint in it, however deep, is a group: its `mod.rs` is derived. Any other keeps
/// the `mod.rs` that it has.
pub(crate) struct Folder {
    pub(crate) name: String,
    /// From the root of the workspace.
    pub(crate) path: PathBuf,
    /// The text of `mod.rs`, where there is one.
    pub(crate) registration: Option<String>,
    pub(crate) files: Vec<Leaf>,
    pub(crate) folders: Vec<Folder>,
}

/// A source file that is no `mod.rs`.
pub(crate) struct Leaf {
    pub(crate) name: String,
    /// From the root of the workspace.
    pub(crate) path: PathBuf,
    pub(crate) source: Source,
}

impl Leaf {
    /// The path from the folder of all endpoints.
    pub(crate) fn short_path(&self) -> String {
        self.path.strip_prefix(ENDPOINTS).unwrap_or(&self.path).display().to_string()
    }
}

/// An endpoint, and where it is.
pub(crate) struct Found<'t> {
    pub(crate) leaf: &'t Leaf,
    pub(crate) endpoint: &'t Endpoint,
    /// The path of its type inside of `affiliate`: `offers::OfferCap`.
    pub(crate) type_path: String,
}

impl Folder {
    /// Reads all files. `root` is the root of the workspace.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        Self::read_at(root, Path::new(ENDPOINTS))
    }

    fn read_at(root: &Path, path: &Path) -> Result<Self> {
        let mut folder = Self {
            name: name_of(path)?,
            path: path.to_owned(),
            registration: None,
            files: Vec::new(),
            folders: Vec::new(),
        };
        let entries = fs::read_dir(root.join(path)).with_context(|| path.display().to_string())?;
        let mut names = entries.map(|entry| Ok(entry?.file_name())).collect::<Result<Vec<_>>>()?;
        names.sort_unstable();
        for name in names {
            let path = path.join(name);
            if root.join(&path).is_dir() {
                folder.folders.push(Self::read_at(root, &path)?);
            } else if path.file_name().is_some_and(|name| name == "mod.rs") {
                folder.registration = Some(fs::read_to_string(root.join(&path))?);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(root.join(&path))?;
                let source = Source::parse(&text).with_context(|| path.display().to_string())?;
                folder.files.push(Leaf { name: name_of(&path)?, path, source });
            }
        }
        Ok(folder)
    }

    pub(crate) fn is_group(&self) -> bool {
        self.files.iter().any(|file| file.source.endpoint.is_some())
            || self.folders.iter().any(Self::is_group)
    }

    /// All endpoints, in the order of their files.
    pub(crate) fn endpoints(&self) -> Vec<Found<'_>> {
        self.endpoints_under("")
    }

    fn endpoints_under(&self, prefix: &str) -> Vec<Found<'_>> {
        let here = self.files.iter().filter_map(|leaf| {
            let endpoint = leaf.source.endpoint.as_ref()?;
            Some(Found { leaf, endpoint, type_path: format!("{prefix}{}", endpoint.type_name) })
        });
        let below = self
            .folders
            .iter()
            .flat_map(|folder| folder.endpoints_under(&format!("{prefix}{}::", folder.name)));
        here.chain(below).collect()
    }

    /// This folder and all below it.
    pub(crate) fn all(&self) -> Vec<&Self> {
        std::iter::once(self).chain(self.folders.iter().flat_map(Self::all)).collect()
    }

    /// What `mod.rs` has to declare.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &str> {
        let files = self.files.iter().map(|file| file.name.as_str());
        files.chain(self.folders.iter().map(|folder| folder.name.as_str()))
    }
}

fn name_of(path: &Path) -> Result<String> {
    let name = path.file_stem().and_then(|name| name.to_str());
    let name = name.with_context(|| format!("{} has no name that can be read", path.display()))?;
    ensure!(syn::parse_str::<syn::Ident>(name).is_ok(), "{} is no name of a module", path.display());
    Ok(name.to_owned())
}
