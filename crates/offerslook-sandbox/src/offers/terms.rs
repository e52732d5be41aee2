use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub(crate) type Text = Cow<'static, str>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum PricingType {
    Cpa,
    Cpi,
    Cpl,
    Cpm,
    Cpc,
    Cps,
    #[serde(rename = "CPA+CPS")]
    CpaAndCps,
}

impl PricingType {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cpa => "CPA",
            Self::Cpi => "CPI",
            Self::Cpl => "CPL",
            Self::Cpm => "CPM",
            Self::Cpc => "CPC",
            Self::Cps => "CPS",
            Self::CpaAndCps => "CPA+CPS",
        }
    }
}

/// How conversions are reported to the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConversionProtocol {
    ImagePixel,
    PostbackUrl,
    HtmlPixel,
}

impl ConversionProtocol {
    pub(crate) fn code(self) -> u64 {
        match self {
            Self::ImagePixel => 1,
            Self::PostbackUrl => 2,
            Self::HtmlPixel => 3,
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::ImagePixel => "Image Pixel",
            Self::PostbackUrl => "Postback URL",
            Self::HtmlPixel => "iFrame/HTML Pixel",
        }
    }
}

/// An amount of money or a percentage, as a decimal string.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "Text")]
pub(crate) struct Amount(Text);

impl Amount {
    pub(super) const fn of(digits: &'static str) -> Self {
        Self(Cow::Borrowed(digits))
    }
}

impl TryFrom<Text> for Amount {
    type Error = &'static str;

    fn try_from(text: Text) -> Result<Self, Self::Error> {
        let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
        if are_digits(whole) && are_digits(fraction) {
            Ok(Self(text))
        } else {
            Err("an amount is a string of digits with at most one point between them, such as \"7.200\"")
        }
    }
}
