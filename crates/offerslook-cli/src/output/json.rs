use std::io;

use super::{Cell, Encode, Row};
use crate::safe_text::{escape_json, push_json};

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
        let mut separator = b'{';
        // Fields that have no value are left out.
        for (column, cell) in row.columns.iter().zip(row.cells()).filter(|(_, cell)| !cell.is_empty()) {
            out.push(std::mem::replace(&mut separator, b','));
            push_json(column, out)?;
            out.push(b':');
            value(cell, out)?;
        }
        out.extend(if separator == b'{' { &b"{}"[..] } else { b"}" });
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

fn value(cell: &Cell<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let begin = out.len();
    match cell {
        Cell::Text(text) | Cell::Word(text, _) => return push_json(text, out),
        Cell::Empty => out.extend(b"null"),
        Cell::Number(number) => serde_json::to_writer(&mut *out, number)?,
        Cell::Nested { json, .. } => serde_json::to_writer(&mut *out, json)?,
    }
    escape_json(out, begin);
    Ok(())
}
