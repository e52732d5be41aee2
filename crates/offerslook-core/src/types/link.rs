use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};

use super::TrackingLink;

/// What the API sends where a tracking link belongs.
///
/// With `#[serde(default)]`, a missing field is [`Link::Absent`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Link {
    /// A URL to send clicks to.
    Url(TrackingLink),
    /// The literal `Need to apply`: the affiliate is not approved for the offer yet.
    NeedToApply,
    /// `null`, `false`, an empty string, or no field at all.
    #[default]
    Absent,
    /// Any other string or number.
    Other(String),
}

impl Link {
    const NEED_TO_APPLY: &str = "Need to apply";

    /// Returns the tracking link, if there is one.
    #[must_use]
    pub fn url(&self) -> Option<&TrackingLink> {
        match self {
            Self::Url(link) => Some(link),
            _ => None,
        }
    }
}

impl From<&str> for Link {
    fn from(text: &str) -> Self {
        if let Ok(link) = TrackingLink::new(text) {
            return Self::Url(link);
        }
        let text = text.trim();
        match TrackingLink::new(text) {
            Ok(link) => Self::Url(link),
            Err(_) if text.is_empty() => Self::Absent,
            Err(_) if text.eq_ignore_ascii_case(Self::NEED_TO_APPLY) => Self::NeedToApply,
            Err(_) => Self::Other(text.to_owned()),
        }
    }
}

impl fmt::Display for Link {
    /// Writes the URL, or what the API sent instead. An absent link is an empty string.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(link) => link.fmt(f),
            Self::NeedToApply => f.write_str(Self::NEED_TO_APPLY),
            Self::Absent => Ok(()),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Url(link) => link.serialize(serializer),
            Self::NeedToApply => serializer.serialize_str(Self::NEED_TO_APPLY),
            Self::Absent => serializer.serialize_none(),
            Self::Other(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;

        impl Visitor<'_> for Scalar {
            type Value = Link;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a URL, \"Need to apply\" or null")
            }

            fn visit_str<E>(self, text: &str) -> Result<Link, E> {
                Ok(Link::from(text))
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Link, E> {
                Ok(if truth { Link::Other(truth.to_string()) } else { Link::Absent })
            }

            fn visit_u64<E>(self, number: u64) -> Result<Link, E> {
                Ok(Link::Other(number.to_string()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Link, E> {
                Ok(Link::Other(number.to_string()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Link, E> {
                Ok(Link::Other(number.to_string()))
            }

            fn visit_unit<E>(self) -> Result<Link, E> {
                Ok(Link::Absent)
            }
        }

        deserializer.deserialize_any(Scalar)
    }
}
