use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::Endpoint;
use crate::types::tolerant;

/// An endpoint that answers with one page of a list.
pub trait Paged: Endpoint<Output = Page<Self::Row>> {
    /// A row of the list.
    type Row: serde::de::DeserializeOwned;

    /// What tells one row from another.
    type Id: Ord;

    /// The most rows that one page may have.
    const MAX_ROWS_PER_PAGE: NonZeroU32;

    /// The same call for this page. Pages count from 1, whatever the API calls them.
    #[must_use]
    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self;

    /// Returns the page that the caller asked for, if any.
    fn first_page(&self) -> Option<NonZeroU32> {
        None
    }

    /// Returns the number of rows per page that the caller asked for, if any.
    fn page_limit(&self) -> Option<NonZeroU32> {
        None
    }

    /// What tells this row from others.
    fn id_of(row: &Self::Row) -> Self::Id;
}

/// One page of a list, with what the API says about the whole of it.
///
/// Reference: the envelope of lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Page<Row> {
    /// The rows of this page.
    #[serde(
        default = "Vec::new",
        deserialize_with = "tolerant::list",
        bound(deserialize = "Row: Deserialize<'de>")
    )]
    pub rowset: Vec<Row>,
    /// How many pages there are.
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub total_pages: Option<u32>,
    /// How many rows there are in all pages.
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub total_rows: Option<u64>,
    /// The number of this page, from 1 on; the reference calls it a number of records to skip.
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub offset: Option<u32>,
    /// The most rows that a page has.
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub limit: Option<u32>,
}
