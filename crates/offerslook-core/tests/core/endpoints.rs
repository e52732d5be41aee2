//! Each endpoint: the request, and the documented example decoded and written again.

use std::collections::BTreeSet;

use http::header::AUTHORIZATION;
use offerslook_core::{
    Endpoint, Payload, Request, Verb,
    affiliate::{ENDPOINTS, batches::BatchTrackingLinks, offers::OfferTrackingLinks},
    parse_with_drift,
};
use serde::Serialize;
use serde_json::Value;

use crate::{
    account::account,
    answers::{BATCH_EXAMPLE, OFFER_EXAMPLE, answer},
};

#[test]
fn batch_tracking_links() {
    check(&BatchTrackingLinks::new("16,102".parse().unwrap()), BATCH_EXAMPLE);
}

#[test]
fn offer_tracking_links() {
    check(&OfferTrackingLinks::new("16".parse().unwrap()), OFFER_EXAMPLE);
}

#[test]
fn every_endpoint_of_the_reference_stands_in_the_table_once() {
    let mut reference = [
        "Get /aff/v1/offers",
        "Get /aff/v1/batches/offers",
        "Get /aff/v1/offers/{offer_id}",
        "Post /aff/v1/offers/{offer_id}/applys",
        "Post /aff/v1/batches/offers/applys/{offer_ids}",
        "Get /aff/v1/offers/{offer_id}/tracking_links",
        "Get /aff/v1/batches/offers/tracking_links/{offer_ids}",
        "Get /aff/v1/offers/{offer_id}/postbacks",
        "Get /aff/v1/offers/{offer_id}/creatives",
        "Get /aff/v1/offers/{offer_id}/caps",
        "Get /aff/v1/offers/{offer_id}/platforms",
        "Post /aff/v1/offer_postbacks",
        "Put /aff/v1/offer_postbacks/{postback_id}",
        "Get /aff/v1/offer_postbacks",
        "Get /aff/v1/offer_postbacks/{postback_id}",
        "Delete /aff/v1/offer_postbacks/{postback_id}",
        "Get /aff/v1/sub_affiliate_approval",
    ];
    let mut table: Vec<_> = ENDPOINTS.iter().map(|spec| format!("{:?} {}", spec.verb, spec.path)).collect();
    reference.sort_unstable();
    table.sort_unstable();
    assert_eq!(table, reference);

    let names: BTreeSet<_> = ENDPOINTS.iter().map(|spec| spec.name).collect();
    assert_eq!(names.len(), ENDPOINTS.len(), "no two have the same name");
}

#[test]
fn what_reads_may_be_repeated_and_what_changes_may_not() {
    for spec in ENDPOINTS {
        assert_eq!(spec.repeatable, spec.verb == Verb::Get, "{}", spec.name);
    }
}

/// The request of this call, and the documented example: decoded, and written again to the letter.
pub(crate) fn check<E: Endpoint<Output: std::fmt::Debug + Serialize>>(call: &E, example: &str) {
    let name = E::SPEC.name;
    let request = account().request(call).unwrap();
    insta::assert_snapshot!(format!("{name}_request"), written(&request));

    let (output, drift) = parse_with_drift::<E>(&answer(200, example)).unwrap();
    assert!(drift.is_empty(), "{drift}");
    insta::assert_snapshot!(format!("{name}_answer"), format!("{output:#?}"));

    let example: Value = serde_json::from_str(example).unwrap();
    let data = &example["data"];
    let payload = match E::SPEC.payload {
        Payload::Object(key) | Payload::List(key) => &data[key],
        _ => data,
    };
    assert_eq!(serde_json::to_value(&output).unwrap(), *payload);
}

/// The request as it travels, without the secret and the version.
pub(crate) fn written(request: &Request) -> String {
    assert!(request.headers()[AUTHORIZATION].is_sensitive());
    let mut headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| {
            let value = if value.is_sensitive() { "[redacted]" } else { value.to_str().unwrap() };
            format!("{name}: {value}")
        })
        .collect();
    headers.sort();
    let body = String::from_utf8_lossy(request.body());
    format!("{} {}\n{}\n\n{body}", request.method(), request.uri(), headers.join("\n"))
        .replace(env!("CARGO_PKG_VERSION"), "[version]")
}
