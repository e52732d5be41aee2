use std::io;

use super::Rows;
use crate::row::Row;

/// One array, a row a line.
#[derive(Default)]
pub(super) struct Array {
    begun: bool,
}

impl Rows for Array {
    fn row(&mut self, row: Row) -> io::Result<Vec<u8>> {
        let before: &[u8] = if std::mem::replace(&mut self.begun, true) { b",\n  " } else { b"[\n  " };
        let mut text = before.to_vec();
        serde_json::to_writer(&mut text, &row)?;
        Ok(text)
    }

    fn end(&mut self) -> Vec<u8> {
        b"\n]\n".to_vec()
    }
}
