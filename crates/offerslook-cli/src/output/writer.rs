use std::io;

use super::{Cell, Encode, Finished, Row, Sink};
use crate::{
    console::Console,
    failure::Failure,
    options::{Format, OutputOptions},
};

/// Writes the rows of one command, in the chosen format and columns. They are buffered until [`Writer::flush`].
pub(crate) struct Writer {
    encoder: Box<dyn Encode>,
    /// Whole lines.
    bytes: Vec<u8>,
    sink: Sink,
    /// The position of each column in a row of the command.
    chosen: Vec<usize>,
    is_watched: bool,
    /// Set if a progress line may show where the rows do.
    console: Option<Console>,
}

const BUFFER_BYTES: usize = 64 * 1024;

impl Writer {
    /// Prepares the output. Nothing is written before the first row. A table may have fewer columns, where all of them
    /// would not be readable.
    /// Fails if `--fields` names a column that there is not.
    pub(crate) fn new(
        sink: Sink,
        options: &OutputOptions,
        columns: &[&'static str],
        in_table: &[&str],
        console: &Console,
    ) -> Result<Self, Failure> {
        let chosen = options.chosen(columns)?.unwrap_or_else(|| {
            let is_shown = |position: &usize| {
                options.format != Format::Table
                    || columns.get(*position).is_some_and(|column| in_table.contains(column))
            };
            (0..columns.len()).filter(is_shown).collect()
        });
        let columns = chosen.iter().filter_map(|position| columns.get(*position).copied()).collect();
        let is_terminal = sink.is_terminal();
        let is_watched = options.format.is_streamed() && is_terminal;
        let console = (is_terminal && !is_watched).then(|| console.clone());
        let encoder = options.format.encoder(columns, &sink, !options.no_formula_guard);
        let bytes = Vec::with_capacity(BUFFER_BYTES);
        Ok(Self { encoder, bytes, sink, chosen, is_watched, console })
    }

    /// Whether a person sees the rows as they become known, and needs no other progress.
    pub(crate) fn is_watched(&self) -> bool {
        self.is_watched
    }

    /// Adds a row: a cell for each column of the command.
    pub(crate) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Failure> {
        let row = Row { chosen: &self.chosen, cells };
        let encoded = self.encoder.row(&row, &mut self.bytes);
        self.check(encoded)?;
        if self.bytes.len() < BUFFER_BYTES { Ok(()) } else { self.flush() }
    }

    /// Hands on what is buffered: to be called where nothing more is ready.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let Self { sink, bytes, console, .. } = self;
        let mut write = || sink.write(bytes);
        let written = match console {
            Some(console) => console.above_progress(write),
            None => write(),
        };
        bytes.clear();
        written
    }

    /// Whether there is nobody left to write for, which is no error.
    pub(crate) fn reader_is_gone(&self) -> bool {
        self.sink.reader_is_gone()
    }

    /// Ends the output. A file is replaced only by what is complete.
    pub(crate) fn finish(mut self, is_complete: bool) -> Result<Finished, Failure> {
        let encoded = self.encoder.end(&mut self.bytes);
        self.check(encoded)?;
        self.flush()?;
        self.sink.finish(is_complete)
    }

    fn check(&self, encoded: io::Result<()>) -> Result<(), Failure> {
        encoded.map_err(|cause| Failure::unwritable(&self.sink, &cause))
    }
}
