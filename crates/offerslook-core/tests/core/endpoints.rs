//! The table of all endpoints.

use std::collections::BTreeSet;

use offerslook_core::{Spec, Verb, affiliate::ENDPOINTS};

/// The calls of the API reference. There may be more.
const REFERENCE: [&str; 17] = [
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

fn target(spec: &Spec) -> String {
    format!("{:?} {}", spec.verb, spec.path)
}

#[test]
fn every_endpoint_of_the_reference_stands_in_the_table_once() {
    for endpoint in REFERENCE {
        assert_eq!(ENDPOINTS.iter().filter(|spec| target(spec) == endpoint).count(), 1, "{endpoint}");
    }

    let names: BTreeSet<_> = ENDPOINTS.iter().map(|spec| spec.name).collect();
    assert_eq!(names.len(), ENDPOINTS.len(), "no two have the same name");
}

#[test]
fn what_reads_may_be_repeated_and_what_changes_may_not() {
    for spec in ENDPOINTS.iter().filter(|spec| REFERENCE.contains(&target(spec).as_str())) {
        assert_eq!(spec.idempotent, spec.verb == Verb::Get, "{}", spec.name);
    }
}
