use std::{
    fs::{self, DirBuilder, File, Metadata},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;
use tempfile::NamedTempFile;
use toml_edit::{DocumentMut, Item, Table, TableLike};

use super::Profile;
use crate::{account::is_readable_by_others, environment::Environment, failure::Failure};

/// `config.toml`, or that there is none yet.
#[derive(Default)]
pub(crate) struct ConfigFile {
    path: PathBuf,
    document: DocumentMut,
}

impl ConfigFile {
    /// Reads the file; `None` if this machine has no folder for it.
    /// Fails if it cannot be read, is not TOML, or others can change it.
    pub(crate) fn open(environment: &Environment) -> Result<Option<Self>, Failure> {
        let Some(path) = Self::path_in(environment) else { return Ok(None) };
        let text = match read(&path) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => String::new(),
            Err(cause) if cause.kind() == io::ErrorKind::PermissionDenied && is_changeable(&path) => {
                return Err(changeable(&path));
            }
            Err(cause) => return Err(Failure::unreadable(&path.display(), &cause)),
            Ok(text) => text,
        };
        // The parser's own message may show the line, and with it the key.
        let document = text.parse::<DocumentMut>().map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            Failure::usage(
                format_args!("{} is not valid TOML: see line {line}", path.display()),
                "Correct it, or move it away and run offerslook auth login.",
            )
        })?;
        Ok(Some(Self { path, document }))
    }

    /// Reads the file that a command is to change, or prepares a new one.
    ///
    /// # Errors
    /// Those of [`open`](Self::open), and if there is no folder for the file.
    pub(crate) fn require(environment: &Environment) -> Result<Self, Failure> {
        Self::open(environment)?.ok_or_else(|| {
            Failure::usage(
                "there is no home folder for config.toml",
                "Set OFFERSLOOK_CONFIG_DIR to a folder.",
            )
        })
    }

    /// Returns where the file is, or would be; `None` if this machine has no folder for it.
    pub(super) fn path_in(environment: &Environment) -> Option<PathBuf> {
        Some(folder(environment)?.join("config.toml"))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn is_readable_by_others(&self) -> bool {
        is_readable_by_others(&self.path)
    }

    /// Returns the profile of this name, if there is one.
    pub(crate) fn profile(&self, name: &str) -> Result<Option<Profile>, Failure> {
        let Some(item) = self.profiles()?.and_then(|profiles| profiles.get(name)) else { return Ok(None) };
        let profile = item.as_table_like().and_then(|table| Profile::read(table).ok());
        profile.map(Some).ok_or_else(|| {
            Failure::usage(
                format_args!("{}: profile {name:?} is not valid", self.path.display()),
                "Its keys are network or base_url, email, api_key or api_key_file, quota_store, \
                 quota_store_password_file and quota_fallback; their values are text in quotes.",
            )
        })
    }

    /// Returns the key files that profiles name, and what names each.
    pub(super) fn key_files(&self) -> Vec<(String, PathBuf)> {
        let profiles = self.profiles().ok().flatten().into_iter().flat_map(TableLike::iter);
        let profiles = profiles.filter_map(|(name, item)| Some((name, item.as_table_like()?)));
        profiles
            .filter_map(|(name, table)| Some((name, Profile::read(table).ok()?)))
            .flat_map(|(name, profile)| profile.into_layer(name, &self.path).files())
            .collect()
    }

    /// Says that there is no profile of this name, and which ones there are.
    pub(crate) fn unknown(&self, name: &str) -> Failure {
        let names: Vec<_> = self.profiles().ok().flatten().into_iter().flat_map(TableLike::iter).collect();
        let known = match names.as_slice() {
            [] => "There are none yet".to_owned(),
            names => {
                let names: Vec<_> = names.iter().map(|(name, _)| *name).collect();
                format!("The profiles are {}", names.join(", "))
            }
        };
        Failure::usage(
            format_args!("there is no profile {name:?} in {}", self.path.display()),
            format!("{known}; offerslook auth login --profile NAME creates one."),
        )
    }

    /// Adds a profile, or replaces one.
    /// Fails if what the file holds in its place is something else.
    pub(crate) fn set(&mut self, name: &str, profile: Profile) -> Result<(), Failure> {
        self.profiles()?;
        let profiles = self.document.entry("profiles").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let table = profiles
            .as_table_like_mut()
            .map(|profiles| profiles.entry(name).or_insert_with(|| Item::Table(Table::new())))
            .and_then(Item::as_table_like_mut);
        if let Some(table) = table {
            profile.write(table);
        }
        Ok(())
    }

    /// Removes a profile. Returns whether there was one.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let profiles = self.document.get_mut("profiles").and_then(Item::as_table_like_mut);
        profiles.is_some_and(|profiles| profiles.remove(name).is_some())
    }

    /// Replaces the file at once, for its owner alone to read.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        self.replace().map_err(|cause| Failure::unwritable(&self.path.display(), &cause))
    }

    fn replace(&self) -> io::Result<()> {
        // A link, as to a folder of dotfiles, stays one.
        let path = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let folder = path.parent().unwrap_or(Path::new("."));
        create_folder(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(self.document.to_string().as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path).map(drop).map_err(|error| error.error)
    }

    fn profiles(&self) -> Result<Option<&dyn TableLike>, Failure> {
        let Some(item) = self.document.get("profiles") else { return Ok(None) };
        item.as_table_like().map(Some).ok_or_else(|| {
            Failure::usage(
                format_args!("{}: profiles is not a table", self.path.display()),
                "Write a profile as [profiles.NAME], with its keys below.",
            )
        })
    }
}

fn folder(environment: &Environment) -> Option<PathBuf> {
    if let Some(folder) = &environment.config_dir {
        return Some(folder.into());
    }
    etcetera::choose_base_strategy().ok().map(|strategy| strategy.config_dir().join("offerslook"))
}

/// Reads the file, unless others can change it: they could send the key to a host of theirs.
fn read(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    if may_others_change(&file.metadata()?) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn is_changeable(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| may_others_change(&data))
}

fn changeable(path: &Path) -> Failure {
    Failure::usage(
        format_args!("{} can be changed by other users of this machine, so it is not used", path.display()),
        "Check what it says, then allow it to its owner only: chmod 600.",
    )
}

#[cfg(unix)]
fn may_others_change(data: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;

    data.permissions().mode() & 0o022 != 0
}

#[cfg(not(unix))]
fn may_others_change(_data: &Metadata) -> bool {
    false
}

fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
