use std::fmt;

use html5gum::{Token, Tokenizer};
use serde::{Deserialize, Serialize};

/// An HTML snippet that counts an impression, usually an `<img>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ImpressionPixel(String);

impl From<String> for ImpressionPixel {
    fn from(snippet: String) -> Self {
        Self(snippet)
    }
}

impl fmt::Display for ImpressionPixel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ImpressionPixel {
    /// Returns the snippet, ready to be put into a page.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the URL that the snippet loads: the `src` of its first `<img>`. A snippet that is a bare URL, as the
    /// reference has it, is returned as it is.
    ///
    /// ```
    /// let pixel: offerslook_core::ImpressionPixel =
    ///     serde_json::from_str(r#""<img src='http://t.example/impr.php?offer_id=16&amp;aff_id=40' />""#)?;
    /// assert_eq!(pixel.address().as_deref(), Some("http://t.example/impr.php?offer_id=16&aff_id=40"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let snippet = self.0.trim();
        if snippet.starts_with("http://") || snippet.starts_with("https://") {
            return Some(snippet.to_owned());
        }
        Tokenizer::new(snippet)
            .filter_map(|Ok(token)| match token {
                Token::StartTag(tag) if tag.name.as_slice() == b"img" => Some(tag),
                _ => None,
            })
            .find_map(|tag| tag.attributes.get(b"src".as_slice()).cloned())
            .and_then(|source| String::from_utf8(source.value.into()).ok())
            .map(|address| address.trim().to_owned())
            .filter(|address| !address.is_empty())
    }
}
