use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, de::DeserializeSeed};

use crate::types::{OfferId, tolerant::List};

/// The rows of an answer to a batch, and those that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<Row> {
    /// The rows, in the order of the answer.
    pub rows: Vec<Row>,
    /// Rows that do not decode, among rows that do.
    pub unusable: Vec<UnusableRow>,
}

/// A row that does not decode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusableRow {
    /// The offer that the row belongs to, if that much can be read.
    pub offer_id: Option<OfferId>,
    /// Where in the JSON decoding failed, such as `data.tracking_link[1].offer_id`.
    pub path: String,
    /// Why.
    pub cause: String,
}

impl<Row> IntoIterator for Rows<Row> {
    type Item = Row;
    type IntoIter = std::vec::IntoIter<Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<'de, Row: Deserialize<'de>> Deserialize<'de> for Rows<Row> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = List(PhantomData).deserialize(deserializer)?;
        Ok(Self { rows, unusable: Vec::new() })
    }
}
