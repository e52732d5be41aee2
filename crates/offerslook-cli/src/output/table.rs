use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Cell, Encode, Row, Tone};
use crate::safe_text::safe_text;

/// Columns for people.
///
/// The first rows are held until their widths are known: all rows, where they are few, without the columns that have no
/// value. Further rows follow as they come, so that a table of millions of rows needs no more memory, and whoever ends it
/// early has what there was. A cell that is too wide for its column widens it from there on.
pub(super) struct Table {
    columns: Vec<&'static str>,
    held: Vec<Vec<Text>>,
    layout: Option<Layout>,
    coloured: bool,
    /// The width of the terminal, if one shows the table: longer cells are cut.
    width: Option<usize>,
}

/// The number of rows that are held.
const MAX_HELD: usize = 10_000;
/// Between two columns.
const GAP: usize = 2;
/// A column is not cut to less.
const MIN_WIDTH: usize = 8;
/// Wider cells are cut even in a file: all other rows would be padded to their width.
const MAX_WIDTH: usize = 32_000;

const HEADER: Style = Style::new().bold();

impl Table {
    pub(super) fn new(columns: Vec<&'static str>, coloured: bool, width: Option<usize>) -> Self {
        Self { columns, held: Vec::new(), layout: None, coloured, width }
    }

    /// Writes the header and the rows that were held.
    fn begin(&mut self, shown: Vec<usize>, out: &mut Vec<u8>) -> io::Result<Layout> {
        let header: Vec<_> =
            self.columns.iter().map(|name| Text { text: (*name).to_owned(), style: HEADER }).collect();
        let natural = vec![0; shown.len()];
        let (coloured, width) = (self.coloured, self.width);
        let mut layout = Layout { shown, fitted: natural.clone(), natural, coloured, width };
        let held = std::mem::take(&mut self.held);
        layout.make_room(std::iter::once(&header).chain(&held));
        layout.write(&header, out)?;
        held.iter().try_for_each(|row| layout.write(row, out))?;
        Ok(layout)
    }
}

impl Encode for Table {
    fn row(&mut self, row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let texts: Vec<_> = row.cells().map(Text::of).collect();
        if let Some(layout) = &mut self.layout {
            layout.make_room(std::iter::once(&texts));
            return layout.write(&texts, out);
        }
        self.held.push(texts);
        if self.held.len() >= MAX_HELD {
            // Any column may have a value further down.
            self.layout = Some(self.begin((0..self.columns.len()).collect(), out)?);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let is_filled = |column: &usize| {
            self.held.iter().any(|row| row.get(*column).is_some_and(|cell| !cell.text.is_empty()))
        };
        let shown = (0..self.columns.len()).filter(is_filled).collect();
        self.begin(shown, out).map(drop)
    }
}

/// A cell as it is shown, before it is cut.
struct Text {
    text: String,
    style: Style,
}

impl Text {
    fn of(cell: &Cell<'_>) -> Self {
        let colour = match cell {
            Cell::Word(_, Tone::Good) => Some(AnsiColor::BrightGreen),
            Cell::Word(_, Tone::Doubtful) => Some(AnsiColor::BrightYellow),
            Cell::Word(_, Tone::Bad) => Some(AnsiColor::BrightRed),
            Cell::Word(_, Tone::Faint) => Some(AnsiColor::BrightBlack),
            _ => None,
        };
        let style = Style::new().fg_color(colour.map(Into::into));
        Self { text: safe_text(&cell.as_text()).into_owned(), style }
    }
}

/// Which columns there are, and how wide they are.
struct Layout {
    /// The positions of the columns.
    shown: Vec<usize>,
    /// The width of the widest cell of each column so far.
    natural: Vec<usize>,
    /// The same, and less for the widest columns where the terminal is narrow.
    fitted: Vec<usize>,
    coloured: bool,
    width: Option<usize>,
}

impl Layout {
    /// Widens the columns in which a cell is wider than all before it.
    fn make_room<'row>(&mut self, rows: impl Iterator<Item = &'row Vec<Text>>) {
        let mut has_grown = false;
        for row in rows {
            for (column, natural) in self.shown.iter().zip(&mut self.natural) {
                let width = row.get(*column).map_or(0, |cell| cell.text.width()).min(MAX_WIDTH);
                has_grown |= width > *natural;
                *natural = width.max(*natural);
            }
        }
        if has_grown {
            self.fit();
        }
    }

    fn fit(&mut self) {
        self.fitted.clone_from(&self.natural);
        let Some(width) = self.width else { return };
        let gaps = self.fitted.len().saturating_sub(1) * GAP;
        // Cuts the widest column as long as the table is too wide: links and messages, not ids.
        while self.fitted.iter().sum::<usize>() + gaps > width {
            let Some(widest) = self.fitted.iter_mut().rev().max_by_key(|width| **width) else { break };
            if *widest <= MIN_WIDTH {
                break;
            }
            *widest -= 1;
        }
    }

    /// Writes a line, without blanks at its end.
    fn write(&self, row: &[Text], out: &mut Vec<u8>) -> io::Result<()> {
        let begin = out.len();
        for (column, width) in self.shown.iter().zip(&self.fitted) {
            let Some(Text { text, style }) = row.get(*column) else { continue };
            let style = if self.coloured && !text.is_empty() { *style } else { Style::new() };
            let (text, blank) = match width.checked_sub(text.width()) {
                Some(blank) => (text.into(), blank),
                None => (cut(text, *width), 0),
            };
            write!(out, "{style}{text}{style:#}")?;
            out.extend(std::iter::repeat_n(b' ', blank + GAP));
        }
        out.truncate(begin + out.get(begin..).unwrap_or_default().trim_ascii_end().len());
        out.push(b'\n');
        Ok(())
    }
}

/// As much of the text as fits before an ellipsis.
fn cut(text: &str, width: usize) -> std::borrow::Cow<'_, str> {
    let mut left = width.saturating_sub(1);
    let fitting = text.chars().take_while(|character| {
        let wide = character.width().unwrap_or_default();
        let fits = wide <= left;
        left = left.saturating_sub(wide);
        fits
    });
    fitting.chain(['…']).collect()
}
