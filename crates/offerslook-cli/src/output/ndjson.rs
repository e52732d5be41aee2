use std::io;

use super::Rows;
use crate::row::Row;

/// One object a line.
pub(super) struct Lines;

impl Rows for Lines {
    fn row(&mut self, row: Row) -> io::Result<Vec<u8>> {
        let mut line = serde_json::to_vec(&row)?;
        line.push(b'\n');
        Ok(line)
    }

    fn end(&mut self) -> Vec<u8> {
        Vec::new()
    }
}
