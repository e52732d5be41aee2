use serde::Deserialize;

use super::terms::Text;

/// A file to advertise an offer with.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Creative {
    /// Where there is none, one that follows from the offer's.
    pub(crate) id: Option<u64>,
    /// Where there is none, one that follows from the id.
    pub(crate) url: Option<Text>,
    pub(crate) filename: Option<Text>,
    pub(crate) mime: Text,
    /// In bytes.
    pub(crate) size: u64,
    /// In pixels, as the height; what is no picture has neither.
    pub(crate) width: Option<u64>,
    pub(crate) height: Option<u64>,
}

impl Default for Creative {
    fn default() -> Self {
        Self {
            id: None,
            url: None,
            filename: None,
            mime: "image/png".into(),
            size: 10_000,
            width: None,
            height: None,
        }
    }
}
