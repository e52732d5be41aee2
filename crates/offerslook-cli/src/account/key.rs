use std::{
    fmt,
    fs::File,
    io::{self, Read},
    path::Path,
};

use secrecy::SecretString;

use crate::failure::Failure;

/// What holds the API key.
#[derive(Clone)]
pub(crate) enum KeySource {
    /// A file, and the option or variable that names it.
    File {
        named_by: String,
        path: std::path::PathBuf,
    },
    StandardInput,
    /// The key itself, and what holds it.
    Value {
        held_by: String,
        key: SecretString,
    },
}

impl KeySource {
    pub(crate) fn read(&self) -> Result<SecretString, Failure> {
        let bytes = match self {
            Self::File { path, .. } => File::open(path).and_then(read_bytes),
            Self::StandardInput => read_bytes(io::stdin().lock()),
            Self::Value { key, .. } => return Ok(key.clone()),
        };
        self.text(bytes.map_err(|cause| Failure::unreadable(self, &cause))?)
    }

    pub(super) fn of_variable(name: &str, key: &str) -> Self {
        Self::Value { held_by: name.to_owned(), key: key.into() }
    }

    /// Returns the file that holds the key, if one does.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. } => Some(path),
            _ => None,
        }
    }

    /// Whether other users of this machine can read the file with the key.
    pub(crate) fn is_readable_by_others(&self) -> bool {
        self.path().is_some_and(is_readable_by_others)
    }

    /// Some editors and shells write marks, and some write two bytes per character.
    fn text(&self, bytes: Vec<u8>) -> Result<SecretString, Failure> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0) {
            return Err(Failure::usage(
                format_args!("{self} is not UTF-8 text; it looks like UTF-16"),
                "Save it again as UTF-8, with the key alone in it.",
            ));
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::usage(format_args!("{self} is not UTF-8 text"), "It must hold the key alone.")
        })?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).into())
    }
}

impl fmt::Display for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // By its name, since what is taken for its path may be the key itself.
            Self::File { named_by, .. } => write!(f, "the file that {named_by} names"),
            Self::StandardInput => f.write_str("standard input"),
            Self::Value { held_by, .. } => f.write_str(held_by),
        }
    }
}

fn read_bytes(source: impl Read) -> io::Result<Vec<u8>> {
    const MAX_BYTES: u64 = 64 * 1024;
    let mut bytes = Vec::new();
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
        return Err(io::Error::other("it is too large to be an API key"));
    }
    Ok(bytes)
}

#[cfg(unix)]
pub(crate) fn is_readable_by_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
pub(crate) fn is_readable_by_others(_path: &Path) -> bool {
    false
}
