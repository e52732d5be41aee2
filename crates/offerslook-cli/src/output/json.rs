use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Cell, Encode};
use crate::safe_text::escape_json;

/// JSON: one array with an object per line, or one object per line without the array.
pub(super) struct Json {
    is_array: bool,
    begun: bool,
}

impl Json {
    pub(super) fn array() -> Self {
        Self { is_array: true, begun: false }
    }

    pub(super) fn lines() -> Self {
        Self { is_array: false, begun: false }
    }
}

impl Encode for Json {
    fn row(&mut self, columns: &[&str], cells: Vec<Cell>) -> std::io::Result<Vec<u8>> {
        let object = escape_json(serde_json::to_vec(&Object { columns, cells: &cells })?);
        let before = match (self.is_array, std::mem::replace(&mut self.begun, true)) {
            (false, _) => "",
            (true, false) => "[\n  ",
            (true, true) => ",\n  ",
        };
        let after = if self.is_array { "" } else { "\n" };
        Ok([before.as_bytes(), &object, after.as_bytes()].concat())
    }

    fn end(&mut self, _columns: &[&str]) -> std::io::Result<Vec<u8>> {
        Ok(match (self.is_array, self.begun) {
            (false, _) => Vec::new(),
            (true, true) => b"\n]\n".to_vec(),
            (true, false) => b"[]\n".to_vec(),
        })
    }
}

/// A row as an object, without the fields that have no value.
struct Object<'row> {
    columns: &'row [&'row str],
    cells: &'row [Cell],
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            if !cell.is_empty() {
                map.serialize_entry(column, cell)?;
            }
        }
        map.end()
    }
}
