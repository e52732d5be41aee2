use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeSeed, MapAccess, value::MapAccessDeserializer},
};

use super::{Creative, Offer, OfferCap, OfferEvent, OfferGeo, OfferPlatform};
use crate::{
    affiliate::offer_postbacks::Postback,
    types::{
        object::{FromMap, Object, PutBack},
        tolerant,
    },
};

/// An offer with everything that belongs to it.
///
/// It deserializes from the row of a list, and from such a row under `offer`. Parts that are missing, `null` or empty
/// are empty here. All parts but [`event`](Self::event) are serialized.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Parts")]
#[non_exhaustive]
pub struct OfferRow {
    /// The offer itself.
    pub offer: Offer,
    /// The places that it targets.
    pub offer_geo: OfferGeo,
    /// The devices that it targets.
    pub offer_platform: OfferPlatform,
    /// Images and other files to promote it with.
    pub offer_creative: Vec<Creative>,
    /// The events that it pays for, by the key that responses use: see [`events`](Self::events).
    pub offer_event: Vec<OfferEvent>,
    /// The events that it pays for, by the key that the reference uses: see [`events`](Self::events).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub event: Vec<OfferEvent>,
    /// The limit of what it pays, if there is one.
    pub offer_cap: Option<OfferCap>,
    /// The postbacks that notify the affiliate of conversions.
    pub offer_postback: Vec<Postback>,
}

impl OfferRow {
    /// Returns the events that the offer pays for, by whichever key they came.
    pub fn events(&self) -> impl Iterator<Item = &OfferEvent> {
        self.offer_event.iter().chain(&self.event)
    }
}

/// The row, as it is deserialized.
#[derive(Deserialize)]
#[serde(expecting = "the row of an offer")]
struct Parts {
    offer: OfferOrRow,
    #[serde(default, deserialize_with = "tolerant::object")]
    offer_geo: OfferGeo,
    #[serde(default, deserialize_with = "tolerant::object")]
    offer_platform: OfferPlatform,
    #[serde(default, deserialize_with = "tolerant::list")]
    offer_creative: Vec<Creative>,
    #[serde(default, deserialize_with = "tolerant::list")]
    offer_event: Vec<OfferEvent>,
    #[serde(default, deserialize_with = "tolerant::list")]
    event: Vec<OfferEvent>,
    #[serde(default, deserialize_with = "cap_or_none")]
    offer_cap: Option<OfferCap>,
    #[serde(default, deserialize_with = "tolerant::list")]
    offer_postback: Vec<Postback>,
}

impl From<Parts> for OfferRow {
    fn from(parts: Parts) -> Self {
        match parts.offer {
            OfferOrRow::Row(row) => *row,
            OfferOrRow::Offer(offer) => Self {
                offer: *offer,
                offer_geo: parts.offer_geo,
                offer_platform: parts.offer_platform,
                offer_creative: parts.offer_creative,
                offer_event: parts.offer_event,
                event: parts.event,
                offer_cap: parts.offer_cap,
                offer_postback: parts.offer_postback,
            },
        }
    }
}

fn cap_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<OfferCap>, D::Error> {
    let cap: OfferCap = tolerant::object(deserializer)?;
    Ok((cap != OfferCap::default()).then_some(cap))
}

/// What is under `offer`: the offer itself, or its whole row.
enum OfferOrRow {
    Offer(Box<Offer>),
    Row(Box<OfferRow>),
}

/// The fields of a row, none of which an offer has.
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

/// Decides by the first field, so that the response is read in one pass.
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
