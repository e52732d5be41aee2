//! Rows as bytes, in every format, and where the bytes go.

mod cell;
mod format;
mod inputs;
mod json;
mod separated;
mod sink;
mod table;
mod writer;

use std::io;

pub(crate) use cell::{Cell, Tone};
pub(crate) use inputs::Inputs;
pub(crate) use sink::{Finished, Sink, print};
pub(crate) use writer::Writer;

/// Turns rows into bytes, in one format.
pub(super) trait Encode {
    /// Returns the bytes that one row adds: none where rows are shown together at the end.
    fn row(&mut self, columns: &[&str], cells: Vec<Cell>) -> io::Result<Vec<u8>>;

    /// Returns what stands behind the last row.
    fn end(&mut self, columns: &[&str]) -> io::Result<Vec<u8>>;
}
