use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use serde::Serialize;

use super::{NEED_TO_APPLY, offer_ids::OfferId};
use crate::{
    envelope::{Failure, Success},
    offers::{LandingPage, Offer, OfferKind, Offers},
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers/{offer_id}/tracking_links";

#[derive(Serialize)]
pub(super) struct TrackingLink {
    url: String,
    impression_pixel: Option<String>,
    offer_url: Vec<OfferUrl>,
}

#[derive(Serialize)]
struct OfferUrl {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    tracking_link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    preview_url: Option<String>,
}

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    OfferId(id): OfferId,
) -> Result<Success<TrackingLink>, Failure> {
    let link = tracking_link(&service.offers, id);
    link.map(|link| Success::new("tracking_link", link))
        .ok_or_else(|| Failure::new(StatusCode::NOT_FOUND, "There is no active offer with this id."))
}

fn tracking_link(offers: &Offers, id: u64) -> Option<TrackingLink> {
    let offer = offers.get(id)?;
    match offers.kind(id)? {
        OfferKind::Approved | OfferKind::Public => Some(TrackingLink {
            url: offer.single.link(offer.id),
            impression_pixel: Some(offer.single.impression_pixel(offer.id)),
            offer_url: offer_urls(offer),
        }),
        OfferKind::NotApproved => Some(TrackingLink {
            url: NEED_TO_APPLY.to_owned(),
            impression_pixel: None,
            offer_url: Vec::new(),
        }),
        OfferKind::Paused | OfferKind::Hidden => None,
    }
}

/// The plain link, one that picks a landing page by chance, and one for each landing page.
fn offer_urls(offer: Offer) -> Vec<OfferUrl> {
    let url = offer.single.link(offer.id);
    let random = format!("{url}&random_url=1");
    let pages = offer.landing_pages.into_iter().map(|LandingPage { url_id, name, preview_url }| OfferUrl {
        r#type: "Offer URL",
        name: Some(name),
        tracking_link: format!("{url}&url_id={url_id}"),
        preview_url: Some(preview_url),
    });
    let default = OfferUrl {
        r#type: "Default",
        name: None,
        tracking_link: url.clone(),
        preview_url: Some(offer.preview_url),
    };
    let random = OfferUrl { r#type: "Random", name: None, tracking_link: random, preview_url: None };
    [default, random].into_iter().chain(pages).collect()
}
