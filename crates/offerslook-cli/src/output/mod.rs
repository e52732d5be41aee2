//! Rows as bytes, in every format, and where the bytes go.

mod csv;
mod json;
mod ndjson;
mod sink;
mod table;

use std::io;

use clap::ValueEnum;

pub(crate) use sink::Sink;

use crate::{row::Row, tally::Tally};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns, for people
    Table,
    /// One array of objects
    Json,
    /// One object a line
    Ndjson,
    /// Comma-separated values with a header line
    Csv,
    /// Tab-separated values with a header line
    Tsv,
}

/// Where rows go, and what is there already.
pub(crate) struct Output {
    pub(crate) sink: Sink,
    /// Whether it has to stay a prefix of the asked ids, for a later run to go on.
    pub(crate) is_journal: bool,
    /// How many of the asked ids have their row.
    pub(crate) done: usize,
    /// What came of those.
    pub(crate) tally: Tally,
}

impl Output {
    /// Nothing is there yet.
    pub(crate) fn new(sink: Sink) -> Self {
        Self { sink, is_journal: false, done: 0, tally: Tally::default() }
    }
}

/// Turns rows into bytes, in one format. It does no I/O, so what belongs to one row can be written at once.
pub(crate) trait Rows {
    /// The bytes that one row adds; none where rows are shown together at the end.
    fn row(&mut self, row: Row) -> io::Result<Vec<u8>>;

    /// What stands behind the last of at least one row.
    fn end(&mut self) -> Vec<u8>;
}

impl Format {
    pub(crate) fn rows(self, coloured: bool) -> Box<dyn Rows> {
        match self {
            Self::Table => Box::new(table::Table::new(coloured)),
            Self::Json => Box::new(json::Array::default()),
            Self::Ndjson => Box::new(ndjson::Lines),
            Self::Csv => Box::new(csv::Records::separated_by(b',')),
            Self::Tsv => Box::new(csv::Records::separated_by(b'\t')),
        }
    }

    /// Whether rows show as they become known.
    pub(crate) fn is_streamed(self) -> bool {
        self != Self::Table
    }
}
