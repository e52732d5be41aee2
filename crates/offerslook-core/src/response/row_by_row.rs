use std::marker::PhantomData;

use serde::{
    Deserialize,
    de::{DeserializeSeed, IntoDeserializer, SeqAccess, value::SeqAccessDeserializer},
};

use crate::{
    error::one_line,
    types::{OfferId, Secrets, content::Content, list::FromRows},
};

/// Reads a list in which rows that do not decode are set aside.
///
/// After the error of a row, [`Rows`](crate::Rows) asks for an [`UnusableRow`](crate::UnusableRow) and goes on; any
/// other list ends there.
pub(super) struct RowByRow<'s, T> {
    pub(super) key: &'static str,
    pub(super) secrets: &'s Secrets,
    pub(super) target: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> FromRows<'de> for RowByRow<'_, T> {
    type Value = T;

    fn read<A: SeqAccess<'de>>(self, rows: A) -> Result<T, A::Error> {
        let list = List { rows, key: self.key, secrets: self.secrets, index: 0, unusable: None };
        T::deserialize(SeqAccessDeserializer::new(list))
    }
}

struct List<'s, A> {
    rows: A,
    key: &'static str,
    secrets: &'s Secrets,
    index: usize,
    /// The row that did not decode, to be handed out next.
    unusable: Option<Content>,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for List<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        if let Some(row) = self.unusable.take() {
            return seed.deserialize(row.into_deserializer()).map(Some);
        }
        // A whole row is taken off the list before it is looked at, so that the list can be read on.
        let Some(row) = self.rows.next_element::<Content>()? else { return Ok(None) };
        let offer_id = row.field("offer_id");
        let mut track = serde_path_to_error::Track::new();
        let deserializer = IntoDeserializer::<A::Error>::into_deserializer(row);
        let result = seed.deserialize(serde_path_to_error::Deserializer::new(deserializer, &mut track));
        if let Err(cause) = &result {
            let offer_id = offer_id.and_then(|id| {
                OfferId::deserialize(IntoDeserializer::<A::Error>::into_deserializer(id)).ok()
            });
            let path = self.path(&plain_path(&track.path()));
            let cause = self.redact(&cause.to_string());
            self.unusable = Some(Content::list([
                offer_id.map(OfferId::get).into(),
                self.redact(&path).into(),
                cause.into(),
            ]));
        }
        self.index += 1;
        result.map(Some)
    }
}

impl<A> List<'_, A> {
    /// The path within the whole response.
    fn path(&self, within_row: &str) -> String {
        let dot = if within_row.is_empty() || within_row.starts_with('[') { "" } else { "." };
        format!("data.{}[{}]{dot}{within_row}", self.key, self.index)
    }

    fn redact(&self, text: &str) -> String {
        self.secrets.redact(&one_line(text)).into_owned()
    }
}

/// Formats a path, without the dot for the root and the question marks for unknown segments.
pub(super) fn plain_path(path: &serde_path_to_error::Path) -> String {
    path.to_string().trim_end_matches(['.', '?']).to_owned()
}
