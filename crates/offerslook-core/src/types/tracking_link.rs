use std::fmt;

use serde::{Serialize, Serializer};

use super::Parameter;

/// A tracking link: the URL to send clicks to, exactly as the API sent it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TrackingLink(String);

/// A string that is not an absolute URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an absolute URL")]
pub struct NotAUrl;

/// A parameter was not appended, since the tracking link already has one of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the tracking link already has a parameter {name:?}: leave it out, or choose another name")]
pub struct AppendError {
    /// The name of the parameter.
    pub name: String,
}

impl TrackingLink {
    /// Accepts an absolute URL: `scheme://` and a rest. It is not normalized.
    ///
    /// # Errors
    /// [`NotAUrl`] for any other string, and for one with white space or control characters.
    pub fn new(url: &str) -> Result<Self, NotAUrl> {
        is_absolute(url).then(|| Self(url.to_owned())).ok_or(NotAUrl)
    }

    /// Returns the URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the link with this parameter appended to its query, before any fragment.
    ///
    /// ```
    /// use offerslook_core::{Parameter, TrackingLink};
    ///
    /// let link = TrackingLink::new("https://click.example/index.php?offer_id=16&aff_id=40")?;
    /// let parameter: Parameter = "aff_sub1={click_id}".parse()?;
    /// assert_eq!(
    ///     link.append(&parameter)?.as_str(),
    ///     "https://click.example/index.php?offer_id=16&aff_id=40&aff_sub1={click_id}"
    /// );
    /// assert!(link.append(&"offer_id=17".parse()?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`AppendError`] if the link already has a parameter of that name: it is not known which of two the tracker uses.
    pub fn append(&self, parameter: &Parameter) -> Result<Self, AppendError> {
        let (address, fragment) = match self.0.split_once('#') {
            Some((address, fragment)) => (address, Some(fragment)),
            None => (self.0.as_str(), None),
        };
        let query = address.split_once('?').map(|(_, query)| query);
        let name = parameter.name();
        if form_urlencoded::parse(query.unwrap_or_default().as_bytes()).any(|(present, _)| present == name) {
            return Err(AppendError { name: name.to_owned() });
        }
        let separator = match query {
            None => "?",
            Some(query) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        Ok(Self(format!("{address}{separator}{parameter}{fragment}")))
    }
}

fn is_absolute(url: &str) -> bool {
    let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let scheme = url.bytes().take_while(is_of_scheme).count();
    let rest = url.get(scheme..).and_then(|rest| rest.strip_prefix("://"));
    url.starts_with(|c: char| c.is_ascii_alphabetic())
        && rest.is_some_and(|rest| !rest.is_empty())
        && is_plain(url)
}

/// Returns whether a string has neither white space nor control characters. The first look is at all bytes alike, without
/// a branch for each, and decides for ASCII.
fn is_plain(text: &str) -> bool {
    text.bytes().fold(0, |others, byte| others | u8::from(!byte.is_ascii_graphic())) == 0
        || !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

impl fmt::Display for TrackingLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for TrackingLink {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
