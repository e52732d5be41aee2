use std::collections::HashSet;

use offerslook_sandbox::OfferKind;
use proptest::prelude::*;
use serde_json::json;

use crate::client::{batch_path, data, documented, first, get, rows, sandbox};

#[test]
fn responses_match_the_reference() {
    let sandbox = sandbox();
    let answer = get(&sandbox, "/aff/v1/batches/offers/tracking_links/16,102");
    answer.assert_ok();
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.json(), documented("batch_tracking_links"));
    let start =
        r#"{"code":0,"message":"Success","data":{"tracking_link":[{"offer_id":16,"url":"https://click"#;
    assert!(answer.text.starts_with(start), "{}", answer.text);
    assert_eq!(get(&sandbox, "/aff/v1/batches/offers/tracking_links/16%2C102").text, answer.text);
    assert_eq!(get(&sandbox, "/aff/v1/offers/16/tracking_links").json(), documented("offer_tracking_link"));
}

#[test]
fn an_approved_or_public_offer_has_links() {
    let sandbox = sandbox();
    for kind in [OfferKind::Approved, OfferKind::Public] {
        let id = first(&sandbox, kind);
        let url = format!("https://click.sandbox.example/index.php?offer_id={id}&aff_id=40");
        let pixel = format!(
            "<img src='https://click.sandbox.example/impr.php?offer_id={id}&aff_id=40'  border='0'  width='1'  height='1' />"
        );
        assert_eq!(rows(&sandbox, [id]), [json!({"offer_id": id, "url": url, "impression_pixel": pixel})]);

        let link = data(&sandbox, &format!("/aff/v1/offers/{id}/tracking_links"))["tracking_link"].clone();
        assert_eq!((&link["url"], &link["impression_pixel"]), (&json!(url), &json!(pixel)));
        assert_eq!(link["offer_url"][0]["type"], "Default");
        assert_eq!(link["offer_url"][0]["tracking_link"], json!(url));
        let random = json!({"type": "Random", "tracking_link": format!("{url}&random_url=1")});
        assert_eq!(link["offer_url"][1], random);
    }
}

#[test]
fn an_offer_that_is_not_approved_needs_an_application() {
    let sandbox = sandbox();
    let id = first(&sandbox, OfferKind::NotApproved);
    let row = json!({"offer_id": id, "url": "Need to apply", "impression_pixel": null});
    assert_eq!(rows(&sandbox, [id]), [row]);
    let link = json!({"url": "Need to apply", "impression_pixel": null, "offer_url": []});
    let single = data(&sandbox, &format!("/aff/v1/offers/{id}/tracking_links"));
    assert_eq!(single, json!({"tracking_link": link}));
}

#[test]
fn a_paused_or_unknown_offer_has_no_row() {
    let sandbox = sandbox();
    let paused = first(&sandbox, OfferKind::Paused);
    for id in [paused, 0, 5_001, u64::MAX] {
        assert_eq!(rows(&sandbox, [id]).len(), 0);
        get(&sandbox, &format!("/aff/v1/offers/{id}/tracking_links")).assert_refused(404);
    }
}

#[test]
fn a_uri_of_8000_bytes_passes_and_every_id_is_answered() {
    let sandbox = sandbox();
    let mut path = batch_path(1..=1_590);
    path.push_str(",00");
    while path.len() < 8_000 {
        path.push('0');
    }
    assert_eq!(path.len(), 8_000);
    let answer = get(&sandbox, &path);
    assert_eq!(answer.status(), 200);
    let answered = answer.json()["data"]["tracking_link"].as_array().unwrap().len();
    let expected = (1..=1_590).filter(|&id| sandbox.offer_kind(id) != Some(OfferKind::Paused)).count();
    assert_eq!(answered, expected);
}

#[test]
fn rows_come_in_the_order_of_the_request_without_repeats() {
    let sandbox = sandbox();
    let ids = prop::collection::vec(prop_oneof![0..40_u64, 4_980..5_020_u64, any::<u64>()], 1..60);
    proptest!(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() }, |(ids in ids)| {
        let answered: Vec<_> =
            rows(&sandbox, ids.iter().copied()).iter().map(|row| row["offer_id"].as_u64().unwrap()).collect();
        let mut seen = HashSet::new();
        let has_row = |id| !matches!(sandbox.offer_kind(id), None | Some(OfferKind::Paused));
        let expected: Vec<_> = ids.into_iter().filter(|&id| has_row(id) && seen.insert(id)).collect();
        prop_assert_eq!(answered, expected);
    });
}
