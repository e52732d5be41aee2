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
    /// Adds the bytes of a row: none as long as rows are held to be shown together.
    fn row(&mut self, row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()>;

    /// Adds what stands behind the last row.
    fn end(&mut self, out: &mut Vec<u8>) -> io::Result<()>;
}

/// The cells of the chosen columns of one row.
pub(super) struct Row<'row> {
    /// The position of each column in the cells.
    chosen: &'row [usize],
    cells: &'row [Cell<'row>],
}

impl Row<'_> {
    fn cells(&self) -> impl Iterator<Item = &Cell<'_>> {
        self.chosen.iter().filter_map(|position| self.cells.get(*position))
    }
}
