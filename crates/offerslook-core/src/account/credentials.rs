use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_STANDARD};
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// The key that an affiliate makes in the portal of the network. It works only from the IP addresses on
/// its allow-list. Nothing of it shows in the `Debug` form.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl FromStr for ApiKey {
    type Err = CredentialsError;

    /// White space around the key is trimmed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let key = text.trim();
        if key.is_empty() {
            Err(CredentialsError::EmptyKey)
        } else if key.chars().any(char::is_control) {
            Err(CredentialsError::UnprintableKey)
        } else {
            Ok(Self(key.into()))
        }
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey([redacted])")
    }
}

/// Who calls: for the affiliate side of the API an e-mail address and an [`ApiKey`], sent with HTTP
/// Basic authentication. Neither shows in the `Debug` form.
#[derive(Clone)]
pub struct Credentials {
    email: SecretString,
    key: ApiKey,
}

/// Why text is no e-mail address or no API key. The text is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// No e-mail address.
    #[error("the e-mail address is empty: give the one that you log in with")]
    EmptyEmail,
    /// A colon or a control character in the e-mail address, which Basic authentication cannot carry.
    #[error("the e-mail address has a colon or a control character in it: give the one that you log in with")]
    BadEmail,
    /// No key.
    #[error("the API key is empty: make one in the portal of your network and give it whole")]
    EmptyKey,
    /// A control character in the key, such as a line break.
    #[error(
        "the API key has a line break or another control character in it: give the key alone, on one line"
    )]
    UnprintableKey,
}

impl Credentials {
    /// An affiliate's e-mail address and API key; white space around both is trimmed.
    ///
    /// # Errors
    /// Where either is empty or cannot be sent with Basic authentication.
    pub fn affiliate(email: &str, key: &str) -> Result<Self, CredentialsError> {
        Self::with_key(email, key.parse()?)
    }

    /// The e-mail address of an affiliate with a key that was read before.
    ///
    /// # Errors
    /// As [`Credentials::affiliate`], for the e-mail address.
    pub fn with_key(email: &str, key: ApiKey) -> Result<Self, CredentialsError> {
        let email = email.trim();
        if email.is_empty() {
            Err(CredentialsError::EmptyEmail)
        } else if email.contains(|c: char| c == ':' || c.is_control()) {
            Err(CredentialsError::BadEmail)
        } else {
            Ok(Self { email: email.into(), key })
        }
    }

    pub(super) fn into_header(self) -> HeaderValue {
        let pair = format!("{}:{}", self.email.expose_secret(), self.key.0.expose_secret());
        let text = format!("Basic {}", BASE64_STANDARD.encode(pair));
        // Base64 is always a valid header value; an empty one would be refused by the service.
        let mut header = HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""));
        header.set_sensitive(true);
        header
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials([redacted])")
    }
}
