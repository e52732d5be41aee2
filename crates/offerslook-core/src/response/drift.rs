use std::{collections::BTreeMap, fmt};

use serde::Serialize;
use serde_content::{Data, Serializer, Value as Known};
use serde_json::Value as Sent;

use super::{envelope::without_byte_order_mark, parse::parse};
use crate::{
    endpoint::{Endpoint, Payload},
    error::{Error, one_line},
    types::{json::Json, open::OTHER},
};

/// What a response contains that this client does not know: a sign that the service has changed.
///
/// Paths are JSON paths, with `[]` for any element of a list: `data.rowset[].offer.mood`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift(BTreeMap<(String, DriftKind), u64>);

/// A kind of difference from what this client knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DriftKind {
    /// A field that this client ignores.
    UnknownField,
    /// A value that is not in an enum of this client.
    UnknownValue(String),
    /// A value of another type than the reference says, which was read nevertheless.
    ChangedType {
        /// The type that the API sent.
        sent: &'static str,
        /// The type that it was read as.
        read: &'static str,
    },
}

impl Drift {
    /// Iterates over path, kind and count.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &DriftKind, u64)> {
        self.0.iter().map(|((path, kind), count)| (path.as_str(), kind, *count))
    }

    /// Returns `true` if the response contains nothing unknown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the counts of another response.
    pub fn merge(&mut self, other: Self) {
        for (key, count) in other.0 {
            *self.0.entry(key).or_default() += count;
        }
    }

    fn note(&mut self, path: &str, kind: DriftKind) {
        *self.0.entry((one_line(path), kind)).or_default() += 1;
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, kind, count) in self.iter() {
            writeln!(f, "{path}: {kind} ({count})")?;
        }
        Ok(())
    }
}

impl fmt::Display for DriftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField => f.write_str("unknown field"),
            Self::UnknownValue(value) => write!(f, "unknown value {value:?}"),
            Self::ChangedType { sent, read } => write!(f, "{sent} instead of {read}"),
        }
    }
}

/// Parses a response as [`parse`] does, and reports what it contains that this client does not know.
///
/// This takes a second look at the response, which [`parse`] does not.
///
/// ```
/// use offerslook_core::{Response, affiliate::batches::GetTrackingLinks, parse_with_drift};
///
/// let response = Response::new(r#"{"code": 0, "message": "Success", "data": {"tracking_link": [], "mood": "good"}}"#.into());
/// let (rows, drift) = parse_with_drift::<GetTrackingLinks>(&response)?;
/// assert!(rows.rows.is_empty());
/// assert_eq!(drift.to_string(), "data.mood: unknown field (1)\n");
/// # Ok::<(), offerslook_core::Error>(())
/// ```
///
/// # Errors
/// Those of [`parse`].
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

    /// Compares the items of a list. If some were left out, it is not known which, and nothing is compared.
    fn compare_items<'s>(
        &mut self,
        path: &str,
        sent: impl ExactSizeIterator<Item = &'s Sent>,
        known: &[Known<'_>],
    ) {
        if sent.len() == known.len() {
            let path = format!("{path}[]");
            sent.zip(known).for_each(|(sent, known)| self.compare(&path, sent, known));
        }
    }

    fn compare(&mut self, path: &str, sent: &Sent, known: &Known<'_>) {
        match (sent, known) {
            (Sent::Null, _) => {}
            (_, Known::Option(None) | Known::Unit) if is_nothing(sent) => {}
            (_, Known::Option(Some(known))) => self.compare(path, sent, known),
            (_, Known::Struct(newtype)) if newtype.name == OTHER => {
                let word = sent.as_str().map_or_else(|| sent.to_string(), str::to_owned);
                self.note(path, DriftKind::UnknownValue(one_line(&word)));
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
            (Sent::Array(items), Known::Seq(known)) => self.compare_items(path, items.iter(), known),
            (sent, Known::Seq(known)) => {
                self.note(path, changed(kind_of_sent(sent), "list"));
                match items_by_key(sent) {
                    Some(items) => self.compare_items(path, items.into_values(), known),
                    None => self.compare_items(path, std::iter::once(sent), known),
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

/// The items of an object with numbers for keys, which is read as a list.
fn items_by_key(sent: &Sent) -> Option<BTreeMap<u64, &Sent>> {
    let fields = sent.as_object().filter(|fields| !fields.is_empty())?;
    fields.iter().map(|(key, item)| Some((key.parse().ok()?, item))).collect()
}

/// Returns the key under which the row is, if any: `offer` may contain a whole row, which then has an `offer` of its own.
fn key_of_row(data: &Sent) -> Option<&str> {
    let is_row = |(name, part): &(&String, &Sent)| part.get(name.as_str()).is_some_and(Sent::is_object);
    data.as_object()?.iter().find(is_row).map(|(name, _)| name.as_str())
}

/// The fields of an object, as they would be serialized.
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

/// Whether it is one of the ways to send no value.
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
        Sent::Bool(_) => "boolean",
        Sent::Number(_) => "number",
        Sent::String(_) => "text",
        Sent::Array(_) => "list",
        Sent::Object(_) => "object",
    }
}

fn kind_of_known(value: &Known<'_>) -> &'static str {
    match value {
        Known::Unit | Known::Option(None) => "null",
        Known::Bool(_) => "boolean",
        Known::Number(_) => "number",
        Known::Seq(_) | Known::Tuple(_) => "list",
        Known::Struct(_) | Known::Map(_) => "object",
        _ => "text",
    }
}
