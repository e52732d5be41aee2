use std::io;

use comfy_table::{Attribute, Cell, Color, presets};

use super::Rows;
use crate::{
    console::plain,
    row::{COLUMNS, Row, Status},
};

/// Columns, shown when all rows are known. Columns that no row fills are left out; links are never cut or
/// wrapped, so that they can be copied.
pub(super) struct Table {
    rows: Vec<Row>,
    coloured: bool,
}

impl Table {
    pub(super) fn new(coloured: bool) -> Self {
        Self { rows: Vec::new(), coloured }
    }
}

impl Rows for Table {
    fn row(&mut self, row: Row) -> io::Result<Vec<u8>> {
        self.rows.push(row);
        Ok(Vec::new())
    }

    fn end(&mut self) -> Vec<u8> {
        let rows: Vec<_> = self.rows.drain(..).map(|row| (row.status, texts(row))).collect();
        let filled = |column: usize| {
            rows.iter().any(|(_, texts)| texts.get(column).is_some_and(|text| !text.is_empty()))
        };
        let shown: Vec<_> = (0..COLUMNS.len()).filter(|column| filled(*column)).collect();
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).force_no_tty();
        if self.coloured {
            table.enforce_styling();
        }
        let header = shown.iter().filter_map(|column| COLUMNS.get(*column));
        table.set_header(header.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
        for (status, texts) in &rows {
            table.add_row(shown.iter().filter_map(|column| {
                texts.get(*column).map(|text| {
                    let cell = Cell::new(text);
                    if *column == STATUS { cell.fg(colour(*status)) } else { cell }
                })
            }));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        let mut text = table.trim_fmt();
        text.push('\n');
        text.into_bytes()
    }
}

/// Which of the columns the status is.
const STATUS: usize = 1;

fn texts(row: Row) -> [String; 5] {
    [
        row.offer_id.to_string(),
        row.status.to_string(),
        row.url.map(|url| url.to_string()).unwrap_or_default(),
        row.impression_pixel.map(|pixel| plain(pixel.as_str()).into_owned()).unwrap_or_default(),
        row.error.map(|error| plain(&error.to_string()).into_owned()).unwrap_or_default(),
    ]
}

fn colour(status: Status) -> Color {
    match status {
        Status::Found => Color::Green,
        Status::Unapproved | Status::Absent => Color::Yellow,
        Status::Refused | Status::Failed => Color::Red,
        Status::NotAttempted => Color::DarkGrey,
    }
}
