use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

/// The envelope of a response. It is parsed only as far as faults need it; everything else keeps its bytes and
/// its position.
pub(super) struct Document {
    envelope: Fields,
    data: Option<Fields>,
    pub(super) escapes_slashes: bool,
}

pub(super) type Row = Box<RawValue>;

impl Document {
    /// Returns `None` unless the bytes are a JSON object.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let envelope: Fields = serde_json::from_slice(bytes).ok()?;
        let data = envelope.0.get("data").and_then(|data| Fields::parse(data));
        Some(Self { envelope, data, escapes_slashes: false })
    }

    pub(super) fn write(mut self) -> String {
        if let (Some(data), Some(place)) = (self.data, self.envelope.0.get_mut("data"))
            && let Ok(data) = to_raw_value(&data)
        {
            *place = data;
        }
        // Cannot fail: the keys are strings and the values are valid JSON.
        let text = serde_json::to_string(&self.envelope).unwrap_or_default();
        if self.escapes_slashes { escape_slashes(&text) } else { text }
    }

    pub(super) fn has_slashes(&self) -> bool {
        self.envelope.0.iter().any(|(name, value)| name.contains('/') || value.get().contains('/'))
    }

    /// Returns `data`, if it is an object.
    pub(super) fn data(&mut self) -> Option<&mut Fields> {
        self.data.as_mut()
    }

    /// Returns the rows: those of a page, or the array under the only key of `data`.
    pub(super) fn rows(&self) -> Option<Vec<Row>> {
        let data = self.data.as_ref()?;
        serde_json::from_str(data.0.get_index(data.payload()?)?.1.get()).ok()
    }

    /// Renames the key of the payload in `data`, and returns whether it had another name.
    pub(super) fn rename_key(&mut self, name: &str) -> Option<bool> {
        let data = self.data.as_mut()?;
        let place = data.payload()?;
        let is_changed = data.0.get_index(place)?.0 != name;
        data.0.replace_index(place, name.to_owned()).ok()?;
        Some(is_changed)
    }

    /// Replaces the rows.
    pub(super) fn set_rows(&mut self, rows: &[Row]) -> Option<()> {
        let data = self.data.as_mut()?;
        let place = data.payload()?;
        *data.0.get_index_mut(place)?.1 = to_raw_value(rows).ok()?;
        Some(())
    }
}

/// A JSON object that keeps the order of its fields.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Fields(pub(super) IndexMap<String, Box<RawValue>>);

impl Fields {
    /// Returns `None` unless the value is an object.
    pub(super) fn parse(value: &RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    pub(super) fn write(&self) -> Option<Box<RawValue>> {
        to_raw_value(self).ok()
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.get().parse().ok()
    }

    /// Changes a field; `None` if it is missing.
    pub(super) fn set_number(&mut self, name: &str, number: u64) -> Option<()> {
        *self.0.get_mut(name)? = to_raw_value(&number).ok()?;
        Some(())
    }

    /// Returns the index of the payload: the rows of a page, or the only field.
    fn payload(&self) -> Option<usize> {
        self.0.get_index_of("rowset").or_else(|| (self.0.len() == 1).then_some(0))
    }
}

/// Escapes all slashes. They occur only in strings, where `/` and `\/` mean the same.
fn escape_slashes(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut follows_backslash = false;
    for letter in json.chars() {
        if letter == '/' && !follows_backslash {
            escaped.push('\\');
        }
        follows_backslash = letter == '\\' && !follows_backslash;
        escaped.push(letter);
    }
    escaped
}
