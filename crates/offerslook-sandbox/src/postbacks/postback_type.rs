use super::code;
use crate::{envelope::Failure, offers::ConversionProtocol};

/// How a postback reports a conversion to the affiliate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PostbackType {
    ImagePixel,
    PostbackUrl,
    HtmlPixel,
}

impl PostbackType {
    const ALL: [Self; 3] = [Self::ImagePixel, Self::PostbackUrl, Self::HtmlPixel];

    pub(crate) fn number(self) -> u64 {
        match self {
            Self::ImagePixel => 1,
            Self::PostbackUrl => 2,
            Self::HtmlPixel => 3,
        }
    }

    /// Returns the type of a number, if an offer with this conversion protocol accepts it. A global postback,
    /// without a protocol, may have any type.
    pub(crate) fn for_protocol(number: u64, protocol: Option<ConversionProtocol>) -> Result<Self, Failure> {
        let accepted: &[Self] = match protocol {
            Some(ConversionProtocol::ImagePixel) => &[Self::ImagePixel, Self::PostbackUrl],
            Some(ConversionProtocol::PostbackUrl) => &[Self::PostbackUrl],
            Some(ConversionProtocol::HtmlPixel) | None => &Self::ALL,
        };
        accepted.iter().find(|accepted| accepted.number() == number).copied().ok_or_else(|| {
            let numbers: Vec<_> = accepted.iter().map(|accepted| accepted.number().to_string()).collect();
            let numbers = numbers.join(", ");
            let why =
                protocol.map(|protocol| format!(": the offer has conversion protocol {}", protocol.code()));
            Failure::bad_request(format!("type must be one of {numbers}{}.", why.unwrap_or_default()))
        })
    }

    /// Refuses a code that does not fit this type.
    pub(crate) fn check(self, text: &str) -> Result<(), Failure> {
        code::check(text, self != Self::PostbackUrl).map_err(Failure::bad_request)
    }
}
