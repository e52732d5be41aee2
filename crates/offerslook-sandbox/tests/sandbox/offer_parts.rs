use offerslook_sandbox::{OfferKind, Sandbox, SandboxConfig};
use serde_json::{Value, json};

use crate::{
    client::{get, sandbox},
    documented::documented,
};

#[test]
fn creatives_caps_and_platforms_answer_as_documented() {
    let sandbox = sandbox();
    for (part, example) in
        [("creatives", "offer_creatives"), ("caps", "offer_cap"), ("platforms", "offer_platform")]
    {
        let answer = get(&sandbox, &format!("/aff/v1/offers/16/{part}"));
        assert_eq!((answer.status(), answer.json()), (200, documented(example)), "{part}");
    }
}

#[test]
fn the_captured_offer_is_listed_as_it_was_captured() {
    let captured = documented("offers_page_captured");
    for seed in [0, 1] {
        let sandbox = Sandbox::start(SandboxConfig::default().offers(41_320).seed(seed)).unwrap();
        let answer = get(&sandbox, "/aff/v1/batches/offers?limit=1&filters[id]=41320");
        assert_eq!(answer.json()["data"]["rowset"], captured["data"]["rowset"]);
        assert_eq!(sandbox.offer_kind(41_320), Some(OfferKind::NotApproved));
    }
    assert_eq!(sandbox().offer_kind(41_320), None);
}

#[test]
fn the_row_of_a_documented_offer_holds_what_its_calls_answer() {
    let sandbox = sandbox();
    let row = get(&sandbox, "/aff/v1/offers/16").json()["data"]["offer"].clone();
    let part = |name: &str| get(&sandbox, &format!("/aff/v1/offers/16/{name}")).json()["data"].clone();
    assert_eq!(row["offer_creative"], part("creatives")["offer_creative"]);
    assert_eq!(row["offer_cap"], part("caps")["offer_cap"]);
    assert_eq!(row["offer_platform"]["target"][1]["version"], json!(["4.3", "4.4", "5.0", "5.1", "6.0"]));
    assert_eq!(
        row["offer"]["tracking_link"],
        "https://click.dev.offerslook.com/index.php?offer_id=16&aff_id=40"
    );
}

#[test]
fn parts_of_any_offer_are_those_of_its_row() {
    let sandbox = sandbox();
    let (mut caps, mut creatives) = (0, 0);
    for id in 1..=60 {
        let answer = get(&sandbox, &format!("/aff/v1/offers/{id}"));
        if answer.status() == 404 {
            continue;
        }
        let row = answer.json()["data"]["offer"].clone();
        let part = |name: &str| get(&sandbox, &format!("/aff/v1/offers/{id}/{name}")).json()["data"].clone();
        assert_eq!(part("caps"), json!({"offer_cap": row["offer_cap"]}));
        assert_eq!(part("creatives"), json!({"offer_creative": row["offer_creative"]}));
        let targets = part("platforms")["offer_platform"]["target"].as_array().unwrap().clone();
        assert_eq!(targets.len(), row["offer_platform"]["target"].as_array().unwrap().len());
        for (target, in_row) in targets.iter().zip(row["offer_platform"]["target"].as_array().unwrap()) {
            assert_eq!((&target["offer_id"], &target["version"]), (&json!(id), &in_row["version"]));
            assert!(target["id"].is_u64() && in_row.get("id").is_none());
        }
        caps += usize::from(!row["offer_cap"].is_null());
        creatives += row["offer_creative"].as_array().unwrap().len();
    }
    assert!((1..60).contains(&caps), "{caps}");
    assert!(creatives > 10, "{creatives}");
}

#[test]
fn parts_of_an_unknown_offer_are_404() {
    let sandbox = sandbox();
    for part in ["creatives", "caps", "platforms"] {
        get(&sandbox, &format!("/aff/v1/offers/5001/{part}")).assert_refused(404);
        get(&sandbox, &format!("/aff/v1/offers/0/{part}")).assert_refused(404);
        get(&sandbox, &format!("/aff/v1/offers/16,102/{part}")).assert_refused(400);
    }
}

/// The offers are promised to stay what they are: whoever changes how they are made meets this.
#[test]
fn a_generated_offer_stays_what_it_is() {
    let sandbox = sandbox();
    let rows: Vec<Value> = serde_json::from_str(include_str!("generated_offers.json")).unwrap();
    assert_eq!(rows.len(), 12);
    for row in rows {
        let path = format!("/aff/v1/offers/{}", row["offer"]["id"]);
        let mut told = get(&sandbox, &path).json()["data"]["offer"].clone();
        // Those can change.
        told.as_object_mut().unwrap().remove("offer_postback");
        assert_eq!(told, row);
    }
}
