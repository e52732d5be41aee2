use std::vec;

use serde::{
    Deserialize,
    de::{DeserializeSeed, SeqAccess, value::SeqAccessDeserializer},
};

use super::envelope::read_payload;
use crate::{
    endpoint::Payload,
    error::one_line,
    types::{
        OfferId, Secrets,
        content::{Content, ContentError},
        list::NamedFields,
    },
};

/// Reads the list under a key of `data`, and sets the rows that do not decode aside, without these secrets.
///
/// After the error of a row, [`Rows`](crate::Rows) asks for an [`UnusableRow`](crate::UnusableRow) and goes on; any
/// other list ends there.
pub(super) fn row_by_row<'de, T: Deserialize<'de>>(
    key: &'static str,
    data: Content,
    secrets: &Secrets,
) -> Result<T, ContentError> {
    let rows: Vec<Content> = read_payload(Payload::List(key), data)?;
    let rows = RowByRow { rows: rows.into_iter(), key, secrets, index: 0, unusable: None };
    T::deserialize(SeqAccessDeserializer::new(rows))
}

struct RowByRow<'s> {
    rows: vec::IntoIter<Content>,
    key: &'static str,
    secrets: &'s Secrets,
    index: usize,
    /// The row that did not decode, to be handed out next.
    unusable: Option<Content>,
}

impl<'de> SeqAccess<'de> for RowByRow<'_> {
    type Error = ContentError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ContentError> {
        if let Some(row) = self.unusable.take() {
            return seed.deserialize(row).map(Some);
        }
        let Some(row) = self.rows.next() else { return Ok(None) };
        let offer_id = row.field("offer_id");
        let result = NamedFields(seed).deserialize(row);
        let index = self.index;
        self.index += 1;
        result.map(Some).map_err(|error| {
            let error = error.within(&format!("{}[{index}]", self.key));
            let offer_id: Option<OfferId> = offer_id.and_then(|id| id.read().ok());
            let redacted = |text: &str| Content::from(self.secrets.redact(&one_line(text)).into_owned());
            self.unusable = Some(Content::list([
                offer_id.map(OfferId::get).into(),
                redacted(&format!("data.{}", error.path)),
                redacted(&error.cause),
            ]));
            error
        })
    }
}
