use super::code;
use crate::{envelope::Failure, offers::ConversionProtocol};

/// How a postback tells the affiliate of a conversion.
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

    /// The type of a number, where an offer of that conversion protocol takes it. All offers together take
    /// every type.
    pub(crate) fn taken(number: u64, protocol: Option<ConversionProtocol>) -> Result<Self, Failure> {
        let taken: &[Self] = match protocol {
            Some(ConversionProtocol::ImagePixel) => &[Self::ImagePixel, Self::PostbackUrl],
            Some(ConversionProtocol::PostbackUrl) => &[Self::PostbackUrl],
            Some(ConversionProtocol::HtmlPixel) | None => &Self::ALL,
        };
        taken.iter().find(|taken| taken.number() == number).copied().ok_or_else(|| {
            let numbers: Vec<_> = taken.iter().map(|taken| taken.number().to_string()).collect();
            let numbers = numbers.join(", ");
            let why =
                protocol.map(|protocol| format!(": the offer has conversion protocol {}", protocol.code()));
            Failure::bad_request(format!("type is one of {numbers}{}.", why.unwrap_or_default()))
        })
    }

    /// Whether a postback of this type can have this code.
    pub(crate) fn check(self, text: &str) -> Result<(), Failure> {
        code::check(text, self != Self::PostbackUrl).map_err(Failure::bad_request)
    }
}
