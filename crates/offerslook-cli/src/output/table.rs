use std::io;

use comfy_table::{Attribute, Color, presets};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Cell, Encode, Tone};
use crate::safe_text::safe_text;

/// Columns for people, shown once all rows are known. Columns without any value are left out.
pub(super) struct Table {
    rows: Vec<Vec<Cell>>,
    coloured: bool,
    /// The width of the terminal, if one shows the table: longer cells are cut.
    width: Option<usize>,
}

/// Between two columns.
const GAP: usize = 2;
/// A column is not cut to less.
const MIN_WIDTH: usize = 8;
/// Wider cells are cut even in a file: the layout counts in 16 bits.
const MAX_WIDTH: usize = 32_000;

impl Table {
    pub(super) fn new(coloured: bool, width: Option<usize>) -> Self {
        Self { rows: Vec::new(), coloured, width }
    }
}

impl Encode for Table {
    fn row(&mut self, _columns: &[&str], cells: Vec<Cell>) -> io::Result<Vec<u8>> {
        self.rows.push(cells);
        Ok(Vec::new())
    }

    fn end(&mut self, columns: &[&str]) -> io::Result<Vec<u8>> {
        if self.rows.is_empty() {
            return Ok(Vec::new());
        }
        let is_filled = |column: &usize| {
            self.rows.iter().any(|row| row.get(*column).is_some_and(|cell| !cell.is_empty()))
        };
        let shown: Vec<_> = (0..columns.len()).filter(is_filled).collect();
        let widths = self.widths(columns, &shown);
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).force_no_tty();
        if self.coloured {
            table.enforce_styling();
        }
        let header = shown
            .iter()
            .zip(&widths)
            .filter_map(|(column, width)| columns.get(*column).map(|name| cut(name, *width)));
        table.set_header(header.map(|name| comfy_table::Cell::new(name).add_attribute(Attribute::Bold)));
        for row in self.rows.drain(..) {
            table.add_row(
                shown
                    .iter()
                    .zip(&widths)
                    .filter_map(|(column, width)| row.get(*column).map(|cell| styled(cell, *width))),
            );
        }
        let last = shown.len().saturating_sub(1);
        // Behind the last one it would not fit.
        for column in table.column_iter_mut().take(last) {
            column.set_padding((0, u16::try_from(GAP).unwrap_or_default()));
        }
        if let Some(column) = table.column_mut(last) {
            column.set_padding((0, 0));
        }
        Ok((table.trim_fmt() + "\n").into_bytes())
    }
}

impl Table {
    /// The width of each column: that of its widest cell, and less for the widest columns where the terminal is narrow.
    fn widths(&self, columns: &[&str], shown: &[usize]) -> Vec<usize> {
        let mut widths: Vec<_> = shown
            .iter()
            .map(|column| {
                let name = columns.get(*column).map_or(0, |name| name.width());
                let cells = self.rows.iter().filter_map(|row| row.get(*column));
                cells.map(|cell| safe_text(&cell.as_text()).width()).max().unwrap_or_default().max(name)
            })
            .map(|width| width.min(MAX_WIDTH))
            .collect();
        let Some(width) = self.width else { return widths };
        let gaps = widths.len().saturating_sub(1) * GAP;
        // Cuts the widest column as long as the table is too wide: links and messages, not ids.
        while widths.iter().sum::<usize>() + gaps > width {
            let Some(widest) = widths.iter_mut().rev().max_by_key(|width| **width) else { break };
            if *widest <= MIN_WIDTH {
                break;
            }
            *widest -= 1;
        }
        widths
    }
}

fn styled(cell: &Cell, width: usize) -> comfy_table::Cell {
    let text = comfy_table::Cell::new(cut(&safe_text(&cell.as_text()), width));
    match cell {
        Cell::Word(_, Tone::Good) => text.fg(Color::Green),
        Cell::Word(_, Tone::Doubtful) => text.fg(Color::Yellow),
        Cell::Word(_, Tone::Bad) => text.fg(Color::Red),
        Cell::Word(_, Tone::Faint) => text.fg(Color::DarkGrey),
        _ => text,
    }
}

/// The text, or as much of it as fits before an ellipsis.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let fitting = text.chars().take_while(|character| {
        let wide = character.width().unwrap_or_default();
        let fits = wide <= left;
        left = left.saturating_sub(wide);
        fits
    });
    fitting.chain(['…']).collect()
}
