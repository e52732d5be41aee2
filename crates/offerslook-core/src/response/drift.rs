use std::{collections::BTreeMap, fmt};

use serde::Serialize;
use serde_content::{Data, Serializer, Value as Known};
use serde_json::Value as Sent;

use super::parse::{parse, without_byte_order_mark};
use crate::{
    endpoint::{Endpoint, Payload},
    error::{Error, one_line},
    types::{json::Json, open::OTHER},
};

/// What an answer holds that this client does not know: a sign that the service has changed.
///
/// Paths are those of the JSON, with `[]` for any row: `data.rowset[].offer.mood`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift(BTreeMap<(String, DriftKind), u64>);

/// One kind of thing that this client does not know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DriftKind {
    /// A field that is not read.
    UnknownField,
    /// A word or a number of an enumeration that is kept as it came.
    UnknownWord(String),
    /// A value of another type than the reference says, read all the same.
    ChangedType {
        /// What came.
        sent: &'static str,
        /// What it is read as.
        read: &'static str,
    },
}

impl Drift {
    /// Each finding: where, what, and how often.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &DriftKind, u64)> {
        self.0.iter().map(|((path, finding), count)| (path.as_str(), finding, *count))
    }

    /// Whether the answer held only what is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the findings of another answer.
    pub fn merge(&mut self, other: Self) {
        for (key, count) in other.0 {
            *self.0.entry(key).or_default() += count;
        }
    }

    fn note(&mut self, path: &str, finding: DriftKind) {
        *self.0.entry((one_line(path), finding)).or_default() += 1;
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, finding, count) in self.iter() {
            writeln!(f, "{path}: {finding} ({count})")?;
        }
        Ok(())
    }
}

impl fmt::Display for DriftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField => f.write_str("unknown field"),
            Self::UnknownWord(word) => write!(f, "unknown word {word:?}"),
            Self::ChangedType { sent, read } => write!(f, "{sent} instead of {read}"),
        }
    }
}

/// Reads an answer as [`parse`] does, and reports what it holds that this client does not know.
///
/// It looks at the answer a second time; [`parse`] costs nothing for it.
///
/// ```
/// use offerslook_core::{Response, affiliate::batches::GetTrackingLinks, parse_with_drift};
///
/// let response = Response::new(r#"{"code": 0, "message": "Success", "data": {"mood": "good"}}"#.into());
/// let (rows, drift) = parse_with_drift::<GetTrackingLinks>(&response)?;
/// assert!(rows.is_empty());
/// assert_eq!(drift.to_string(), "data.mood: unknown field (1)\n");
/// # Ok::<(), offerslook_core::Error>(())
/// ```
///
/// # Errors
/// As [`parse`].
pub fn parse_with_drift<E>(response: &http::Response<impl AsRef<[u8]>>) -> Result<(E::Output, Drift), Error>
where
    E: Endpoint<Output: Serialize>,
{
    let output = parse::<E>(response)?;
    let mut drift = Drift::default();
    let json = without_byte_order_mark(response.body().as_ref());
    if let (Ok(Json(Sent::Object(envelope))), Ok(known)) =
        (serde_json::from_slice(json), Serializer::new().human_readable().serialize(&output))
    {
        for (field, sent) in &envelope {
            match (field.as_str(), sent) {
                ("code", Sent::Number(_)) | ("message", Sent::String(_)) => {}
                ("code", _) => drift.note("code", changed(kind_of_sent(sent), "number")),
                ("message", _) => drift.note("message", changed(kind_of_sent(sent), "text")),
                ("data", _) => drift.compare_data(E::SPEC.payload, sent, &known),
                _ => drift.note(field, DriftKind::UnknownField),
            }
        }
    }
    Ok((output, drift))
}

fn changed(sent: &'static str, read: &'static str) -> DriftKind {
    DriftKind::ChangedType { sent, read }
}

