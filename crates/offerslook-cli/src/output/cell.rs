use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// The value of one column in one row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// No value. JSON leaves the field out.
    Empty,
    Number(i128),
    Text(String),
    /// A word from a fixed list, which a table colours.
    Word(String, Tone),
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

impl Cell {
    /// A cell that is empty without a value, or with an empty one.
    pub(crate) fn text(value: Option<impl ToString>) -> Self {
        match value.map(|value| value.to_string()) {
            Some(text) if !text.is_empty() => Self::Text(text),
            _ => Self::Empty,
        }
    }

    pub(crate) fn number(value: Option<impl Into<i128>>) -> Self {
        value.map_or(Self::Empty, |value| Self::Number(value.into()))
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
        *self == Self::Empty
    }

    /// The cell in a format without types.
    pub(crate) fn as_text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Number(number) => number.to_string().into(),
            Self::Text(text) | Self::Word(text, _) | Self::Nested { text, .. } => text.into(),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Number(number) => serializer.serialize_i128(*number),
            Self::Text(text) | Self::Word(text, _) => serializer.serialize_str(text),
            Self::Nested { json, .. } => json.serialize(serializer),
        }
    }
}
