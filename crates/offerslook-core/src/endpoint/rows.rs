use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{SeqAccess, Visitor},
};

use crate::{
    error::{DecodeError, DecodeFault},
    types::OfferId,
};

/// The rows of a batched call, and those that cannot be used.
///
/// A row that does not decode, such as one without an offer id, does not affect the others.
/// [`parse`](crate::parse) fails only where no row decodes at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct Rows<Row> {
    /// The rows that decoded, in the order of the response.
    pub rows: Vec<Row>,
    /// The rows that did not decode.
    #[serde(skip)]
    pub unusable: Vec<UnusableRow>,
}

/// A row that did not decode.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UnusableRow {
    /// The offer that the row is about, if that could be read.
    pub offer_id: Option<OfferId>,
    /// The JSON path at which decoding failed, such as `data.tracking_link[1].offer_id`.
    pub path: String,
    /// Why decoding failed.
    pub cause: String,
}

impl UnusableRow {
    /// The row of the only offer of a call whose response does not decode.
    pub(crate) fn alone(offer_id: OfferId, error: &DecodeError) -> Self {
        let (path, cause) = match &error.fault {
            DecodeFault::Payload { path, cause } => (path.clone(), cause.clone()),
            fault => (String::new(), fault.to_string()),
        };
        Self { offer_id: Some(offer_id), path, cause }
    }
}

impl fmt::Display for UnusableRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offer_id {
            Some(id) => write!(f, "the row of offer {id} cannot be read at {}: {}", self.path, self.cause),
            None => write!(f, "a row cannot be read at {}: {}", self.path, self.cause),
        }
    }
}

impl<Row> Rows<Row> {
    /// Iterates over the rows that decoded.
    pub fn iter(&self) -> std::slice::Iter<'_, Row> {
        self.rows.iter()
    }
}

impl<Row> Default for Rows<Row> {
    fn default() -> Self {
        Self { rows: Vec::new(), unusable: Vec::new() }
    }
}

impl<Row> From<Vec<Row>> for Rows<Row> {
    fn from(rows: Vec<Row>) -> Self {
        Self { rows, unusable: Vec::new() }
    }
}

impl<Row> IntoIterator for Rows<Row> {
    type Item = Row;
    type IntoIter = std::vec::IntoIter<Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<'rows, Row> IntoIterator for &'rows Rows<Row> {
    type Item = &'rows Row;
    type IntoIter = std::slice::Iter<'rows, Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'de, Row: Deserialize<'de>> Deserialize<'de> for Rows<Row> {
    /// Fails at the first row that does not decode, unless the deserializer then hands out an [`UnusableRow`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<Row>(PhantomData<Row>);

        impl<'de, Row: Deserialize<'de>> Visitor<'de> for List<Row> {
            type Value = Rows<Row>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of rows")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Rows<Row>, A::Error> {
                let mut found = Rows::default();
                let mut first_fault = None;
                loop {
                    match list.next_element() {
                        Ok(Some(row)) => found.rows.push(row),
                        Ok(None) => break,
                        Err(fault) => match list.next_element() {
                            Ok(Some(row)) => {
                                found.unusable.push(row);
                                first_fault.get_or_insert(fault);
                            }
                            _ => return Err(fault),
                        },
                    }
                }
                match first_fault {
                    Some(fault) if found.rows.is_empty() => Err(fault),
                    _ => Ok(found),
                }
            }
        }

        deserializer.deserialize_seq(List(PhantomData))
    }
}

impl<'de> Deserialize<'de> for UnusableRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (offer_id, path, cause): (Option<u64>, String, String) = Deserialize::deserialize(deserializer)?;
        Ok(Self { offer_id: offer_id.and_then(OfferId::new), path, cause })
    }
}
