use super::{
    landing_pages::offer_urls,
    link::Link,
    offer_parts::{cap, creatives, events, geo, platforms},
};
use crate::{
    listing::{Fields, Object},
    offers::{AffiliateOffer, Text},
    service::Service,
};

/// An offer with all that belongs to it, as it stands in a list.
pub(in crate::routes) fn offer_row(
    service: &Service,
    offer: &AffiliateOffer<'_>,
    fields: &Fields,
    with_description: bool,
) -> Object {
    let whole = offer.whole();
    let row = Object::default().with("offer", itself(offer, with_description).only(fields));
    if !fields.are_all() {
        return row.with_some("offer_event", fields.have("event").then(|| events(whole)));
    }
    row.with("offer_geo", geo(whole))
        .with("offer_platform", platforms(whole))
        .with("offer_creative", creatives(whole))
        .with("offer_event", events(whole))
        .with("offer_cap", cap(whole))
        .with("offer_postback", service.postbacks.of_offer(offer.id))
}

fn itself(offer: &AffiliateOffer<'_>, with_description: bool) -> Object {
    let whole = offer.whole();
    let link = Link::of(offer, whole.batch);
    let offer_url = link.as_ref().map(|link| offer_urls(offer, link)).unwrap_or_default();
    let (url, impression_pixel) = link.map(|link| (link.url, link.impression_pixel)).unzip();
    Object::default()
        .with("id", offer.id)
        .with("name", whole.name())
        .with("status", whole.status.word())
        .with("category", whole.category.join(","))
        .with("offer_approval", whole.approval.code())
        .with("offer_approval_msg", whole.approval.words())
        .with("tracking_link", url)
        .with("end_date", whole.end_date)
        .with("pricing_type", whole.pricing_type.word())
        .with("payout", &whole.payout)
        .with("percent_payout", &whole.percent_payout)
        .with("preview_url", whole.preview_url())
        .with("currency", &whole.currency)
        .with("conversion_protocol", whole.conversion_protocol.code())
        .with("conversion_protocol_msg", whole.conversion_protocol.words())
        .with("thumbnail", whole.thumbnail())
        .with("app_id", &whole.app_id)
        .with("impression_pixel", impression_pixel.flatten())
        .with("carrier", NOTHING)
        .with("browser", NOTHING)
        .with("offer_url", offer_url)
        .with_some("description", with_description.then(|| whole.description()))
}

const NOTHING: [Text; 0] = [];
