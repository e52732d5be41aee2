use std::{fs, io::ErrorKind};

use offerslook_sandbox::{AffiliateStatus, OfferKind, Sandbox, SandboxConfig};
use serde_json::{Value, json};

use crate::client::{data, get, rows, start, with_offers};

fn refusal(json: &str) -> String {
    let error = Sandbox::start(SandboxConfig::default().offers_json(json)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    error.to_string()
}

fn row(sandbox: &Sandbox, id: u64) -> Value {
    data(sandbox, &format!("/aff/v1/offers/{id}"))["offer"].clone()
}

const FULL: &str = r#"[{
    "id": 7001, "name": "My offer", "approval": "require_approval", "status": "active", "affiliate_status": "approved",
    "category": ["Games", "Incent"], "end_date": 1900000000, "pricing_type": "CPA+CPS", "payout": "7.20",
    "percent_payout": "5", "currency": "EUR", "conversion_protocol": "html_pixel", "app_id": "com.example.mine",
    "preview_url": "https://mine.example/", "thumbnail": "https://mine.example/t.png", "description": "<b>Mine</b>",
    "landing_pages": [{"name": "Spring"}, {"url_id": 9, "name": "Autumn", "preview_url": "https://a.example/"}],
    "geo": {"exclude": ["AE", "ZW"]},
    "platforms": [{"platform": "Tablet", "system": "iOS", "version": ["17"], "is_above": true, "above_version": "17"}],
    "creatives": [{"url": "https://mine.example/c.png", "size": 5, "width": 2, "height": 3}, {"filename": "a.zip"}],
    "events": [{"name": "signup", "payout": "0.10", "conversion_protocol": "image_pixel"}],
    "cap": {"type": "total_budget", "budget": "99.99", "category": "private", "timezone": "Asia/Dubai"}
}]"#;

#[test]
fn every_field_is_served() {
    let sandbox = with_offers(FULL);
    assert_eq!(sandbox.offer_kind(7001), Some(OfferKind::Approved));
    let row = row(&sandbox, 7001);
    let offer = &row["offer"];
    for (field, value) in [
        ("name", json!("My offer")),
        ("status", json!("active")),
        ("offer_approval", json!(1)),
        ("category", json!("Games,Incent")),
        ("end_date", json!(1_900_000_000)),
        ("pricing_type", json!("CPA+CPS")),
        ("payout", json!("7.20")),
        ("percent_payout", json!("5")),
        ("currency", json!("EUR")),
        ("conversion_protocol", json!(3)),
        ("conversion_protocol_msg", json!("iFrame/HTML Pixel")),
        ("app_id", json!("com.example.mine")),
        ("preview_url", json!("https://mine.example/")),
        ("thumbnail", json!("https://mine.example/t.png")),
    ] {
        assert_eq!(offer[field], value, "{field}");
    }
    let url = "https://click.sandbox.example/index.php?offer_id=7001&aff_id=40";
    let page = |url_id, name, preview| json!({"type": "Offer URL", "name": name, "tracking_link": format!("{url}&url_id={url_id}"), "preview_url": preview});
    assert_eq!(offer["offer_url"][2], page(1, "Spring", "https://mine.example/1"));
    assert_eq!(offer["offer_url"][3], page(9, "Autumn", "https://a.example/"));
    assert_eq!(row["offer_geo"]["type"], 2);
    assert_eq!(row["offer_geo"]["target"][0]["country"], "United Arab Emirates");
    assert_eq!(row["offer_geo"]["target"][1]["country_code"], "ZW");
    assert_eq!(
        row["offer_platform"]["target"],
        json!([{"platform": "Tablet", "system": "iOS", "version": ["17"], "is_above": 1, "above_version": "17"}])
    );
    assert_eq!(
        row["offer_creative"][0],
        json!({"id": 70011, "offer_id": 7001, "url": "https://mine.example/c.png", "mime": "image/png", "size": 5, "width": 2, "height": 3})
    );
    assert_eq!(row["offer_creative"][1]["filename"], "a.zip");
    assert_eq!(row["offer_event"][0]["event_payout"], "7.20");
    assert_eq!(
        row["offer_event"][1],
        json!({"event_id": 2, "conversion_protocol": 1, "conversion_protocol_msg": "Image Pixel", "event_name": "signup",
            "event_payout_type": "CPA", "event_payout": "0.10", "event_percent_payout": null})
    );
    assert_eq!(
        row["offer_cap"],
        json!({"id": 70011, "offer_id": 7001, "cap_type": 3, "cap_click": 0, "cap_conversion": 0, "cap_budget": "99.99",
            "category": 2, "cap_timezone": "Asia/Dubai"})
    );
    let described = get(&sandbox, "/aff/v1/batches/offers?contains=description&filters[id]=7001").json();
    assert_eq!(described["data"]["rowset"][0]["offer"]["description"], "<b>Mine</b>");
}

