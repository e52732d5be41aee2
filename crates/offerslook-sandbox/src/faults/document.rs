use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};
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
        let data = envelope.get("data").and_then(Fields::parse);
        Some(Self { envelope, data, escapes_slashes: false })
    }

    pub(super) fn write(mut self) -> String {
        if let (Some(data), Some(place)) = (self.data, self.envelope.get_mut("data"))
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
        serde_json::from_str(data.0.get(data.place_of_rows()?)?.1.get()).ok()
    }

    /// Renames the key of the payload in `data`, and returns whether it had another name.
    pub(super) fn rename_key(&mut self, name: &str) -> Option<bool> {
        let data = self.data.as_mut()?;
        let place = data.place_of_rows()?;
        let key = &mut data.0.get_mut(place)?.0;
        let is_changed = key != name;
        name.clone_into(key);
        Some(is_changed)
    }

    /// Replaces the rows.
    pub(super) fn set_rows(&mut self, rows: &[Row]) -> Option<()> {
        let data = self.data.as_mut()?;
        let place = data.place_of_rows()?;
        data.0.get_mut(place)?.1 = to_raw_value(rows).ok()?;
        Some(())
    }
}

/// A JSON object that keeps the order of its fields.
pub(super) struct Fields(pub(super) Vec<(String, Box<RawValue>)>);

impl Fields {
    /// Returns `None` unless the value is an object.
    pub(super) fn parse(value: &RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    pub(super) fn write(&self) -> Option<Box<RawValue>> {
        to_raw_value(self).ok()
    }

    pub(super) fn get(&self, name: &str) -> Option<&RawValue> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| &**value)
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Box<RawValue>> {
        self.0.iter_mut().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.get().parse().ok()
    }

    /// Changes a field; `None` if it is missing.
    pub(super) fn set_number(&mut self, name: &str, number: u64) -> Option<()> {
        *self.get_mut(name)? = to_raw_value(&number).ok()?;
        Some(())
    }

    fn place_of_rows(&self) -> Option<usize> {
        self.0.iter().position(|(name, _)| name == "rowset").or_else(|| (self.0.len() == 1).then_some(0))
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(InOrder)
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
