use std::collections::BTreeSet;

use offerslook_sandbox::{AffiliateStatus, OfferKind, Sandbox, SandboxConfig};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::{data, get, sandbox, start};

const BOTH: [(&str, u64); 2] = [("/aff/v1/offers", 200), ("/aff/v1/batches/offers", 100)];

fn of(offers: u64) -> Sandbox {
    start(SandboxConfig::default().offers(offers))
}

fn ids(rows: &[Value]) -> Vec<u64> {
    rows.iter().map(|row| row["offer"]["id"].as_u64().unwrap()).collect()
}

fn page_ids(page: &Value) -> Vec<u64> {
    ids(page["rowset"].as_array().unwrap())
}

/// All rows of a list, page by page.
fn walk(sandbox: &Sandbox, path: &str, query: &str, limit: u64) -> Vec<Value> {
    let mut rows = Vec::new();
    for offset in 1.. {
        let page = data(sandbox, &format!("{path}?offset={offset}&limit={limit}&{query}"));
        rows.extend(page["rowset"].as_array().unwrap().iter().cloned());
        if offset >= page["totalPages"].as_u64().unwrap() {
            assert_eq!(page["totalRows"], rows.len());
            return rows;
        }
    }
    unreachable!()
}

#[test]
fn a_page_has_its_number_and_the_totals() {
    let sandbox = of(250);
    let all = (1..=250).filter(|&id| sandbox.offer_kind(id) != Some(OfferKind::Hidden)).collect::<Vec<_>>();
    for (path, max) in BOTH {
        let first = data(&sandbox, path);
        let visible = first["totalRows"].as_u64().unwrap();
        assert!((240..=250).contains(&visible), "{visible}");
        assert_eq!(first["totalPages"], visible.div_ceil(20));
        assert_eq!((&first["offset"], &first["limit"]), (&json!(1), &json!(20)));
        assert_eq!(page_ids(&first).len(), 20);

        let last = data(&sandbox, &format!("{path}?offset=2&limit={max}"));
        let past = data(&sandbox, &format!("{path}?offset=4&limit={max}"));
        assert_eq!(last["totalRows"], visible);
        assert_eq!(
            past,
            json!({"rowset": [], "totalPages": visible.div_ceil(max), "totalRows": visible, "offset": 4, "limit": max})
        );
        let walked = ids(&walk(&sandbox, path, "", 33));
        assert!(walked.is_sorted());
        assert!(walked.iter().all(|id| all.contains(id)));
        assert_eq!(page_ids(&data(&sandbox, &format!("{path}?offset={}&limit={max}", u64::MAX))), [0; 0]);
    }
}

#[test]
fn private_offers_need_approval() {
    let sandbox = sandbox();
    let private = "filters[offer_approval]=3&filters[status]=active";
    let rows = walk(&sandbox, "/aff/v1/offers", private, 200);
    let id = rows[0]["offer"]["id"].as_u64().unwrap();
    assert!(rows.iter().all(|row| row["offer"]["offer_approval_msg"] == "Private"));
    assert_eq!(sandbox.offer_kind(id), Some(OfferKind::Approved));

    sandbox.set_affiliate_status(id, AffiliateStatus::NotApplied).unwrap();
    assert_eq!(sandbox.offer_kind(id), Some(OfferKind::Hidden));
    assert_eq!(walk(&sandbox, "/aff/v1/offers", private, 200), rows[1..]);
    for part in ["", "/creatives", "/caps", "/platforms", "/tracking_links"] {
        get(&sandbox, &format!("/aff/v1/offers/{id}{part}")).assert_refused(404);
    }
    assert_eq!(crate::client::rows(&sandbox, [id]), Vec::<Value>::new());
}

#[test]
fn an_offer_that_is_not_there_is_404() {
    let sandbox = of(40);
    get(&sandbox, "/aff/v1/offers/41").assert_refused(404);
    get(&sandbox, "/aff/v1/offers/0").assert_refused(404);
    get(&sandbox, "/aff/v1/offers/x").assert_refused(400);
}

#[test]
fn a_description_needs_contains() {
    let sandbox = of(5);
    for (query, comes) in [
        ("", false),
        ("?contains=EPC1", false),
        ("?contains=description", true),
        ("?contains=EPC1,description", true),
    ] {
        let page = data(&sandbox, &format!("/aff/v1/batches/offers{query}"));
        for row in page["rowset"].as_array().unwrap() {
            assert_eq!(row["offer"]["description"].is_string(), comes, "{query}");
        }
    }
}