impl Drift {
    fn compare_data(&mut self, payload: Payload, data: &Sent, known: &Known<'_>) {
        let key = match payload {
            Payload::Nothing => return,
            Payload::Whole => match key_of_row(data) {
                Some(key) => key,
                None => return self.compare("data", data, known),
            },
            Payload::Object(key) | Payload::List(key) => key,
        };
        let Sent::Object(fields) = data else {
            return self.note("data", changed(kind_of_sent(data), "object"));
        };
        for (field, sent) in fields {
            let path = format!("data.{field}");
            if field == key {
                self.compare(&path, sent, known);
            } else {
                self.note(&path, DriftKind::UnknownField);
            }
        }
    }

    fn compare(&mut self, path: &str, sent: &Sent, known: &Known<'_>) {
        match (sent, known) {
            (Sent::Null, _) => {}
            (_, Known::Option(None) | Known::Unit) if is_nothing(sent) => {}
            (_, Known::Option(Some(known))) => self.compare(path, sent, known),
            (_, Known::Struct(newtype)) if newtype.name == OTHER => {
                let word = sent.as_str().map_or_else(|| sent.to_string(), str::to_owned);
                self.note(path, DriftKind::UnknownWord(one_line(&word)));
            }
            (Sent::Object(fields), _) if fields_of(known).is_some() => {
                for (field, sent) in fields {
                    let path = format!("{path}.{field}");
                    let known = fields_of(known).and_then(|mut known| known.find(|(name, _)| name == field));
                    match known {
                        Some((_, known)) => self.compare(&path, sent, known),
                        None if is_nothing(sent) => {}
                        None => self.note(&path, DriftKind::UnknownField),
                    }
                }
            }
            (Sent::Array(items), Known::Seq(known)) => {
                let path = format!("{path}[]");
                for (sent, known) in items.iter().zip(known) {
                    self.compare(&path, sent, known);
                }
            }
            (sent, Known::Seq(rows)) => {
                self.note(path, changed(kind_of_sent(sent), "list"));
                if let [row] = rows.as_slice() {
                    self.compare(&format!("{path}[]"), sent, row);
                }
            }
            (sent, known) => {
                let (sent, read) = (kind_of_sent(sent), kind_of_known(known));
                if sent != read {
                    self.note(path, changed(sent, read));
                }
            }
        }
    }
}

/// Where a row has a part of its own name, the row itself may be what stands there: `offer` with another in it.
fn key_of_row(data: &Sent) -> Option<&str> {
    let is_row = |(name, part): &(&String, &Sent)| part.get(name.as_str()).is_some_and(Sent::is_object);
    data.as_object()?.iter().find(is_row).map(|(name, _)| name.as_str())
}

/// The fields of an object, as it would be written.
fn fields_of<'k>(known: &'k Known<'_>) -> Option<Box<dyn Iterator<Item = (&'k str, &'k Known<'k>)> + 'k>> {
    match known {
        Known::Struct(object) => match &object.data {
            Data::Struct { fields } => Some(Box::new(fields.iter().map(|(name, value)| (&**name, value)))),
            _ => None,
        },
        Known::Map(entries) => Some(Box::new(entries.iter().filter_map(|(name, value)| match name {
            Known::String(name) => Some((&**name, value)),
            _ => None,
        }))),
        _ => None,
    }
}

/// Whether it is one of the ways to write that there is no value.
fn is_nothing(sent: &Sent) -> bool {
    match sent {
        Sent::Null => true,
        Sent::String(text) => text.is_empty(),
        Sent::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn kind_of_sent(value: &Sent) -> &'static str {
    match value {
        Sent::Null => "null",
        Sent::Bool(_) => "truth value",
        Sent::Number(_) => "number",
        Sent::String(_) => "text",
        Sent::Array(_) => "list",
        Sent::Object(_) => "object",
    }
}

fn kind_of_known(value: &Known<'_>) -> &'static str {
    match value {
        Known::Unit | Known::Option(None) => "null",
        Known::Bool(_) => "truth value",
        Known::Number(_) => "number",
        Known::Seq(_) | Known::Tuple(_) => "list",
        Known::Struct(_) | Known::Map(_) => "object",
        _ => "text",
    }
}
