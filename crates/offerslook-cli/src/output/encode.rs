use std::io;

use super::Cell;

/// Turns rows into bytes, in one format.
pub(super) trait Encode {
    /// Returns the bytes that one row adds: none where rows are shown together at the end.
    fn row(&mut self, columns: &[&str], cells: Vec<Cell>) -> io::Result<Vec<u8>>;

    /// Returns what stands behind the last row.
    fn end(&mut self, columns: &[&str]) -> io::Result<Vec<u8>>;
}
