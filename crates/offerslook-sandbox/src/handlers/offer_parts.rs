//! The JSON of an offer's parts, in lists and in the endpoints of single parts.

use crate::{
    listing::Object,
    offers::{CapCategory, Country, Creative, Event, Offer, Part, Platform},
};

pub(super) fn geo(offer: &Offer) -> Object {
    let target: Vec<_> =
        offer.geo.countries().iter().zip(1..).map(|(to, place)| country(offer, to, place)).collect();
    Object::default().with("type", offer.geo.code()).with("target", target)
}

fn country(offer: &Offer, country: &Country, place: u64) -> Object {
    let region = |id, name| Object::default().with("type", 1).with("region_id", id).with("region_name", name);
    let city = |id, name| Object::default().with("type", 1).with("city_id", id).with("city_name", name);
    let (regions, cities) = match country.part {
        None => (Vec::new(), Vec::new()),
        Some(Part::Region { id, name }) => (vec![region(id, name)], Vec::new()),
        Some(Part::City { id, name }) => (Vec::new(), vec![city(id, name)]),
    };
    Object::default()
        .with("country", &country.name)
        .with("country_code", &country.code)
        .with("id", offer.part_id(country.id, place))
        .with("regions", regions)
        .with("cities", cities)
}

/// Returns the devices as in a list: without ids, and always with `above_version`.
pub(super) fn platforms(offer: &Offer) -> Object {
    let target = |platform: &Platform| {
        with_device(Object::default(), platform)
            .with("above_version", platform.above_version.as_deref().unwrap_or_default())
    };
    Object::default().with("target", offer.platforms.iter().map(target).collect::<Vec<_>>())
}

pub(super) fn platforms_with_ids(offer: &Offer) -> Object {
    let target = |(platform, place): (&Platform, u64)| {
        let ids = Object::default().with("id", offer.part_id(platform.id, place)).with("offer_id", offer.id);
        with_device(ids, platform).with_some("above_version", platform.above_version.as_ref())
    };
    Object::default().with("target", offer.platforms.iter().zip(1..).map(target).collect::<Vec<_>>())
}

fn with_device(object: Object, platform: &Platform) -> Object {
    object
        .with("platform", platform.device.name())
        .with("system", &platform.system)
        .with("version", &platform.version)
        .with("is_above", u8::from(platform.is_above))
}

pub(super) fn creatives(offer: &Offer) -> Vec<Object> {
    let write = |(creative, place): (&Creative, u64)| {
        let id = offer.part_id(creative.id, place);
        let own = || format!("https://files.sandbox.example/creative/{id}").into();
        Object::default()
            .with("id", id)
            .with("offer_id", offer.id)
            .with("url", creative.url.clone().unwrap_or_else(own))
            .with_some("filename", creative.filename.as_ref())
            .with("mime", &creative.mime)
            .with("size", creative.size)
            .with_some("width", creative.width)
            .with_some("height", creative.height)
    };
    offer.creatives.iter().zip(1..).map(write).collect()
}

/// Returns the events that the offer pays for; the first is the offer's own.
pub(super) fn events(offer: &Offer) -> Vec<Object> {
    let first = Event {
        name: "initial event".into(),
        pricing_type: offer.pricing_type,
        payout: offer.payout.clone(),
        percent_payout: offer.percent_payout.clone(),
        conversion_protocol: None,
    };
    [&first].into_iter().chain(&offer.events).zip(1..).map(|(item, id)| event(offer, item, id)).collect()
}

fn event(offer: &Offer, event: &Event, id: u64) -> Object {
    let protocol = event.conversion_protocol.unwrap_or(offer.conversion_protocol);
    Object::default()
        .with("event_id", id)
        .with("conversion_protocol", protocol.code())
        .with("conversion_protocol_msg", protocol.label())
        .with("event_name", &event.name)
        .with("event_payout_type", event.pricing_type.name())
        .with("event_payout", &event.payout)
        .with("event_percent_payout", &event.percent_payout)
}

pub(super) fn cap(offer: &Offer) -> Option<Object> {
    let cap = offer.cap.as_ref()?;
    let object = Object::default()
        .with("id", offer.part_id(cap.id, 1))
        .with("offer_id", offer.id)
        .with("cap_type", cap.r#type.code())
        .with("cap_click", cap.clicks)
        .with("cap_conversion", cap.conversions)
        .with("cap_budget", &cap.budget)
        .with("category", cap.category.map(CapCategory::code))
        .with("cap_timezone", &cap.timezone);
    Some(object)
}
