use std::io;

use super::{
    Encode, Sink,
    json::Json,
    separated::{Dialect, Separated},
    table::Table,
};
use crate::options::Format;

impl Format {
    pub(super) fn encoder(
        self,
        columns: Vec<&'static str>,
        sink: &Sink,
        guard_formulas: bool,
    ) -> Box<dyn Encode> {
        match self {
            Self::Table => {
                let width = if sink.is_terminal() { terminal_width() } else { None };
                Box::new(Table::new(columns, sink.takes_colour(), width))
            }
            Self::Json => Box::new(Json::array(&columns)),
            Self::Ndjson => Box::new(Json::lines(&columns)),
            Self::Csv => {
                Box::new(Separated::new(columns, Dialect::Csv { guard_formulas }, sink.is_terminal()))
            }
            Self::Tsv => Box::new(Separated::new(columns, Dialect::Tsv, sink.is_terminal())),
        }
    }
}

/// The number of columns of the terminal that standard output is.
fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout())
        .map(|(width, _)| usize::from(width.0))
        .filter(|width| *width > 0)
}