#[test]
fn an_id_is_enough() {
    let sandbox = with_offers(r#"[{"id": 5}, {"id": 18446744073709551615}]"#);
    assert_eq!(sandbox.offer_kind(5), Some(OfferKind::Public));
    assert_eq!(sandbox.affiliate_status(5), Some(AffiliateStatus::NotApplied));
    assert_eq!(rows(&sandbox, [5, u64::MAX]).len(), 2);
    let row = row(&sandbox, 5);
    assert_eq!((&row["offer"]["name"], &row["offer"]["payout"]), (&json!("Offer 5"), &json!("1.000")));
    let listed = get(&sandbox, "/aff/v1/offers").json()["data"].clone();
    assert_eq!(listed["totalRows"], 4, "with the documented ones");
    assert_eq!(listed["rowset"][3]["offer"]["id"], u64::MAX);
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(with_offers("\u{feff}[{\"id\": 5}]").offer_kind(5), Some(OfferKind::Public));
}

#[test]
fn offers_of_a_file_replace_others() {
    let config = || SandboxConfig::default().offers(300);
    let json = r#"[{"id": 16, "name": "mine"}, {"id": 20, "name": "mine", "status": "paused"}, {"id": 900}]"#;
    let sandbox = start(config().offers_json(json));
    assert_eq!(row(&sandbox, 16)["offer"]["name"], "mine");
    assert_eq!(
        (sandbox.offer_kind(16), sandbox.offer_kind(20)),
        (Some(OfferKind::Public), Some(OfferKind::Paused))
    );
    assert_eq!(sandbox.offer_kind(900), Some(OfferKind::Public));
    let other = start(config());
    for id in (1..=300).filter(|id| ![16, 20].contains(id)) {
        assert_eq!(sandbox.offer_kind(id), other.offer_kind(id));
    }
}

#[test]
fn the_initial_status_can_be_set_and_changes() {
    let sandbox = with_offers(
        r#"[{"id": 1, "approval": "private"}, {"id": 2, "approval": "private", "affiliate_status": "approved"},
        {"id": 3, "approval": "require_approval", "affiliate_status": "pending"}, {"id": 4, "approval": "require_approval", "affiliate_status": "rejected"}]"#,
    );
    let kinds = [OfferKind::Hidden, OfferKind::Approved, OfferKind::NotApproved, OfferKind::NotApproved];
    for (id, kind) in (1..).zip(kinds) {
        assert_eq!(sandbox.offer_kind(id), Some(kind), "offer {id}");
    }
    assert_eq!(sandbox.set_affiliate_status(1, AffiliateStatus::Approved), Some(AffiliateStatus::NotApplied));
    assert_eq!(rows(&sandbox, [1, 2]).len(), 2);
}

#[test]
fn a_file_is_read_at_the_start() {
    let path = std::env::temp_dir().join(format!("offerslook-sandbox-{}.json", std::process::id()));
    fs::write(&path, FULL).unwrap();
    let from_file = || Sandbox::start(SandboxConfig::default().offers_file(&path));
    let sandbox = from_file().unwrap();
    assert_eq!(row(&sandbox, 7001)["offer"]["name"], "My offer");

    fs::write(&path, "[\n  {\"id\": 7},\n  {\"id\": 7}\n]").unwrap();
    let error = from_file().unwrap_err();
    fs::remove_file(&path).unwrap();
    let name = path.display();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(
        error.to_string(),
        format!(
            "the sandbox cannot use the offers in {name}: offers 1 and 2 of the list have the same id, 7"
        )
    );
    let error = from_file().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(
        error.to_string().starts_with(&format!("the sandbox could not read the offers in {name}: ")),
        "{error}"
    );
}

#[test]
fn an_invalid_file_is_refused_with_the_position() {
    for (json, words) in [
        (r#"[{"id": 1, "titel": "x"}]"#, "unknown field `titel`, expected one of `id`, `name`"),
        (r#"[{"id": 1, "cap": {"type": "none", "max": 2}}]"#, "unknown field `max`"),
        (r#"[{"id": 1, "cap": {"clicks": 1}}]"#, "missing field `type`"),
        (r#"[{"id": 1}, {"id": 2}, {"id": 1}]"#, "offers 1 and 3 of the list have the same id, 1"),
        (r#"[{"id": 1, "events": [{"payout": "1"}]}]"#, "missing field `name`"),
        (
            r#"[{"id": 1, "approval": "open"}]"#,
            "unknown variant `open`, expected one of `require_approval`, `public`, `private`",
        ),
        (r#"[{"id": 1, "payout": "7,20"}]"#, "an amount is a string of digits"),
        (r#"[{"id": 1, "payout": "1."}]"#, "an amount is a string of digits"),
        (r#"[{"id": 1, "payout": 7.2}]"#, "invalid type: floating point `7.2`, expected a string"),
        (r#"[{"id": 1, "geo": {"include": ["uae"]}}]"#, "a country is two capital letters"),
        (r#"[{"name": "x"}]"#, "offer 1 of the list has no id"),
        (r#"[{"id": 0}]"#, "offer 1 of the list has no id"),
        (r#"[{"id": -1}]"#, "invalid value"),
        (r#"{"id": 1}"#, "expected a sequence"),
        (r#"[{"id": 1}"#, "EOF while parsing a list"),
        ("", "EOF while parsing a value"),
    ] {
        let message = refusal(json);
        assert!(message.starts_with("the sandbox cannot use the offers: "), "{message}");
        assert!(message.contains(words), "{json}: {message}");
        assert!(message.contains(" at line 1 column ") || words.contains(" of the list "), "{message}");
    }
}

#[test]
fn more_offers_than_the_maximum_are_refused() {
    let error = Sandbox::start(SandboxConfig::default().offers(SandboxConfig::MAX_OFFERS + 1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(error.to_string(), "the sandbox generates at most 1000000 offers");
}
