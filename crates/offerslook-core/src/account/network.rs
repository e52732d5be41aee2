use std::{fmt, str::FromStr};

/// The name of an affiliate network, a tenant of OffersLook: the API of `acme` is at
/// `https://acme.api.offerslook.com`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Network(String);

impl Network {
    /// Returns the name, in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A string that is not the name of a network. It is not repeated, since it may be a URL with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a network name: use the first part of your API domain (\"acme\" of acme.api.offerslook.com), \
     1 to 63 letters, digits and inner hyphens; for any other host, use a base URL"
)]
pub struct NetworkError;

impl FromStr for Network {
    type Err = NetworkError;

    /// Trims white space.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const MAX_LABEL_BYTES: usize = 63;
        let text = text.trim();
        let is_label = (1..=MAX_LABEL_BYTES).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if is_label { Ok(Self(text.to_ascii_lowercase())) } else { Err(NetworkError) }
    }
}
