use std::path::{Path, PathBuf};

use toml_edit::{TableLike, value};

use crate::{
    account::{Address, KeySource, Layer, Named, QuotaLayer, at_most_one},
    console::Console,
};

/// What a profile says: every part of it is optional, since options and variables may add what is missing.
#[derive(Default)]
pub(crate) struct Profile {
    pub(crate) network: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) api_key: Option<String>,
    pub(crate) api_key_file: Option<String>,
    pub(crate) quota_store: Option<String>,
    pub(crate) quota_store_password_file: Option<String>,
    pub(crate) quota_fallback: Option<String>,
}

/// A key that no profile has, or a value that is not a string. Neither is repeated: it may be the API key.
pub(super) struct NotAProfile;

impl Profile {
    pub(super) fn read(table: &dyn TableLike) -> Result<Self, NotAProfile> {
        let mut profile = Self::default();
        for (name, item) in table.iter() {
            let part = profile.part(name).ok_or(NotAProfile)?;
            *part = Some(item.as_str().ok_or(NotAProfile)?.to_owned());
        }
        Ok(profile)
    }

    /// Writes every part of the account into the table, and removes those that are missing. Comments, order and the quota
    /// stay.
    pub(super) fn write(mut self, table: &mut dyn TableLike) {
        for name in ["network", "base_url", "email", "api_key", "api_key_file"] {
            match self.part(name).and_then(Option::take) {
                Some(text) if table.get(name).and_then(|item| item.as_str()) == Some(&text) => {}
                Some(text) => _ = table.insert(name, value(text)),
                None => _ = table.remove(name),
            }
        }
    }

    fn part(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name {
            "network" => Some(&mut self.network),
            "base_url" => Some(&mut self.base_url),
            "email" => Some(&mut self.email),
            "api_key" => Some(&mut self.api_key),
            "api_key_file" => Some(&mut self.api_key_file),
            "quota_store" => Some(&mut self.quota_store),
            "quota_store_password_file" => Some(&mut self.quota_store_password_file),
            "quota_fallback" => Some(&mut self.quota_fallback),
            _ => None,
        }
    }

    pub(super) fn hide_secrets(&self, console: &Console) {
        console.hide_account(
            self.email.as_deref().unwrap_or_default(),
            self.api_key.as_deref().unwrap_or_default(),
        );
    }

    /// Names the profile as the source of each of its values. The path of a key file counts from the folder of the
    /// configuration.
    pub(super) fn into_layer(self, name: &str, config: &Path) -> Layer {
        let source = format!("profile {name:?}");
        let named = |value| Named { source: source.clone(), value };
        let part = |key: &str| format!("{key} of {source}");
        let folder = config.parent().map(Path::to_owned).unwrap_or_default();
        let key = self.api_key.map(|key| KeySource::Value { held_by: source.clone(), key: key.into() });
        let file = |key: &str, path: Option<String>| {
            path.map(|path| KeySource::File { named_by: part(key), path: folder.join(PathBuf::from(path)) })
        };
        let key_file = file("api_key_file", self.api_key_file);
        let quota = QuotaLayer {
            store: self.quota_store.map(|value| Named { source: part("quota_store"), value }),
            password: Ok(file("quota_store_password_file", self.quota_store_password_file)),
            fallback: self.quota_fallback.map(|value| Named { source: part("quota_fallback"), value }),
        };
        Layer {
            address: at_most_one(
                (&part("network"), self.network.map(|name| Address::Network(named(name)))),
                (&part("base_url"), self.base_url.map(|url| Address::BaseUrl(named(url)))),
            ),
            email: Ok(self.email.map(named)),
            key: at_most_one((&part("api_key"), key), (&part("api_key_file"), key_file)),
            quota,
        }
    }
}
