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
pub(crate) struct List<C: 'static> {
    pub(crate) max_rows: u64,
    /// The columns for `sort` and filters; the rows are stored in the order of the first. A list without
    /// columns supports neither.
    pub(crate) columns: &'static [Column<C>],
    /// The names that `fields` accepts; a list without names does not support it.
    pub(crate) fields: &'static [&'static str],
}

impl List<NoColumn> {
    /// A list that supports paging only.
    pub(crate) const PAGES_ONLY: Self = Self { max_rows: 1_000, columns: &[], fields: &[] };
}

/// A column for filters, and perhaps for `sort`.
#[allow(clippy::struct_field_names, reason = "the name of a column is not the column")]
pub(crate) struct Column<C> {
    pub(crate) name: &'static str,
    /// The key for [`Row::cell`].
    pub(crate) column: C,
    pub(crate) kind: Kind,
    pub(crate) operators: Operators,
    pub(crate) sorts: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Text,
}

/// A row of a list. It is cheap to create: [`Page::map`] does the expensive part.
pub(crate) trait Row {
    type Column: Copy + 'static;

    fn cell(&self, column: Self::Column) -> Cell<'_>;
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum NoColumn {}
