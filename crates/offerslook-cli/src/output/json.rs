use std::io;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Encode, Row};
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
    fn row(&mut self, row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        match (self.is_array, std::mem::replace(&mut self.begun, true)) {
            (false, _) => {}
            (true, false) => out.extend(b"[\n  "),
            (true, true) => out.extend(b",\n  "),
        }
        let begin = out.len();
        serde_json::to_writer(&mut *out, row)?;
        escape_json(out, begin);
        if !self.is_array {
            out.push(b'\n');
        }
        Ok(())
    }

    fn end(&mut self, _columns: &[&str], out: &mut Vec<u8>) -> io::Result<()> {
        match (self.is_array, self.begun) {
            (false, _) => {}
            (true, true) => out.extend(b"\n]\n"),
            (true, false) => out.extend(b"[]\n"),
        }
        Ok(())
    }
}

/// A row as an object, without the fields that have no value.
impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, cell) in self.columns.iter().zip(self.cells()) {
            if !cell.is_empty() {
                map.serialize_entry(column, cell)?;
            }
        }
        map.end()
    }
}
