use super::{
    offer_parts::{cap, creatives, events, geo, platforms},
    tracking_links::{Link, offer_urls},
};
use crate::{
    listing::{Fields, Object},
    offers::{AffiliateOffer, Text},
    state::SandboxState,
};

pub(super) fn offer_row(
    state: &SandboxState,
    offer: &AffiliateOffer<'_>,
    fields: &Fields,
    with_description: bool,
) -> Object {
    let details = offer.details();
    let row = Object::default().with("offer", offer_object(offer, with_description).only(fields));
    if !fields.are_all() {
        return row.with_some("offer_event", fields.contains("event").then(|| events(details)));
    }
    row.with("offer_geo", geo(details))
        .with("offer_platform", platforms(details))
        .with("offer_creative", creatives(details))
        .with("offer_event", events(details))
        .with("offer_cap", cap(details))
        .with("offer_postback", state.postbacks.of_offer(offer.id))
}

fn offer_object(offer: &AffiliateOffer<'_>, with_description: bool) -> Object {
    let details = offer.details();
    let link = Link::of(offer, details.batch);
    let offer_url = link.as_ref().map(|link| offer_urls(offer, link)).unwrap_or_default();
    let (url, impression_pixel) = link.map(|link| (link.url, link.impression_pixel)).unzip();
    Object::default()
        .with("id", offer.id)
        .with("name", details.name())
        .with("status", details.status.name())
        .with("category", details.category.join(","))
        .with("offer_approval", details.approval.code())
        .with("offer_approval_msg", details.approval.label())
        .with("tracking_link", url)
        .with("end_date", details.end_date)
        .with("pricing_type", details.pricing_type.name())
        .with("payout", &details.payout)
        .with("percent_payout", &details.percent_payout)
        .with("preview_url", details.preview_url())
        .with("currency", &details.currency)
        .with("conversion_protocol", details.conversion_protocol.code())
        .with("conversion_protocol_msg", details.conversion_protocol.label())
        .with("thumbnail", details.thumbnail())
        .with("app_id", &details.app_id)
        .with("impression_pixel", impression_pixel.flatten())
        .with("carrier", NOTHING)
        .with("browser", NOTHING)
        .with("offer_url", offer_url)
        .with_some("description", with_description.then(|| details.description()))
}

const NOTHING: [Text; 0] = [];