#[test]
fn only_selected_fields_are_sent() {
    let sandbox = of(5);
    let of_fields = |fields| data(&sandbox, &format!("/aff/v1/offers?fields={fields}"))["rowset"][0].clone();
    assert_eq!(of_fields("id"), json!({"offer": {"id": 1}}));
    let whole = data(&sandbox, "/aff/v1/offers")["rowset"][0].clone();
    let chosen = of_fields("name,event,id");
    assert_eq!(
        chosen,
        json!({"offer": {"id": 1, "name": whole["offer"]["name"]}, "offer_event": whole["offer_event"]})
    );
    let all = "id,name,end_date,status,pricing_type,payout,percent_payout,preview_url,thumbnail,category,\
               offer_approval,tracking_link,currency,conversion_protocol,app_id,event";
    assert_eq!(of_fields(all)["offer"].as_object().unwrap().len(), 15);
}

/// Returns whether a row matches a filter, computed from its JSON.
fn matches(row: &Value, field: &str, operator: &str, wanted: &str) -> bool {
    let texts = |list: &Value, key: &str| -> Vec<String> {
        list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
    };
    let offer = &row["offer"];
    let values = match field {
        "geo_country" if row["offer_geo"]["type"] == 2 => Vec::new(),
        "geo_country" => texts(&row["offer_geo"]["target"], "country_code"),
        "offer_platform" => texts(&row["offer_platform"]["target"], "platform"),
        "category" => offer["category"].as_str().unwrap().split_terminator(',').map(str::to_owned).collect(),
        _ => match &offer[field] {
            Value::Null => Vec::new(),
            Value::String(text) => vec![text.clone()],
            number => vec![number.to_string()],
        },
    };
    let order = |value: &str| match (value.parse::<u64>(), wanted.parse::<u64>()) {
        (Ok(value), Ok(wanted)) => value.cmp(&wanted),
        _ => value.cmp(wanted),
    };
    match operator {
        "EQUAL_TO" => values.iter().any(|value| value == wanted),
        "NOT_EQUAL_TO" => values.iter().all(|value| value != wanted),
        "LESS_THAN" => values.iter().any(|value| order(value).is_lt()),
        "LESS_THAN_OR_EQUAL_TO" => values.iter().any(|value| order(value).is_le()),
        "GREATER_THAN" => values.iter().any(|value| order(value).is_gt()),
        "GREATER_THAN_OR_EQUAL_TO" => values.iter().any(|value| order(value).is_ge()),
        _ => unreachable!(),
    }
}

const ORDERED: [&str; 6] =
    ["id", "name", "pricing_type", "offer_approval", "currency", "conversion_protocol"];
const COMPARED: [&str; 5] = ["geo_country", "offer_platform", "category", "app_id", "status"];
const OPERATORS: [&str; 6] = [
    "EQUAL_TO",
    "NOT_EQUAL_TO",
    "LESS_THAN",
    "LESS_THAN_OR_EQUAL_TO",
    "GREATER_THAN",
    "GREATER_THAN_OR_EQUAL_TO",
];

fn value_of(field: &str) -> &'static [&'static str] {
    match field {
        "id" => &["16", "90", "0", "1000"],
        "name" => &["Offer 16", "Offer 90", ""],
        "pricing_type" => &["CPI", "CPA+CPS", "CPX"],
        "offer_approval" | "conversion_protocol" => &["1", "2", "3"],
        "currency" => &["USD", "EUR", "usd"],
        "geo_country" => &["AE", "US", "XX"],
        "offer_platform" => &["Mobile", "PC", "Tablet"],
        "category" => &["APPLICATION", "Games", ""],
        "app_id" => &["com.example.app90", "com.example.app12"],
        _ => &["active", "paused"],
    }
}

#[test]
fn a_row_has_to_match_all_filters() {
    let sandbox = of(200);
    let all = walk(&sandbox, "/aff/v1/offers", "", 200);
    let choice = prop_oneof![
        (prop::sample::select(&ORDERED[..]), prop::sample::select(&OPERATORS[..])),
        (prop::sample::select(&COMPARED[..]), prop::sample::select(&OPERATORS[..2])),
    ];
    let filter = choice.prop_flat_map(|(field, operator)| {
        (Just(field), Just(operator), prop::sample::select(value_of(field)))
    });
    let filters = prop::collection::vec(filter, 1..4);
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(mut filters in filters, limit in 60..201_u64)| {
        let mut seen = BTreeSet::new();
        filters.retain(|(field, operator, _)| seen.insert((*field, *operator)));
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (field, operator, value) in &filters {
            query.append_pair(&format!("filters[{field}][{operator}]"), value);
        }
        let kept = walk(&sandbox, "/aff/v1/offers", &query.finish(), limit);
        let expected: Vec<_> = all
            .iter()
            .filter(|row| filters.iter().all(|(field, operator, value)| matches(row, field, operator, value)))
            .cloned()
            .collect();
        prop_assert_eq!(kept, expected);
    });
}

