use std::fmt;

use crate::types::open::integer_enum;

integer_enum! {
    /// How conversions are reported to the network.
    pub enum ConversionProtocol {
        /// An image that the visitor's browser loads.
        ImagePixel = 1, "image pixel",
        /// A URL that a server calls.
        PostbackUrl = 2, "postback URL",
        /// HTML, such as an iframe, on the page that the visitor sees.
        HtmlPixel = 3, "HTML pixel",
    }
}

integer_enum! {
    /// How the affiliate is notified of a conversion.
    pub enum PostbackKind {
        /// The kind of a postback for all offers.
        Global = 0, "global",
        /// An image that the visitor's browser loads.
        ImagePixel = 1, "image pixel",
        /// A URL that the tracker calls.
        PostbackUrl = 2, "postback URL",
        /// HTML on the page that the visitor sees.
        HtmlPixel = 3, "HTML pixel",
    }
}

impl PostbackKind {
    /// Returns the kinds of postbacks that an offer with this conversion protocol accepts. Without a protocol, for an
    /// offer whose protocol is not known or for all offers, these are all kinds that can be created.
    #[must_use]
    pub fn accepted_with(protocol: Option<ConversionProtocol>) -> &'static [Self] {
        match protocol {
            Some(ConversionProtocol::ImagePixel) => &[Self::ImagePixel, Self::PostbackUrl],
            Some(ConversionProtocol::PostbackUrl) => &[Self::PostbackUrl],
            _ => &[Self::ImagePixel, Self::PostbackUrl, Self::HtmlPixel],
        }
    }

    pub(super) fn check(self, protocol: Option<ConversionProtocol>) -> Result<(), PostbackKindError> {
        let is_accepted = Self::accepted_with(protocol).contains(&self);
        if is_accepted { Ok(()) } else { Err(PostbackKindError { kind: self, protocol }) }
    }
}

/// A kind of postback that the offer does not accept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PostbackKindError {
    /// The kind.
    pub kind: PostbackKind,
    /// The conversion protocol of the offer, if it is known.
    pub protocol: Option<ConversionProtocol>,
}

impl fmt::Display for PostbackKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.protocol.map_or_else(
            || "a new postback is".to_owned(),
            |protocol| format!("an offer with conversion protocol {} accepts postbacks", protocol.code()),
        );
        let accepted: Vec<_> =
            PostbackKind::accepted_with(self.protocol).iter().map(|kind| described(*kind)).collect();
        write!(f, "{subject} of type {}, not of type {}", accepted.join(" or "), described(self.kind))
    }
}

impl std::error::Error for PostbackKindError {}

/// The number that the API uses, and what it stands for.
fn described(kind: PostbackKind) -> String {
    match kind {
        PostbackKind::Other(code) => code.to_string(),
        known => format!("{} ({known})", known.code()),
    }
}
