use std::{borrow::Cow, cell::RefCell, io, rc::Rc};

use csv::{QuoteStyle, Writer, WriterBuilder};

use super::{Encode, Row};
use crate::safe_text::safe_text;

/// A header line and one record per row.
pub(super) struct Separated {
    /// The header, until it is written.
    header: Option<Vec<&'static str>>,
    dialect: Dialect,
    /// Whether a terminal shows the text.
    is_shown: bool,
    writer: Writer<Bytes>,
    bytes: Bytes,
}

/// How cells are kept apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Commas; cells with a comma, a quote or a line break are quoted.
    Csv { guard_formulas: bool },
    /// Tabs; tabs and line breaks inside a cell become spaces.
    Tsv,
}

/// What the writer of records has written, to be taken from there.
#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl io::Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Separated {
    pub(super) fn new(columns: Vec<&'static str>, dialect: Dialect, is_shown: bool) -> Self {
        let mut builder = WriterBuilder::new();
        if dialect == Dialect::Tsv {
            builder.delimiter(b'\t').quote_style(QuoteStyle::Never);
        }
        let bytes = Bytes::default();
        let writer = builder.from_writer(bytes.clone());
        Self { header: Some(columns), dialect, is_shown, writer, bytes }
    }

    fn record<'text>(
        &mut self,
        cells: impl Iterator<Item = Cow<'text, str>>,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        for cell in cells {
            self.writer.write_field(self.cell(cell).as_bytes())?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        self.writer.flush()?;
        out.append(&mut self.bytes.0.borrow_mut());
        Ok(())
    }

    fn cell<'text>(&self, text: Cow<'text, str>) -> Cow<'text, str> {
        let text = match self.dialect {
            Dialect::Csv { guard_formulas: true } if text.starts_with(STARTS_FORMULA) => {
                format!("'{text}").into()
            }
            Dialect::Tsv if text.contains(PARTS_TSV) => text.replace(PARTS_TSV, " ").into(),
            _ => text,
        };
        if self.is_shown { safe_text(&text).into_owned().into() } else { text }
    }

    fn header(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let Some(columns) = self.header.take() else { return Ok(()) };
        self.record(columns.into_iter().map(Into::into), out)
    }
}

/// What makes a spreadsheet take a cell for a formula.
const STARTS_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What would begin another cell or row.
const PARTS_TSV: [char; 3] = ['\t', '\r', '\n'];

impl Encode for Separated {
    fn row(&mut self, row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        self.header(out)?;
        self.record(row.cells().map(super::Cell::as_text), out)
    }

    fn end(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        self.header(out)
    }
}
