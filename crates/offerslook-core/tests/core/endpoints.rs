//! Each endpoint: the request, and the documented example decoded and written again.

use http::header::AUTHORIZATION;
use offerslook_core::{
    Endpoint, Request,
    affiliate::{ENDPOINTS, batches::BatchTrackingLinks, offers::OfferTrackingLinks},
    parse,
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
fn every_endpoint_stands_in_the_table_once() {
    let names: Vec<_> = ENDPOINTS.iter().map(|spec| spec.name).collect();
    assert_eq!(names, ["batch_tracking_links", "offer_tracking_links"]);
    assert!(ENDPOINTS.iter().all(|spec| spec.repeatable), "both of them read");
}

fn check<E: Endpoint<Output: std::fmt::Debug + Serialize>>(call: &E, example: &str) {
    let name = E::SPEC.name;
    let request = account().request(call).unwrap();
    insta::assert_snapshot!(format!("{name}_request"), written(&request));

    let output = parse::<E>(&answer(200, example)).unwrap();
    insta::assert_snapshot!(format!("{name}_answer"), format!("{output:#?}"));

    let example: Value = serde_json::from_str(example).unwrap();
    assert_eq!(serde_json::to_value(&output).unwrap(), example["data"]["tracking_link"]);
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
