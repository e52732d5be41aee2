use serde::Serialize;

use super::link::Link;
use crate::offers::{AffiliateOffer, Text};

/// A landing page of an offer with the link that leads there.
#[derive(Serialize)]
pub(in crate::routes) struct OfferUrl {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Text>,
    tracking_link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    preview_url: Option<Text>,
}

/// The plain link, one that picks a landing page by chance, and one for each landing page: where there is a
/// link.
pub(in crate::routes) fn offer_urls(offer: &AffiliateOffer<'_>, link: &Link) -> Vec<OfferUrl> {
    if link.impression_pixel.is_none() {
        return Vec::new();
    }
    let (url, offer) = (&link.url, offer.whole());
    let preview_url = offer.preview_url();
    let pages = offer.landing_pages.iter().zip(1..).map(|(page, place)| {
        let url_id = page.url_id.unwrap_or(place);
        let own = || format!("{}/{url_id}", preview_url.trim_end_matches('/')).into();
        OfferUrl {
            r#type: "Offer URL",
            name: Some(page.name.clone()),
            tracking_link: format!("{url}&url_id={url_id}"),
            preview_url: Some(page.preview_url.clone().unwrap_or_else(own)),
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
