use std::fmt;

use super::PostbackKind;
use crate::affiliate::offers::ConversionProtocol;

impl PostbackKind {
    /// The kinds of postbacks that an offer of this conversion protocol takes. Of an offer whose protocol
    /// is not known, as of all offers together, those are all kinds that can be created.
    #[must_use]
    pub fn taken_with(protocol: Option<ConversionProtocol>) -> &'static [Self] {
        match protocol {
            Some(ConversionProtocol::ImagePixel) => &[Self::ImagePixel, Self::PostbackUrl],
            Some(ConversionProtocol::PostbackUrl) => &[Self::PostbackUrl],
            _ => &[Self::ImagePixel, Self::PostbackUrl, Self::HtmlPixel],
        }
    }

    pub(super) fn check(self, protocol: Option<ConversionProtocol>) -> Result<(), PostbackKindError> {
        let is_taken = Self::taken_with(protocol).contains(&self);
        if is_taken { Ok(()) } else { Err(PostbackKindError { kind: self, protocol }) }
    }
}

/// A kind of postback that the offer does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PostbackKindError {
    /// The kind.
    pub kind: PostbackKind,
    /// The conversion protocol of the offer, where it is known.
    pub protocol: Option<ConversionProtocol>,
}

impl fmt::Display for PostbackKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.protocol.map_or_else(
            || "a new postback is".to_owned(),
            |protocol| format!("an offer with conversion protocol {} takes postbacks", protocol.code()),
        );
        let taken: Vec<_> = PostbackKind::taken_with(self.protocol).iter().map(|kind| told(*kind)).collect();
        write!(f, "{subject} of type {}, not of type {}", taken.join(" or "), told(self.kind))
    }
}

impl std::error::Error for PostbackKindError {}

/// The number of a kind, and what it stands for.
fn told(kind: PostbackKind) -> String {
    let words = match kind {
        PostbackKind::Global => " (global)",
        PostbackKind::ImagePixel => " (image pixel)",
        PostbackKind::PostbackUrl => " (postback URL)",
        PostbackKind::HtmlPixel => " (HTML pixel)",
        PostbackKind::Other(_) => "",
    };
    format!("{}{words}", kind.code())
}
