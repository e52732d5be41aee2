use std::{io, path::PathBuf};

use super::{Cell, Encode, Sink};
use crate::{
    console::Console,
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
    reader_is_gone: bool,
}

/// Where the rows are in the end.
pub(crate) enum Finished {
    Written,
    /// In this file beside the one to be replaced, because they are not complete.
    Beside(PathBuf),
    /// Nobody reads them any more, which is no error.
    ReaderGone,
}

impl Finished {
    /// Says where incomplete rows are.
    pub(crate) fn tell(&self, console: &Console) {
        if let Self::Beside(path) = self {
            console.warning(format_args!(
                "the output is not complete, so it does not replace the file: its rows are in {}",
                path.display()
            ));
        }
    }
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
        let encoder = options.format.encoder(&sink, !options.no_formula_guard);
        Ok(Self { encoder, sink, columns, chosen, reader_is_gone: false })
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
        let flushed = if self.reader_is_gone { Ok(()) } else { self.sink.flush() };
        self.check(flushed)
    }

    /// Whether there is nobody left to write for, which is no error.
    pub(crate) fn reader_is_gone(&self) -> bool {
        self.reader_is_gone
    }

    /// Ends the output. A file is replaced only by what is complete.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub(crate) fn finish(mut self, is_complete: bool) -> Result<Finished, Failure> {
        let bytes = self.encoder.end(&self.columns);
        self.put(bytes)?;
        self.flush()?;
        if self.reader_is_gone {
            return Ok(Finished::ReaderGone);
        }
        let name = self.sink.to_string();
        let beside = self.sink.finish(is_complete).map_err(|cause| Failure::unwritable(&name, &cause))?;
        Ok(beside.map_or(Finished::Written, Finished::Beside))
    }

    fn put(&mut self, bytes: io::Result<Vec<u8>>) -> Result<(), Failure> {
        if self.reader_is_gone {
            return Ok(());
        }
        let written = bytes.and_then(|bytes| self.sink.write(&bytes));
        self.check(written)
    }

    fn check(&mut self, written: io::Result<()>) -> Result<(), Failure> {
        match written {
            Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => {
                self.reader_is_gone = true;
                Ok(())
            }
            written => written.map_err(|cause| Failure::unwritable(&self.sink, &cause)),
        }
    }
}
