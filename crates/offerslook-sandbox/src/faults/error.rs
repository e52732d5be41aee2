use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeOwned, Visitor},
    forward_to_deserialize_any,
};

/// A mistake in a file of [`Faults`](crate::Faults), with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultsError {
    line: usize,
    column: usize,
    field: String,
    message: String,
}

impl FaultsError {
    pub(super) fn toml(text: &str, path: &str, error: &toml::de::Error) -> Self {
        let end = error.span().map_or(0, |span| span.start);
        let before = text.get(..end).unwrap_or(text);
        let last = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: before.matches('\n').count() + 1,
            column: last.chars().count() + 1,
            field: field(path),
            message: error.message().to_owned(),
        }
    }

    fn json(path: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let mut message = error.to_string();
        // serde_json ends its message with the position; ours begins with it.
        if let Some(bare) = message.strip_suffix(&format!(" at line {line} column {column}")) {
            message.truncate(bare.len());
        }
        Self { line: line.max(1), column: column.max(1), field: field(path), message }
    }
}

/// Cleans a path: `serde_path_to_error` writes `.` for the root and `?` for an unknown field.
fn field(path: &str) -> String {
    path.trim_end_matches(['.', '?']).to_owned()
}

/// Parses a JSON object. Derived code also accepts an array with the values of the fields; this does not.
pub(crate) fn from_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, FaultsError> {
    let mut input = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(Object(&mut input))
        .map_err(|error| FaultsError::json(&error.path().to_string(), error.inner()))?;
    input.end().map_err(|error| FaultsError::json("", &error))?;
    Ok(value)
}

struct Object<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Object<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl fmt::Display for FaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, field, message } = self;
        write!(f, "line {line}, column {column}: ")?;
        if !field.is_empty() {
            write!(f, "in `{field}`: ")?;
        }
        f.write_str(message)
    }
}

impl std::error::Error for FaultsError {}
