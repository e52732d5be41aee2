//! Lists: paging, sorting and filters, as the query of a call asks for them.
//!
//! An endpoint describes its list once, as a [`List`], and its rows with [`Row`]. A call goes
//! [`Parameters`] → [`List::query`] → [`Query::page`] → [`Page::map`], so that only the rows of the page are
//! ever built in full.

mod cell;
mod filter;
mod object;
mod page;
mod parameters;
mod query;

pub(crate) use cell::Cell;
pub(crate) use filter::Operators;
pub(crate) use object::{Fields, Object};
pub(crate) use page::Page;
pub(crate) use parameters::Parameters;
pub(crate) use query::Query;

/// What the query of a list may ask for.
pub(crate) struct List {
    pub(crate) max_rows: u64,
    /// The columns for `sort` and filters; the rows are stored in the order of the first. A list without
    /// columns supports neither.
    pub(crate) columns: &'static [Column],
    /// The names that `fields` accepts; a list without names does not support it.
    pub(crate) fields: &'static [&'static str],
}

impl List {
    /// A list that supports paging only.
    pub(crate) const PAGES_ONLY: Self = Self { max_rows: 1_000, columns: &[], fields: &[] };
}

/// A column for filters, and perhaps for `sort`.
pub(crate) struct Column {
    name: &'static str,
    is_number: bool,
    operators: Operators,
    sorts: bool,
}

impl Column {
    pub(crate) const fn number(name: &'static str, operators: Operators) -> Self {
        Self { name, is_number: true, operators, sorts: false }
    }

    pub(crate) const fn text(name: &'static str, operators: Operators) -> Self {
        Self { name, is_number: false, operators, sorts: false }
    }

    pub(crate) const fn sortable(self) -> Self {
        Self { sorts: true, ..self }
    }
}

/// A row of a list. It is cheap to create: [`Page::map`] does the expensive part.
pub(crate) trait Row {
    /// Returns the value of a column of the list.
    fn cell(&self, _column: &str) -> Cell<'_> {
        Cell::Null
    }
}
