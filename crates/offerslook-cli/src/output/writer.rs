use std::io;

use super::{Cell, Encode, Finished, Sink};
use crate::{
    failure::Failure,
    options::{Format, OutputOptions},
};

/// Writes the rows of one command, in the chosen format and columns.
pub(crate) struct Writer {
    encoder: Box<dyn Encode>,
    sink: Sink,
    columns: Vec<&'static str>,
    /// The positions of the chosen columns; `None` for all of them, in their order.
    chosen: Option<Vec<usize>>,
    is_watched: bool,
}

impl Writer {
    /// Prepares the output. Nothing is written before the first row.
    ///
    /// # Errors
    /// If `--fields` names a column that there is not.
    pub(crate) fn new(
        sink: Sink,
        options: &OutputOptions,
        columns: &[&'static str],
    ) -> Result<Self, Failure> {
        Self::with_table_columns(sink, options, columns, columns)
    }

    /// The same, with fewer columns in a table, where all of them would not be readable.
    ///
    /// # Errors
    /// If `--fields` names a column that there is not.
    pub(crate) fn with_table_columns(
        sink: Sink,
        options: &OutputOptions,
        columns: &[&'static str],
        in_table: &[&str],
    ) -> Result<Self, Failure> {
        let chosen = options.chosen(columns)?.or_else(|| {
            let is_shown =
                |position: &usize| columns.get(*position).is_some_and(|column| in_table.contains(column));
            (options.format == Format::Table).then(|| (0..columns.len()).filter(is_shown).collect())
        });
        let columns = match &chosen {
            Some(chosen) => chosen.iter().filter_map(|position| columns.get(*position).copied()).collect(),
            None => columns.to_vec(),
        };
        let is_watched = options.format.is_streamed() && sink.is_terminal();
        let encoder = options.format.encoder(&sink, !options.no_formula_guard);
        Ok(Self { encoder, sink, columns, chosen, is_watched })
    }

    /// Whether a person sees the rows as they become known, and needs no other progress.
    pub(crate) fn is_watched(&self) -> bool {
        self.is_watched
    }

    /// Adds a row: a cell for each column of the command.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub(crate) fn row(&mut self, mut cells: Vec<Cell>) -> Result<(), Failure> {
        match &self.chosen {
            Some(chosen) => {
                cells = chosen.iter().filter_map(|position| cells.get(*position).cloned()).collect();
            }
            None => cells.truncate(self.columns.len()),
        }
        let bytes = self.encoder.row(&self.columns, cells);
        self.put(bytes)
    }

    /// Hands on what is buffered: to be called where nothing more is ready.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.sink.flush()
    }

    /// Whether there is nobody left to write for, which is no error.
    pub(crate) fn reader_is_gone(&self) -> bool {
        self.sink.reader_is_gone()
    }

    /// Ends the output. A file is replaced only by what is complete.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub(crate) fn finish(mut self, is_complete: bool) -> Result<Finished, Failure> {
        let bytes = self.encoder.end(&self.columns);
        self.put(bytes)?;
        self.sink.finish(is_complete)
    }

    fn put(&mut self, bytes: io::Result<Vec<u8>>) -> Result<(), Failure> {
        let bytes = bytes.map_err(|cause| Failure::unwritable(&self.sink, &cause))?;
        self.sink.write(&bytes)
    }
}
