use std::io;

use clap::ValueEnum;

use super::{
    Cell, Sink,
    json::Json,
    separated::{Dialect, Separated},
    table::Table,
};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Ndjson,
    Csv,
    Tsv,
}

/// Turns rows into bytes, in one format.
pub(super) trait Encode {
    /// Returns the bytes that one row adds: none where rows are shown together at the end.
    fn row(&mut self, columns: &[&str], cells: Vec<Cell>) -> io::Result<Vec<u8>>;

    /// Returns what stands behind the last row.
    fn end(&mut self, columns: &[&str]) -> io::Result<Vec<u8>>;
}

impl Format {
    pub(super) fn encoder(self, sink: &Sink, guard_formulas: bool) -> Box<dyn Encode> {
        match self {
            Self::Table => {
                let columns = if sink.is_terminal() { terminal_width() } else { None };
                Box::new(Table::new(sink.takes_colour(), columns))
            }
            Self::Json => Box::new(Json::array()),
            Self::Ndjson => Box::new(Json::lines()),
            Self::Csv => Box::new(Separated::new(Dialect::Csv { guard_formulas }, sink.is_terminal())),
            Self::Tsv => Box::new(Separated::new(Dialect::Tsv, sink.is_terminal())),
        }
    }

    /// Whether rows show as they become known.
    pub(crate) fn is_streamed(self) -> bool {
        self != Self::Table
    }
}

/// The number of columns of the terminal that standard output is.
fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout())
        .map(|(width, _)| usize::from(width.0))
        .filter(|width| *width > 0)
}
