//! Lists: which page of which rows in which order, said by the query of a call.
//!
//! An endpoint describes its list once, as a [`List`], and its rows by [`Row`]. A call goes
//! [`Parameters`] → [`List::query`] → [`Query::page`] → [`Page::map`]; only the rows of the page are ever written
//! whole.

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

/// What can be asked of a list.
pub(crate) struct List<C: 'static> {
    /// The most rows of a page.
    pub(crate) most_rows: u64,
    /// What rows can be told apart by. The first is the one that rows are held in the order of. Where there
    /// are none, the list takes neither `sort` nor filters.
    pub(crate) columns: &'static [Column<C>],
    /// The names that `fields` takes; where there are none, the list does not take the parameter.
    pub(crate) fields: &'static [&'static str],
}

/// A column that a list can be filtered by, and perhaps sorted.
#[allow(clippy::struct_field_names, reason = "the name of a column is not the column")]
pub(crate) struct Column<C> {
    pub(crate) name: &'static str,
    /// What the rows know it by.
    pub(crate) column: C,
    pub(crate) kind: Kind,
    pub(crate) operators: Operators,
    pub(crate) sorts: bool,
}

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Text,
}

/// A row of a list, cheap to make: what is costly waits for the page.
pub(crate) trait Row {
    /// Names the columns.
    type Column: Copy + 'static;

    fn cell(&self, column: Self::Column) -> Cell<'_>;
}

/// The column of a list that has none.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum NoColumn {}
