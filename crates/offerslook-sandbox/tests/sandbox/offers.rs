use std::collections::BTreeMap;

use offerslook_sandbox::{OfferKind, Sandbox, SandboxConfig};
use serde_json::{Value, json};

use crate::client::{data, documented, get, rows, sandbox, start};

fn kinds(sandbox: &Sandbox) -> Vec<Option<OfferKind>> {
    (1..=2_000).map(|id| sandbox.offer_kind(id)).collect()
}

#[test]
fn every_kind_is_common_and_occurs_early() {
    let sandbox = sandbox();
    let mut counts = BTreeMap::new();
    for id in 1..=5_000 {
        *counts.entry(sandbox.offer_kind(id).unwrap()).or_insert(0) += 1;
    }
    assert_eq!(counts.len(), 4);
    assert!(counts.values().all(|&count| count > 300), "{counts:?}");
    assert!(counts.keys().all(|&kind| (1..=50).any(|id| sandbox.offer_kind(id) == Some(kind))));
}

#[test]
fn the_seed_alone_decides() {
    let [one, same, other] = [7, 7, 8].map(|seed| start(SandboxConfig::default().seed(seed)));
    assert_eq!(kinds(&one), kinds(&same));
    assert_eq!(rows(&one, 1..=1_000), rows(&same, 1..=1_000));
    for id in 1..=20 {
        let path = format!("/aff/v1/offers/{id}/tracking_links");
        assert_eq!(get(&one, &path).text, get(&same, &path).text);
    }
    assert_ne!(kinds(&one), kinds(&other));
    assert_ne!(rows(&one, 1..=1_000), rows(&other, 1..=1_000));

    let few = start(SandboxConfig::default().offers(200));
    assert_eq!(kinds(&few)[..200], kinds(&sandbox())[..200]);
    assert_eq!(few.offer_kind(201), None);
}

#[test]
fn the_documented_offers_always_exist() {
    let empty = start(SandboxConfig::default().offers(0).seed(99));
    let known: Vec<_> = (0..=2_000).filter(|&id| empty.offer_kind(id).is_some()).collect();
    assert_eq!(known, [16, 102]);
    assert_eq!(rows(&empty, 1..=1_000), rows(&sandbox(), [16, 102]));
}

#[test]
fn creatives_caps_and_platforms_match_the_reference() {
    let sandbox = sandbox();
    for (part, example) in
        [("creatives", "offer_creatives"), ("caps", "offer_cap"), ("platforms", "offer_platform")]
    {
        let answer = get(&sandbox, &format!("/aff/v1/offers/16/{part}"));
        assert_eq!((answer.status(), answer.json()), (200, documented(example)), "{part}");
    }
}

#[test]
fn the_captured_offer_is_listed_as_captured() {
    let captured = documented("offers_page_captured");
    for seed in [0, 1] {
        let sandbox = start(SandboxConfig::default().offers(41_320).seed(seed));
        let page = data(&sandbox, "/aff/v1/batches/offers?limit=1&filters[id]=41320");
        assert_eq!(page["rowset"], captured["data"]["rowset"]);
        assert_eq!(sandbox.offer_kind(41_320), Some(OfferKind::NotApproved));
    }
    assert_eq!(sandbox().offer_kind(41_320), None);
}

#[test]
fn the_parts_of_an_offer_are_those_of_its_row() {
    let sandbox = sandbox();
    let (mut caps, mut creatives) = (0, 0);
    for id in 1..=60 {
        let answer = get(&sandbox, &format!("/aff/v1/offers/{id}"));
        if answer.status() == 404 {
            continue;
        }
        let row = answer.json()["data"]["offer"].clone();
        let part = |name: &str| data(&sandbox, &format!("/aff/v1/offers/{id}/{name}"));
        assert_eq!(part("caps"), json!({"offer_cap": row["offer_cap"]}));
        assert_eq!(part("creatives"), json!({"offer_creative": row["offer_creative"]}));
        let targets = part("platforms")["offer_platform"]["target"].as_array().unwrap().clone();
        let in_row = row["offer_platform"]["target"].as_array().unwrap();
        assert_eq!(targets.len(), in_row.len());
        for (target, in_row) in targets.iter().zip(in_row) {
            assert_eq!((&target["offer_id"], &target["version"]), (&json!(id), &in_row["version"]));
            assert!(target["id"].is_u64() && in_row.get("id").is_none());
        }
        caps += usize::from(!row["offer_cap"].is_null());
        creatives += row["offer_creative"].as_array().unwrap().len();
    }
    assert!((1..60).contains(&caps), "{caps}");
    assert!(creatives > 10, "{creatives}");
    let url = &data(&sandbox, "/aff/v1/offers/16")["offer"]["offer"]["tracking_link"];
    assert_eq!(url, "https://click.dev.offerslook.com/index.php?offer_id=16&aff_id=40");
}

#[test]
fn the_parts_of_an_unknown_offer_are_404() {
    let sandbox = sandbox();
    for part in ["creatives", "caps", "platforms"] {
        for (id, status) in [("5001", 404), ("0", 404), ("16,102", 400)] {
            get(&sandbox, &format!("/aff/v1/offers/{id}/{part}")).assert_refused(status);
        }
    }
}

/// Generated offers must never change.
#[test]
fn a_generated_offer_stays_the_same() {
    let sandbox = sandbox();
    let rows: Vec<Value> = serde_json::from_str(include_str!("generated_offers.json")).unwrap();
    assert_eq!(rows.len(), 12);
    for row in rows {
        let mut generated =
            data(&sandbox, &format!("/aff/v1/offers/{}", row["offer"]["id"]))["offer"].clone();
        // Postbacks are not generated.
        generated.as_object_mut().unwrap().remove("offer_postback");
        assert_eq!(generated, row);
    }
}
