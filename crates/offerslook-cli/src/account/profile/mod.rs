//! Profiles: accounts that are kept in `config.toml`.

mod config_file;
mod values;

use std::path::PathBuf;

use crate::{account::Layer, console::Console, environment::Environment, failure::Failure};

pub(crate) use config_file::ConfigFile;
pub(crate) use values::Profile;

pub(crate) struct Choice<'given> {
    pub(crate) name: &'given str,
    /// Whether an option or a variable names it. The default profile need not exist.
    is_explicit: bool,
}

impl<'given> Choice<'given> {
    pub(crate) fn new(option: Option<&'given str>, environment: &'given Environment) -> Self {
        const DEFAULT: &str = "default";
        let named = option.or(environment.profile.as_deref());
        Self { name: named.unwrap_or(DEFAULT), is_explicit: named.is_some() }
    }
}

/// Returns `config.toml` and the key files that its profiles name, and what names each.
pub(crate) fn files(environment: &Environment) -> Vec<(String, PathBuf)> {
    let config = ConfigFile::path_in(environment).map(|path| ("the configuration".to_owned(), path));
    let opened = ConfigFile::open(environment).ok().flatten();
    config.into_iter().chain(opened.into_iter().flat_map(|config| config.key_files())).collect()
}

/// Returns what the chosen profile says about the account: nothing if none is chosen and there is no default one.
/// Fails if there is no such profile, or `config.toml` cannot be used.
pub(crate) fn layer(
    option: Option<&str>,
    environment: &Environment,
    console: &Console,
) -> Result<Layer, Failure> {
    let choice = Choice::new(option, environment);
    let config = if choice.is_explicit {
        ConfigFile::require(environment)?
    } else {
        // Without a home folder there is no default profile.
        ConfigFile::open(environment)?.unwrap_or_default()
    };
    let profile = match config.profile(choice.name)? {
        Some(profile) => profile,
        None if choice.is_explicit => return Err(config.unknown(choice.name)),
        None => return Ok(Layer::default()),
    };
    profile.hide_secrets(console);
    if profile.api_key.is_some() && config.is_readable_by_others() {
        console.warning(format_args!(
            "{} holds an API key, and can be read by other users of this machine: allow it to its owner only \
             (chmod 600)",
            config.path().display()
        ));
    }
    Ok(profile.into_layer(choice.name, config.path()))
}
