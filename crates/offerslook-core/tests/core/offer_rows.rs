//! The rows of lists of offers, as unusual as they may come.

use offerslook_core::{
    affiliate::{
        batches::ListBatchOffers,
        offers::{GeoId, OfferRow},
    },
    parse, parse_with_drift,
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

use crate::answers::{answer, answers, success};

const FULL: &str = include_str!("../fixtures/offers_page_full.json");

/// A page with one row: this offer, and these other parts.
fn row(offer: &str, parts: &str) -> String {
    success(&format!(r#"{{"rowset": [{{"offer": {{"id": 7{offer}}}{parts}}}]}}"#))
}

fn read(offer: &str, parts: &str) -> OfferRow {
    parse::<ListBatchOffers>(&answer(200, row(offer, parts))).unwrap().rowset.remove(0)
}

fn written_again(offer: &str, parts: &str) -> Value {
    serde_json::to_value(read(offer, parts)).unwrap()
}

answers! {
    offer_with_its_id_alone: ListBatchOffers, 200, row("", "");
    parts_null: ListBatchOffers, 200, row("", r#", "offer_geo": null, "offer_platform": null, "offer_creative": null,
        "offer_event": null, "offer_cap": null, "offer_postback": null"#);
    parts_as_empty_lists: ListBatchOffers, 200,
        row("", r#", "offer_geo": [], "offer_platform": [], "offer_cap": [], "offer_event": []"#);
    cap_of_an_offer: ListBatchOffers, 200, row("", r#", "offer_cap": {"id": 41, "cap_type": 2, "cap_budget": "10.50"}"#);
    cap_of_an_offer_as_a_number: ListBatchOffers, 200, row("", r#", "offer_cap": 100"#);
    events_by_the_name_of_the_reference: ListBatchOffers, 200,
        row("", r#", "event": [{"event_id": "2", "event_payout": 0.5, "event_percent_payout": "12.50"}]"#);
    empty_words: ListBatchOffers, 200, row(r#", "name": "", "category": "", "payout": "", "end_date": "",
        "app_id": "", "status": "", "offer_approval": "", "tracking_link": "", "impression_pixel": """#, "");
    words_and_numbers_that_nobody_knows: ListBatchOffers, 200, row(r#", "status": "stopped", "pricing_type": "CPX",
        "offer_approval": 9, "conversion_protocol": "9", "carrier_mode": 3"#, r#", "offer_geo": {"type": 3}"#);
    what_nobody_described: ListBatchOffers, 200,
        row(r#", "carrier": ["du", {"name": "Etisalat"}], "browser": {"name": "Chrome"}"#, "");
    regions_and_cities: ListBatchOffers, 200, row("", r#", "offer_geo": {"type": "1", "target": [{
        "country": "China", "country_code": "CN", "id": "541611", "city": null, "type": null, "offer_id": null,
        "regions": [
            {"type": 1, "region_id": 633, "region_name": "Anhui Sheng"},
            {"type": 2, "region_ids": ["635", 636], "region_name": "Beijing Shi"}
        ],
        "cities": [{"type": 1, "region_id": "633", "city_ids": ["hf-1"], "city_name": "Hefei"}]}]}"#);
    one_object_for_each_list: ListBatchOffers, 200, row(r#", "offer_url": {"type": "Default"}"#,
        r#", "offer_geo": {"target": {"country_code": "AE"}}, "offer_platform": {"target": {"platform": "pc"}},
        "offer_creative": {"id": 1, "filename": "a.png"}, "offer_postback": {"id": 2, "offer_id": 0}"#);
    versions_as_numbers: ListBatchOffers, 200,
        row("", r#", "offer_platform": {"target": [{"version": [4.3, "5.0", 6], "is_above": "1", "above_version": 7}]}"#);

    payout_of_words: ListBatchOffers, 200, row(r#", "payout": "a lot""#, "");
    payout_of_too_many_digits: ListBatchOffers, 200, row(r#", "payout": "0.12345678901234567890123456789""#, "");
    end_date_of_words: ListBatchOffers, 200, row(r#", "end_date": "tomorrow""#, "");
    above_of_two: ListBatchOffers, 200, row("", r#", "offer_platform": {"target": [{"is_above": 2}]}"#);
    geo_of_text: ListBatchOffers, 200, row("", r#", "offer_geo": "AE""#);
    offer_zero: ListBatchOffers, 200, success(r#"{"rowset": [{"offer": {"id": 0}}]}"#);
    offer_as_an_empty_list: ListBatchOffers, 200, success(r#"{"rowset": [{"offer": []}]}"#);
    row_without_its_offer: ListBatchOffers, 200, success(r#"{"rowset": [{"offer_cap": null}]}"#);
}

#[test]
fn a_row_with_every_part_is_written_as_it_came() {
    let (read, drift) = parse_with_drift::<ListBatchOffers>(&answer(200, FULL)).unwrap();
    assert_eq!(drift.to_string(), "");
    let full: Value = serde_json::from_str(FULL).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), full["data"]);
}

#[test]
fn an_amount_is_kept_to_the_last_digit() {
    for (sent, kept) in [
        (json!("7.200"), "7.200"),
        (json!(" 7.200 "), "7.200"),
        (json!("0.1000000000000000000000000001"), "0.1000000000000000000000000001"),
        (json!("79228162514264337593543950335"), "79228162514264337593543950335"),
        (json!("-0.50"), "-0.50"),
        (json!(7.2), "7.2"),
        (json!(0.1), "0.1"),
        (json!(1e-7), "0.0000001"),
        (json!(7), "7"),
    ] {
        let again = written_again(&format!(r#", "payout": {sent}"#), "");
        assert_eq!(again["offer"]["payout"], kept, "{sent}");
    }
}

#[test]
fn what_is_missing_is_null_or_left_out_or_empty() {
    assert_eq!(
        written_again("", ""),
        json!({
            "offer": {
                "id": 7, "tracking_link": null, "percent_payout": null, "app_id": null, "impression_pixel": null,
                "carrier": [], "browser": [], "offer_url": []
            },
            "offer_geo": {"target": []},
            "offer_platform": {"target": []},
            "offer_creative": [], "offer_event": [], "offer_cap": null, "offer_postback": []
        })
    );
}

#[test]
fn events_are_found_under_both_names() {
    let row = read("", r#", "offer_event": [{"event_id": 1}], "event": [{"event_id": 2}]"#);
    assert_eq!(row.events().map(|event| event.event_id).collect::<Vec<_>>(), [Some(1), Some(2)]);
}

#[test]
fn an_id_of_a_place_is_the_same_as_number_and_as_string() {
    let ids = |region: &str| {
        let geo = format!(r#", "offer_geo": {{"target": [{{"regions": [{region}]}}]}}"#);
        let row = read("", &geo);
        row.offer_geo.target[0].regions[0].ids().map(GeoId::to_string).collect::<Vec<_>>()
    };
    assert_eq!(ids(r#"{"region_id": 633}"#), ids(r#"{"region_ids": ["633"]}"#));
    assert_eq!(ids(r#"{"region_id": "CN-AH", "region_ids": ["0633", 1, null]}"#), ["CN-AH", "0633", "1"]);
}

#[test]
fn categories_are_written_as_they_came() {
    let row = read(r#", "category": "Non-Incent , APPLICATION,,""#, "");
    assert_eq!(row.offer.category.iter().collect::<Vec<_>>(), ["Non-Incent", "APPLICATION"]);
    assert_eq!(serde_json::to_value(row).unwrap()["offer"]["category"], "Non-Incent , APPLICATION,,");
}

/// Any value that a field may hold, valid or not.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-1..3i64).prop_map(Value::from),
        (-1000..1000i32).prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        "[ ,]?[0-9]{0,2}([.][0-9]{0,3})?".prop_map(Value::from),
        "[ ,]?(Need to apply|https://t.example/|active|cpi|PC|all)?[ ,]?".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            ("id|type|target|offer|region_ids", inner).prop_map(|(name, value)| json!({name: value})),
        ]
    })
}

proptest! {
    #[test]
    fn what_can_be_read_is_the_same_when_it_is_written_and_read_again(
        changes in prop::collection::vec((any::<Index>(), any_value()), 1..4),
    ) {
        let mut page: Value = serde_json::from_str(FULL).unwrap();
        for (index, value) in changes {
            let row = &mut page["data"]["rowset"][0];
            let places = places(row);
            *row.pointer_mut(index.get(places.as_slice()).as_str()).unwrap() = value;
        }
        match parse::<ListBatchOffers>(&answer(200, page.to_string())) {
            Err(error) => prop_assert!(error.to_string().contains(" at data.rowset[0]"), "{error}"),
            Ok(read) => {
                let again = success(&serde_json::to_string(&read).unwrap());
                prop_assert_eq!(parse::<ListBatchOffers>(&answer(200, again)).unwrap(), read);
            }
        }
    }
}

/// The JSON pointers of all that is in the value.
fn places(value: &Value) -> Vec<String> {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    let under = |(name, value): (String, &Value)| {
        std::iter::once(String::new()).chain(places(value)).map(move |place| format!("/{name}{place}"))
    };
    inside.into_iter().flat_map(under).collect()
}
