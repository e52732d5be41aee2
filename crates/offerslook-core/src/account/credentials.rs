use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_STANDARD};
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// An API key, which an affiliate creates in the portal of the network. It works only from the IP addresses on its
/// allow-list. Its `Debug` form does not show it.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl FromStr for ApiKey {
    type Err = CredentialsError;

    /// Trims white space.
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

/// Credentials for HTTP Basic authentication: the e-mail address of an affiliate, and an [`ApiKey`]. The `Debug` form
/// shows neither.
#[derive(Clone)]
pub struct Credentials {
    email: SecretString,
    key: ApiKey,
}

/// Why a string is not an e-mail address, or not an API key. The string is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The e-mail address is empty.
    #[error("the e-mail address is empty: use the one that you log in with")]
    EmptyEmail,
    /// The e-mail address contains a colon or a control character, which Basic authentication cannot transmit.
    #[error("the e-mail address contains a colon or a control character: use the one that you log in with")]
    BadEmail,
    /// The API key is empty.
    #[error("the API key is empty: create one in the portal of your network, and copy all of it")]
    EmptyKey,
    /// The API key contains a control character, such as a line break.
    #[error("the API key contains a line break or another control character: use the key alone, on one line")]
    UnprintableKey,
}

impl Credentials {
    /// Creates credentials from the e-mail address and an API key of an affiliate. Trims white space.
    ///
    /// # Errors
    /// [`CredentialsError`] if either is empty, or cannot be transmitted with Basic authentication.
    pub fn affiliate(email: &str, key: &str) -> Result<Self, CredentialsError> {
        Self::with_key(email, key.parse()?)
    }

    /// Creates credentials from the e-mail address of an affiliate and a key that is already parsed.
    ///
    /// # Errors
    /// [`CredentialsError::EmptyEmail`] and [`CredentialsError::BadEmail`].
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
