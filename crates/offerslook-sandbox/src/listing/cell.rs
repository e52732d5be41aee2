use std::borrow::Cow;

/// The value of a row in one column. A list sorts by the order of this type.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cell<'a> {
    Null,
    Number(u64),
    Text(Cow<'a, str>),
    /// Several values, of which a filter may match any, such as the countries of an offer.
    Several(Vec<Cow<'a, str>>),
}

impl Cell<'_> {
    pub(super) fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Several(texts) => texts.is_empty(),
            Self::Number(_) | Self::Text(_) => false,
        }
    }

    pub(super) fn contains(&self, part: &str) -> bool {
        match self {
            Self::Null => false,
            Self::Number(number) => number.to_string().contains(part),
            Self::Text(text) => text.contains(part),
            Self::Several(texts) => texts.iter().any(|text| text.contains(part)),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}
