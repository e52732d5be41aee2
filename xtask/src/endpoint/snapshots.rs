//! The snapshots of the core's tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// From the root of the workspace.
const FOLDER: &str = "crates/offerslook-core/tests/core/snapshots";

/// What each endpoint has a snapshot of.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    /// The request of a call.
    Request,
    /// The example, decoded.
    Answer,
}

impl Subject {
    pub(crate) const ALL: [Self; 2] = [Self::Request, Self::Answer];

    /// The file of the snapshot, as the test beside an endpoint names it, from the root of the workspace.
    pub(crate) fn path(self, endpoint: &str) -> PathBuf {
        Path::new(FOLDER).join(self.file(endpoint))
    }

    fn file(self, endpoint: &str) -> String {
        match self {
            Self::Request => format!("{endpoint}_request.snap"),
            Self::Answer => format!("{endpoint}_answer.snap"),
        }
    }
}

/// The files of all snapshots.
pub(crate) struct Snapshots(Vec<String>);

impl Snapshots {
    /// `root` is the root of the workspace.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let entries = fs::read_dir(root.join(FOLDER)).with_context(|| FOLDER.to_owned())?;
        let files = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        Ok(Self(files.collect::<Result<_>>()?))
    }

    /// The file of a snapshot of this endpoint. Before its name may stand a module, with `__` in between.
    pub(crate) fn find(&self, endpoint: &str, subject: Subject) -> Option<&str> {
        let wanted = subject.file(endpoint);
        self.0.iter().find(|file| file.rsplit("__").next() == Some(&wanted)).map(String::as_str)
    }
}
