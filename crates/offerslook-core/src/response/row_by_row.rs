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
    let rows = RowByRow { rows: rows.into_iter(), key, secrets, count: 0, unusable: None };
    T::deserialize(SeqAccessDeserializer::new(rows))
}

struct RowByRow<'s> {
    rows: vec::IntoIter<Content>,
    key: &'static str,
    secrets: &'s Secrets,
    /// The number of rows that were read.
    count: usize,
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
        self.count += 1;
        match NamedFields(seed).deserialize(row) {
            Ok(row) => Ok(Some(row)),
            Err(error) => Err(self.set_aside(offer_id, error)),
        }
    }
}

impl RowByRow<'_> {
    /// Keeps what is known of the row that was read last. Not generic: it need not be compiled for each type of row.
    fn set_aside(&mut self, offer_id: Option<Content>, error: ContentError) -> ContentError {
        let error = error.within(&format!("{}[{}]", self.key, self.count.saturating_sub(1)));
        let offer_id: Option<OfferId> = offer_id.and_then(|id| id.read().ok());
        let redacted = |text: &str| Content::from(self.secrets.redact(&one_line(text)).into_owned());
        self.unusable = Some(Content::list([
            offer_id.map(OfferId::get).into(),
            redacted(&format!("data.{}", error.path)),
            redacted(&error.cause),
        ]));
        error
    }
}
