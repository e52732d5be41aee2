use std::{borrow::Cow, io};

use csv::{QuoteStyle, WriterBuilder};

use super::{Cell, Encode};
use crate::safe_text::safe_text;

/// A header line and one record per row.
pub(super) struct Separated {
    dialect: Dialect,
    /// Whether a terminal shows the text.
    is_shown: bool,
    begun: bool,
}

/// How cells are kept apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Commas; cells with a comma, a quote or a line break are quoted.
    Csv { guard_formulas: bool },
    /// Tabs; tabs and line breaks inside a cell become spaces.
    Tsv,
}

impl Separated {
    pub(super) fn new(dialect: Dialect, is_shown: bool) -> Self {
        Self { dialect, is_shown, begun: false }
    }

    fn record<'text>(&self, cells: impl Iterator<Item = Cow<'text, str>>) -> io::Result<Vec<u8>> {
        let mut builder = WriterBuilder::new();
        if self.dialect == Dialect::Tsv {
            builder.delimiter(b'\t').quote_style(QuoteStyle::Never);
        }
        let mut writer = builder.from_writer(Vec::new());
        writer.write_record(cells.map(|cell| self.cell(cell).into_owned()))?;
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    fn cell<'text>(&self, text: Cow<'text, str>) -> Cow<'text, str> {
        let text = match self.dialect {
            Dialect::Csv { guard_formulas: true } if text.starts_with(STARTS_FORMULA) => {
                format!("'{text}").into()
            }
            Dialect::Csv { .. } => text,
            Dialect::Tsv => text.replace(['\t', '\r', '\n'], " ").into(),
        };
        if self.is_shown { safe_text(&text).into_owned().into() } else { text }
    }

    fn header(&mut self, columns: &[&str]) -> io::Result<Vec<u8>> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(Vec::new());
        }
        self.record(columns.iter().map(|column| (*column).into()))
    }
}

/// What makes a spreadsheet take a cell for a formula.
const STARTS_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Encode for Separated {
    fn row(&mut self, columns: &[&str], cells: Vec<Cell>) -> io::Result<Vec<u8>> {
        let mut text = self.header(columns)?;
        text.extend(self.record(cells.iter().map(Cell::as_text))?);
        Ok(text)
    }

    fn end(&mut self, columns: &[&str]) -> io::Result<Vec<u8>> {
        self.header(columns)
    }
}
