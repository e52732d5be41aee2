use std::{marker::PhantomData, vec};

use serde::{
    Deserialize,
    de::{DeserializeSeed, Error, IntoDeserializer, SeqAccess, value::SeqAccessDeserializer},
};

use crate::{
    error::one_line,
    types::{
        OfferId, Secrets,
        content::Content,
        list::{FromRows, NamedFields},
    },
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

    fn read<A: SeqAccess<'de>>(self, mut rows: A) -> Result<T, A::Error> {
        // Whole rows are taken off the list before they are looked at. What looks at them is compiled once, not for each
        // way to send a list.
        let mut taken = Vec::new();
        while let Some(row) = rows.next_element::<Content>()? {
            taken.push(row);
        }
        let (rows, error) = (taken.into_iter(), PhantomData::<A::Error>);
        let list = List { rows, error, key: self.key, secrets: self.secrets, index: 0, unusable: None };
        T::deserialize(SeqAccessDeserializer::new(list))
    }
}

struct List<'s, E> {
    rows: vec::IntoIter<Content>,
    error: PhantomData<E>,
    key: &'static str,
    secrets: &'s Secrets,
    index: usize,
    /// The row that did not decode, to be handed out next.
    unusable: Option<Content>,
}

impl<'de, E: Error> SeqAccess<'de> for List<'_, E> {
    type Error = E;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, E> {
        if let Some(row) = self.unusable.take() {
            return seed.deserialize(row.into_deserializer()).map(Some);
        }
        let Some(row) = self.rows.next() else { return Ok(None) };
        let offer_id = row.field("offer_id");
        let mut track = serde_path_to_error::Track::new();
        let deserializer = IntoDeserializer::<E>::into_deserializer(row);
        let result =
            NamedFields(seed).deserialize(serde_path_to_error::Deserializer::new(deserializer, &mut track));
        if let Err(cause) = &result {
            let offer_id = offer_id
                .and_then(|id| OfferId::deserialize(IntoDeserializer::<E>::into_deserializer(id)).ok());
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

impl<E> List<'_, E> {
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
