use std::{
    fmt, fs,
    fs::File,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use anstream::{AutoStream, ColorChoice};
use tempfile::NamedTempFile;

use crate::failure::Failure;

/// Where the bytes go.
pub(crate) enum Sink {
    StandardOutput(io::Stdout),
    /// A file that is written as it is: a pipe, a device, a journal.
    Direct {
        file: File,
        path: PathBuf,
    },
    /// A file that takes the place of another one once it is whole.
    Replacement {
        file: NamedTempFile,
        path: PathBuf,
    },
}

impl Sink {
    /// Makes sure that the output can be written. Nothing of what is there is changed.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        match path {
            None => Ok(Self::StandardOutput(io::stdout())),
            Some(path) => Self::at(path).map_err(|cause| Failure::unwritable(&path.display(), &cause)),
        }
    }

    fn at(path: &Path) -> io::Result<Self> {
        let present = match fs::metadata(path) {
            Ok(present) => Some(present),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => None,
            Err(cause) => return Err(cause),
        };
        match present {
            Some(present) if present.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Some(present) if !present.is_file() => {
                let file = File::options().write(true).open(path)?;
                Ok(Self::Direct { file, path: path.to_owned() })
            }
            Some(present) if present.permissions().readonly() => Err(io::ErrorKind::PermissionDenied.into()),
            Some(present) => {
                // The file that a link points to is replaced, not the link.
                let path = fs::canonicalize(path)?;
                let file = beside(&path)?;
                file.as_file().set_permissions(present.permissions())?;
                Ok(Self::Replacement { file, path })
            }
            None => Ok(Self::Replacement { file: beside(path)?, path: path.to_owned() }),
        }
    }

    /// Writes all of it, at once.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::StandardOutput(stdout) => {
                stdout.write_all(bytes)?;
                stdout.flush()
            }
            Self::Direct { file, .. } => file.write_all(bytes),
            Self::Replacement { file, .. } => file.write_all(bytes),
        }
    }

    /// Everything is written.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::StandardOutput(_) | Self::Direct { .. } => Ok(()),
            Self::Replacement { file, path } => {
                file.as_file().sync_all()?;
                file.persist(path).map(drop).map_err(|error| error.error)
            }
        }
    }

    /// What would be left behind if the process ended at once.
    pub(crate) fn leftover(&self) -> Option<PathBuf> {
        match self {
            Self::Replacement { file, .. } => Some(file.path().to_owned()),
            _ => None,
        }
    }

    pub(crate) fn takes_colour(&self) -> bool {
        match self {
            Self::StandardOutput(stdout) => AutoStream::choice(stdout) != ColorChoice::Never,
            _ => false,
        }
    }

    pub(crate) fn is_terminal(&self) -> bool {
        match self {
            Self::StandardOutput(stdout) => stdout.is_terminal(),
            Self::Direct { file, .. } => file.is_terminal(),
            Self::Replacement { .. } => false,
        }
    }
}

impl fmt::Display for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StandardOutput(_) => f.write_str("standard output"),
            Self::Direct { path, .. } | Self::Replacement { path, .. } => path.display().fmt(f),
        }
    }
}

/// A new file in the same folder, with the permissions that any new file has.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".offerslook-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
