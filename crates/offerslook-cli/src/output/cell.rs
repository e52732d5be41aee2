use std::borrow::Cow;

use offerslook_core::types::UnixTime;
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::kind::Kind;

/// The value of one column in one row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'text> {
    /// No value. JSON leaves the field out.
    Empty,
    Number(i128),
    Text(Cow<'text, str>),
    /// A word from a fixed list, which a table colours.
    Word(Cow<'text, str>, Tone),
    /// An object or a list in JSON, and one line of text elsewhere.
    Nested {
        json: serde_json::Value,
        text: String,
    },
}

/// What a word means to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Doubtful,
    Bad,
    Faint,
}

impl<'text> Cell<'text> {
    /// A cell that is empty without a text, or with an empty one.
    pub(crate) fn of(text: Option<&'text str>) -> Self {
        match text {
            Some(text) if !text.is_empty() => Self::Text(text.into()),
            _ => Self::Empty,
        }
    }

    /// A cell that is empty without a value, or with an empty one.
    pub(crate) fn text(value: Option<impl ToString>) -> Self {
        match value.map(|value| value.to_string()) {
            Some(text) if !text.is_empty() => Self::Text(text.into()),
            _ => Self::Empty,
        }
    }

    pub(crate) fn number(value: Option<impl Into<i128>>) -> Self {
        value.map_or(Self::Empty, |value| Self::Number(value.into()))
    }

    /// What a code stands for, as one word: `require_approval`.
    pub(crate) fn label(value: Option<impl ToString>) -> Self {
        Self::text(value.map(|value| value.to_string().to_lowercase().replace(' ', "_")))
    }

    /// An error: its kind and message in JSON, one line of text elsewhere.
    pub(crate) fn error(kind: Kind, message: &str) -> Self {
        Self::Nested {
            text: format!("{kind}: {message}"),
            json: serde_json::json!({ "kind": kind, "message": message }),
        }
    }

    /// A word that a table colours by what it says.
    pub(crate) fn status(value: Option<impl ToString>) -> Self {
        let Some(word) = value.map(|value| value.to_string().to_lowercase()) else { return Self::Empty };
        let tone = match word.as_str() {
            "approved" | "active" => Tone::Good,
            "pending" | "paused" | "unknown" | "in_doubt" => Tone::Doubtful,
            "not_attempted" => Tone::Faint,
            _ => Tone::Bad,
        };
        Self::Word(word.into(), tone)
    }

    /// A time in UTC, such as 2030-01-31T00:00:00Z.
    pub(crate) fn time(value: Option<UnixTime>) -> Self {
        let Some(time) = value.map(UnixTime::seconds) else { return Self::Empty };
        let text = OffsetDateTime::from_unix_timestamp(time).ok().and_then(|time| time.format(&Rfc3339).ok());
        // Some are too far away for a calendar.
        text.map_or(Self::Number(time.into()), |text| Self::Text(text.into()))
    }

    /// Lists and objects: one line of JSON where a format has no nesting.
    pub(crate) fn nested(value: &impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::Array(items)) if items.is_empty() => Self::Empty,
            Ok(serde_json::Value::Null) | Err(_) => Self::Empty,
            Ok(json) => Self::Nested { text: json.to_string(), json },
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The cell in a format without types.
    pub(crate) fn as_text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Number(number) => number.to_string().into(),
            Self::Text(text) | Self::Word(text, _) => text.as_ref().into(),
            Self::Nested { text, .. } => text.into(),
        }
    }
}
