use axum::extract::State;
use serde::Serialize;

use super::Shared;
use crate::{
    arguments::{OfferId, OfferIds},
    envelope::{Failure, Success},
    offers::{AffiliateOffer, OfferKind, Text, Tracker},
};

const NEED_TO_APPLY: &str = "Need to apply";

/// The link to an offer, or the text in its place.
#[derive(Serialize)]
pub(super) struct Link {
    pub(super) url: String,
    /// `None` if there is no link.
    pub(super) impression_pixel: Option<String>,
}

#[derive(Serialize)]
pub(super) struct BatchLink {
    offer_id: u64,
    #[serde(flatten)]
    link: Link,
}

#[derive(Serialize)]
pub(super) struct OfferLink {
    #[serde(flatten)]
    link: Link,
    offer_url: Vec<OfferUrl>,
}

/// A landing page of an offer, with its link.
#[derive(Serialize)]
pub(super) struct OfferUrl {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Text>,
    tracking_link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    preview_url: Option<Text>,
}

impl Link {
    /// Returns `None` for a paused or hidden offer.
    pub(super) fn of(offer: &AffiliateOffer<'_>, tracker: Tracker) -> Option<Self> {
        match offer.kind() {
            OfferKind::Approved | OfferKind::Public => Some(Self {
                url: tracker.link(offer.id),
                impression_pixel: Some(tracker.impression_pixel(offer.id)),
            }),
            OfferKind::NotApproved => Some(Self { url: NEED_TO_APPLY.to_owned(), impression_pixel: None }),
            OfferKind::Paused | OfferKind::Hidden => None,
        }
    }
}

/// Returns the default link, the link to a random landing page, and one link per landing page. Empty if there
/// is no link.
pub(super) fn offer_urls(offer: &AffiliateOffer<'_>, link: &Link) -> Vec<OfferUrl> {
    if link.impression_pixel.is_none() {
        return Vec::new();
    }
    let (url, details) = (&link.url, offer.details());
    let preview_url = details.preview_url();
    let pages = details.landing_pages.iter().zip(1..).map(|(page, place)| {
        let url_id = page.url_id.unwrap_or(place);
        let derived = || format!("{}/{url_id}", preview_url.trim_end_matches('/')).into();
        OfferUrl {
            r#type: "Offer URL",
            name: Some(page.name.clone()),
            tracking_link: format!("{url}&url_id={url_id}"),
            preview_url: Some(page.preview_url.clone().unwrap_or_else(derived)),
        }
    });
    let default = OfferUrl {
        r#type: "Default",
        name: None,
        tracking_link: url.clone(),
        preview_url: Some(preview_url.clone()),
    };
    let random = OfferUrl {
        r#type: "Random",
        name: None,
        tracking_link: format!("{url}&random_url=1"),
        preview_url: None,
    };
    [default, random].into_iter().chain(pages).collect()
}

pub(super) async fn get_tracking_links(
    State(state): Shared,
    OfferIds(ids): OfferIds,
) -> Success<Vec<BatchLink>> {
    let row = |offer_id| {
        let offer = state.offers.get(offer_id)?;
        Some(BatchLink { offer_id, link: Link::of(&offer, offer.batch_tracker())? })
    };
    Success::new("tracking_link", ids.into_iter().filter_map(row).collect())
}

pub(super) async fn get_offer_tracking_link(
    State(state): Shared,
    OfferId(id): OfferId,
) -> Result<Success<OfferLink>, Failure> {
    let row = |offer: &AffiliateOffer<'_>| {
        let link = Link::of(offer, offer.details().single)?;
        let offer_url = offer_urls(offer, &link);
        Some(OfferLink { link, offer_url })
    };
    let link = state.offers.get(id).as_ref().and_then(row);
    link.map(|link| Success::new("tracking_link", link))
        .ok_or_else(|| Failure::not_found("There is no active offer with this id."))
}