#[test]
fn every_filter_keeps_some_and_drops_some() {
    let sandbox = sandbox();
    for field in ORDERED.into_iter().chain(COMPARED) {
        let kept = value_of(field).iter().any(|value| {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair(&format!("filters[{field}]"), value)
                .append_pair("type", "all")
                .finish();
            let rows = data(&sandbox, &format!("/aff/v1/offers?{query}"))["totalRows"].as_u64().unwrap();
            (1..4_500).contains(&rows)
        });
        assert!(kept, "{field}");
    }
}

#[test]
fn the_short_form_of_a_filter_is_equal_to() {
    let sandbox = of(100);
    let short = walk(&sandbox, "/aff/v1/offers", "filters[geo_country]=AE", 200);
    assert_eq!(short, walk(&sandbox, "/aff/v1/offers", "filters%5Bgeo_country%5D%5BEQUAL_TO%5D=AE", 200));
    assert!(!short.is_empty());
}

#[test]
fn an_invalid_query_is_refused_and_never_quoted() {
    let sandbox = sandbox();
    for (query, words) in [
        ("limit=0", "limit"),
        ("limit=201", "from 1 to 200"),
        ("limit=%2B5", "limit"),
        ("limit=5.0", "limit"),
        ("limit=", "limit"),
        ("offset=0", "page number"),
        ("offset=-1", "page number"),
        ("offset=18446744073709551616", "page number"),
        ("type=secret", "all, personal"),
        ("sort=id", "%2B"),
        ("sort=+id", "%2B"),
        ("sort=%2Bname", "id"),
        ("sort=-secret", "id"),
        ("sort=", "%2B"),
        ("type=all&secret=1", "Parameter 2 of the query is unknown"),
        ("secret", "Parameter 1 of the query is unknown"),
        ("contains=description", "Parameter 1 of the query is unknown"),
        ("offset=1&limit=2&limit=3", "Parameter 3 of the query repeats an earlier one"),
        ("fields=id,secret", "Item 2 of fields"),
        ("fields=", "Item 1 of fields"),
        ("fields=id,,name", "Item 2 of fields"),
        ("filters[secret]=1", "This list supports id, name"),
        ("filters[id][SECRET]=1", "LESS_THAN_OR_EQUAL_TO, GREATER_THAN"),
        ("filters[id][CONTAINS]=1", "It supports EQUAL_TO"),
        ("filters[id][EQUAL_TO]=secret", "whole number"),
        ("filters[id][]=1", "operator"),
        ("filters[id=1", "form"),
        ("filters[geo_country][LESS_THAN]=AE", "It supports EQUAL_TO, NOT_EQUAL_TO."),
        ("filters[status][GREATER_THAN]=a", "It supports EQUAL_TO, NOT_EQUAL_TO."),
        ("filters[id]=1&filters[id][EQUAL_TO]=2", "Parameter 2"),
    ] {
        let answer = get(&sandbox, &format!("/aff/v1/offers?{query}"));
        answer.assert_refused(400);
        assert!(answer.text.contains(words), "{query}: {}", answer.text);
        assert!(!answer.text.to_lowercase().contains("secret"), "{}", answer.text);
    }
    for query in ["limit=101", "fields=id", "contains=secret", "contains="] {
        get(&sandbox, &format!("/aff/v1/batches/offers?{query}")).assert_refused(400);
    }
    assert_eq!(data(&sandbox, "/aff/v1/batches/offers?limit=100")["limit"], 100);
    assert_eq!(data(&sandbox, "/aff/v1/offers?limit=200")["limit"], 200);
}

#[test]
fn a_row_has_the_field_order_of_the_service() {
    let text = get(&of(1), "/aff/v1/offers?limit=1").text;
    let places: Vec<_> =
        ["\"offer\":", "\"id\":", "\"name\":", "\"status\":", "\"offer_url\":", "\"offer_geo\":"]
            .iter()
            .map(|name| text.find(name).unwrap())
            .collect();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn a_million_offers_can_be_listed() {
    let sandbox = of(1_000_000);
    let first = data(&sandbox, "/aff/v1/offers?limit=200");
    assert_eq!(page_ids(&first).len(), 200);
    assert!(first["totalRows"].as_u64().unwrap() > 900_000);
    let last = data(&sandbox, "/aff/v1/offers?limit=1&sort=-id");
    assert!(page_ids(&last)[0] > 999_000);
}
