use std::ffi::OsString;

use offerslook_core::types::Secrets;

use crate::failure::Failure;

/// The variables that name an account. An empty one counts as one that is not set.
#[derive(Default)]
pub(crate) struct Environment {
    pub(crate) network: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) api_key: Option<String>,
    pub(crate) api_key_file: Option<OsString>,
    pub(crate) profile: Option<String>,
    pub(crate) quota_store: Option<String>,
    pub(crate) quota_store_password: Option<String>,
    pub(crate) quota_store_password_file: Option<OsString>,
    pub(crate) quota_fallback: Option<String>,
    /// The folder of `config.toml`, if it is not the usual one.
    pub(crate) config_dir: Option<OsString>,
}

pub(crate) const NETWORK: &str = "OFFERSLOOK_NETWORK";
pub(crate) const BASE_URL: &str = "OFFERSLOOK_BASE_URL";
pub(crate) const EMAIL: &str = "OFFERSLOOK_EMAIL";
pub(crate) const API_KEY: &str = "OFFERSLOOK_API_KEY";
pub(crate) const API_KEY_FILE: &str = "OFFERSLOOK_API_KEY_FILE";
pub(crate) const QUOTA_STORE: &str = "OFFERSLOOK_QUOTA_STORE";
pub(crate) const QUOTA_STORE_PASSWORD: &str = "OFFERSLOOK_QUOTA_STORE_PASSWORD";
pub(crate) const QUOTA_STORE_PASSWORD_FILE: &str = "OFFERSLOOK_QUOTA_STORE_PASSWORD_FILE";
pub(crate) const QUOTA_FALLBACK: &str = "OFFERSLOOK_QUOTA_FALLBACK";
const PROFILE: &str = "OFFERSLOOK_PROFILE";
const CONFIG_DIR: &str = "OFFERSLOOK_CONFIG_DIR";

impl Environment {
    /// Reads the variables with this function.
    /// Fails if one that holds text is not UTF-8. Its value is not repeated.
    pub(crate) fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Failure> {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        let text = |name| {
            set(name)
                .map(OsString::into_string)
                .transpose()
                .map_err(|_| Failure::usage(format_args!("{name} is not valid UTF-8"), "Set it anew."))
        };
        Ok(Self {
            network: text(NETWORK)?,
            base_url: text(BASE_URL)?,
            email: text(EMAIL)?,
            api_key: text(API_KEY)?,
            api_key_file: set(API_KEY_FILE),
            profile: text(PROFILE)?,
            quota_store: text(QUOTA_STORE)?,
            quota_store_password: text(QUOTA_STORE_PASSWORD)?,
            quota_store_password_file: set(QUOTA_STORE_PASSWORD_FILE),
            quota_fallback: text(QUOTA_FALLBACK)?,
            config_dir: set(CONFIG_DIR),
        })
    }

    /// Hides what an error about the command line might repeat.
    pub(crate) fn hide_secrets(&self, secrets: &mut Secrets) {
        secrets.hide_account(
            self.email.as_deref().unwrap_or_default(),
            self.api_key.as_deref().unwrap_or_default(),
        );
        secrets.hide_account("", self.quota_store_password.as_deref().unwrap_or_default());
    }
}
