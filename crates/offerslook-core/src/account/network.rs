use std::{fmt, str::FromStr};

/// The name of an affiliate network (a tenant of OffersLook), checked as a DNS label: `acme` is served
/// at `https://acme.api.offerslook.com`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Network(String);

impl Network {
    /// The name, in lower case.
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

/// Text that is no network name. It is not repeated: a base URL given for one may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a network name: it is the first part of your API domain (\"acme\" of \
     acme.api.offerslook.com), 1 to 63 letters, digits and inner hyphens; for any other host give the base URL"
)]
pub struct NetworkError;

impl FromStr for Network {
    type Err = NetworkError;

    /// White space around it is trimmed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const LONGEST_LABEL: usize = 63;
        let text = text.trim();
        let is_label = (1..=LONGEST_LABEL).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if is_label { Ok(Self(text.to_ascii_lowercase())) } else { Err(NetworkError) }
    }
}
