use std::io;

use super::{Cell, Encode, Row};
use crate::safe_text::{escape_json, push_json};

/// JSON: one array with an object per line, or one object per line without the array.
pub(super) struct Json {
    /// What stands before the value of each column, such as `,"status":`.
    keys: Vec<String>,
    is_array: bool,
    begun: bool,
}

impl Json {
    pub(super) fn array(columns: &[&str]) -> Self {
        Self { is_array: true, ..Self::lines(columns) }
    }

    pub(super) fn lines(columns: &[&str]) -> Self {
        let keys = columns.iter().map(|column| format!(r#","{column}":"#)).collect();
        Self { keys, is_array: false, begun: false }
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
        for (key, cell) in self.keys.iter().zip(row.cells()) {
            // Fields that have no value are left out.
            if !cell.is_empty() {
                out.extend(key.as_bytes());
                value(cell, out)?;
            }
        }
        match out.get_mut(begin) {
            Some(comma) => *comma = b'{',
            None => out.push(b'{'),
        }
        out.push(b'}');
        if !self.is_array {
            out.push(b'\n');
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        match (self.is_array, self.begun) {
            (false, _) => {}
            (true, true) => out.extend(b"\n]\n"),
            (true, false) => out.extend(b"[]\n"),
        }
        Ok(())
    }
}

fn value(cell: &Cell<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    match cell {
        Cell::Empty => out.extend(b"null"),
        Cell::Number(number) => serde_json::to_writer(out, number)?,
        Cell::Text(text) | Cell::Word(text, _) => push_json(text, out)?,
        Cell::Nested { json, .. } => {
            let begin = out.len();
            serde_json::to_writer(&mut *out, json)?;
            escape_json(out, begin);
        }
    }
    Ok(())
}
