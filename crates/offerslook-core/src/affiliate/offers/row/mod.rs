//! What an offer is made of.

mod cap;
mod creative;
mod event;
mod geo;
mod geo_id;
mod nested;
mod offer;
mod platform;
mod terms;

use serde::{Deserialize, Deserializer, Serialize};

use self::nested::OfferOrRow;
use crate::{affiliate::offer_postbacks::Postback, types::tolerant};

pub use cap::{CapCategory, CapType, OfferCap};
pub use creative::Creative;
pub use event::OfferEvent;
pub use geo::{GeoCity, GeoRegion, GeoTarget, OfferGeo};
pub use geo_id::GeoId;
pub use offer::{Offer, OfferApproval, OfferStatus};
pub use platform::{OfferPlatform, Platform, PlatformTarget};
pub use terms::{ConversionProtocol, PricingType, TargetMode};

/// An offer, and all that belongs to it.
///
/// It is read from the row of a list, and from such a row under `offer`. Parts that are missing, `null` or
/// empty are empty here; when the row is written again, all parts are there, but for
/// [`event`](Self::event).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Parts")]
#[non_exhaustive]
pub struct OfferRow {
    /// The offer itself.
    pub offer: Offer,
    /// The places that it is for.
    pub offer_geo: OfferGeo,
    /// The devices that it is for.
    pub offer_platform: OfferPlatform,
    /// What it is advertised with.
    pub offer_creative: Vec<Creative>,
    /// What it pays for, as answers have it: see [`events`](Self::events).
    pub offer_event: Vec<OfferEvent>,
    /// What it pays for, as the reference calls it: see [`events`](Self::events).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub event: Vec<OfferEvent>,
    /// How much it may bring, where that is limited.
    pub offer_cap: Option<OfferCap>,
    /// What tells the affiliate of conversions.
    pub offer_postback: Vec<Postback>,
}

impl OfferRow {
    /// What the offer pays for, under whichever name it came.
    pub fn events(&self) -> impl Iterator<Item = &OfferEvent> {
        self.offer_event.iter().chain(&self.event)
    }
}

/// The row as it is read.
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
