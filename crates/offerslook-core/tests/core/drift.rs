//! What an answer holds that this client does not know.

use offerslook_core::{
    Endpoint,
    affiliate::{batches::GetTrackingLinks, offers::GetOfferTrackingLink},
    parse_with_drift,
};
use serde::Serialize;

use crate::answers::answer;

fn drift_in<E: Endpoint<Output: Serialize>>(body: &str) -> String {
    parse_with_drift::<E>(&answer(200, body)).unwrap().1.to_string()
}

#[test]
fn the_documented_examples_hold_nothing_unknown() {
    for drift in [
        drift_in::<GetTrackingLinks>(include_str!("../fixtures/get_tracking_links.json")),
        drift_in::<GetOfferTrackingLink>(include_str!("../fixtures/get_offer_tracking_link.json")),
    ] {
        assert_eq!(drift, "");
    }
}

#[test]
fn what_is_unknown_is_told_with_its_place_and_how_often() {
    insta::assert_snapshot!(drift_in::<GetTrackingLinks>(
        r#"{"code": "0", "took": 3, "message": null, "data": {"page": 1, "tracking_link": [
            {"offer_id": "16", "url": null, "mood": "good"},
            {"offer_id": "102", "url": "Need to apply", "mood": "bad", "impression_pixel": 5},
            {"offer_id": 103, "nothing": null, "impression_pixel": ""}
        ]}}"#
    ));
    insta::assert_snapshot!(drift_in::<GetOfferTrackingLink>(
        r#"{"code": 0, "message": "Success", "data": {"tracking_link": {
            "url": "https://t.example/?o=16",
            "offer_url": {"type": "Deep Link", "name": 360}
        }}}"#
    ));
    insta::assert_snapshot!(drift_in::<GetTrackingLinks>(r#"{"code": 0, "data": []}"#));
}

#[test]
fn a_failure_is_the_same_failure() {
    let error = parse_with_drift::<GetTrackingLinks>(&answer(401, "{}")).unwrap_err();
    assert!(error.is_auth());
}

#[test]
fn findings_of_many_answers_add_up() {
    let body = r#"{"code": 0, "message": "", "mood": 1}"#;
    let mut all = parse_with_drift::<GetTrackingLinks>(&answer(200, body)).unwrap().1;
    all.merge(all.clone());
    assert_eq!(all.to_string(), "mood: unknown field (2)\n");
    assert!(!all.is_empty());
    let known = answer(200, include_str!("../fixtures/get_tracking_links.json"));
    assert!(parse_with_drift::<GetTrackingLinks>(&known).unwrap().1.is_empty());
}

#[test]
fn a_list_with_keys_is_told_and_its_rows_compared() {
    insta::assert_snapshot!(drift_in::<GetTrackingLinks>(
        r#"{"code": 0, "data": {"tracking_link": {
            "10": {"offer_id": 18, "mood": "good"},
            "9": {"offer_id": 17, "url": 7}
        }}}"#
    ));
}

#[test]
fn rows_that_were_set_aside_are_compared_with_nothing() {
    let rows = r#"[{"offer_id": 0, "a": 1}, {"offer_id": 16, "b": 1}]"#;
    let body = format!(r#"{{"code": 0, "data": {{"page": 1, "tracking_link": {rows}}}}}"#);
    assert_eq!(drift_in::<GetTrackingLinks>(&body), "data.page: unknown field (1)\n");
}
