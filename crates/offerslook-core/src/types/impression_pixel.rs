use html5gum::{Token, Tokenizer};
use serde::{Deserialize, Serialize};

/// What counts an impression: an HTML `<img>` snippet, kept as the API gave it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ImpressionPixel(String);

impl From<String> for ImpressionPixel {
    fn from(snippet: String) -> Self {
        Self(snippet)
    }
}

impl ImpressionPixel {
    /// The snippet as given, ready to be put into a page.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that the snippet loads: the `src` of its first `<img>`. The reference calls the
    /// whole field a URL, so a bare URL is its own address.
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
