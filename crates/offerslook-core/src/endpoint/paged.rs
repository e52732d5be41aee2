use std::{fmt, marker::PhantomData, num::NonZeroU32};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::Endpoint;
use crate::types::tolerant;

/// An endpoint that answers with one page of a list.
///
/// A [`Listing`](crate::job::Listing) reads all pages.
pub trait Paged: Endpoint<Output = Page<Self::Row>> {
    /// A row of the list.
    type Row: DeserializeOwned;

    /// What identifies a row.
    type Id: Ord;

    /// The maximum number of rows per page.
    const MAX_ROWS_PER_PAGE: NonZeroU32;

    /// Returns the same call for another page. Pages count from 1.
    #[must_use]
    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self;

    /// Returns the page that the caller chose, if any: a listing starts there.
    fn first_page(&self) -> Option<NonZeroU32>;

    /// Returns the number of rows per page that the caller chose, if any: a listing keeps it.
    fn page_limit(&self) -> Option<NonZeroU32>;

    /// Returns what identifies this row.
    fn id_of(row: &Self::Row) -> Self::Id;
}

/// One page of a list, with what the API says about the whole list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Page<Row> {
    /// The rows of this page.
    pub rowset: Vec<Row>,
    /// The number of pages.
    pub total_pages: Option<u32>,
    /// The number of rows on all pages.
    pub total_rows: Option<u64>,
    /// The number of this page, counted from 1. The reference calls it a number of records to skip.
    pub offset: Option<u32>,
    /// The maximum number of rows per page.
    pub limit: Option<u32>,
}

/// The fields of a page. An object with other fields alone is not an empty page: its `rowset` has another name.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "Row: Deserialize<'de>"))]
struct Fields<Row> {
    #[serde(default, deserialize_with = "rowset")]
    rowset: Option<Vec<Row>>,
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    total_pages: Option<u32>,
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    total_rows: Option<u64>,
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    offset: Option<u32>,
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    limit: Option<u32>,
}

fn rowset<'de, D: Deserializer<'de>, Row: Deserialize<'de>>(d: D) -> Result<Option<Vec<Row>>, D::Error> {
    tolerant::list(d).map(Some)
}

impl<'de, Row: Deserialize<'de>> Deserialize<'de> for Page<Row> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object<Row>(PhantomData<Row>);

        impl<'de, Row: Deserialize<'de>> Visitor<'de> for Object<Row> {
            type Value = Page<Row>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a page of rows")
            }

            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Page<Row>, A::Error> {
                let mut fields = Counted { fields, count: 0 };
                let read = Fields::deserialize(MapAccessDeserializer::new(&mut fields))?;
                let rowset = match read.rowset {
                    None if fields.count > 0 => return Err(A::Error::missing_field("rowset")),
                    rowset => rowset.unwrap_or_default(),
                };
                let Fields { total_pages, total_rows, offset, limit, .. } = read;
                Ok(Page { rowset, total_pages, total_rows, offset, limit })
            }
        }

        deserializer.deserialize_map(Object(PhantomData))
    }
}

/// The fields of an object, counted as they are read.
struct Counted<A> {
    fields: A,
    count: usize,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for &mut Counted<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.count += 1;
        let key = self.fields.next_key_seed(seed)?;
        self.count -= usize::from(key.is_none());
        Ok(key)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.fields.next_value_seed(seed)
    }
}
