use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, MapAccess, value::MapAccessDeserializer},
};

use super::{Offer, OfferRow};
use crate::types::object::{FromMap, Object, PutBack};

/// What stands under `offer`: the offer itself, or its whole row.
pub(super) enum OfferOrRow {
    Offer(Box<Offer>),
    Row(Box<OfferRow>),
}

/// What a row has, and an offer has not.
const PARTS: [&str; 8] = [
    "offer",
    "offer_geo",
    "offer_platform",
    "offer_creative",
    "offer_event",
    "event",
    "offer_cap",
    "offer_postback",
];

impl<'de> Deserialize<'de> for OfferOrRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Object(ByFirstField).deserialize(deserializer)
    }
}

/// Tells the one from the other by the first field, so that the answer is read in one pass.
struct ByFirstField;

impl<'de> FromMap<'de> for ByFirstField {
    type Value = OfferOrRow;

    fn read<A: MapAccess<'de>>(self, mut fields: A) -> Result<OfferOrRow, A::Error> {
        let first: Option<String> = fields.next_key()?;
        let is_row = first.as_deref().is_some_and(|name| PARTS.contains(&name));
        let fields = MapAccessDeserializer::new(PutBack { first, rest: fields });
        Ok(if is_row {
            OfferOrRow::Row(Box::deserialize(fields)?)
        } else {
            OfferOrRow::Offer(Box::deserialize(fields)?)
        })
    }
}
