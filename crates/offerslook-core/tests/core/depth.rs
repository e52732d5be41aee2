//! Answers that are deeper than they look.

use offerslook_core::{
    affiliate::offers::{GetOffer, ListOffers},
    parse, parse_with_drift,
};
use serde_json::json;

use crate::answers::answer;

/// JSON whose text holds more JSON. With one name, and a feature that any crate of the program may turn on, `serde_json`
/// takes that text for JSON too, and its limit on depth begins anew in there.
fn deep() -> String {
    let (open, shut) = ("[".repeat(100), "]".repeat(100));
    let mut deep = format!("{open}{shut}");
    while deep.len() < 2_000_000 {
        deep = format!("{open}{{\"$serde_json::private::RawValue\": {}}}{shut}", json!(deep));
    }
    deep
}

#[test]
fn text_in_json_stays_text() {
    let deep = deep();
    for (field, part) in [
        ("carrier", format!(r#""offer": {{"id": 1, "carrier": [{deep}]}}"#)),
        ("browser", format!(r#""offer": {{"id": 1, "browser": [{deep}]}}"#)),
        ("city", format!(r#""offer": {{"id": 1}}, "offer_geo": {{"target": [{{"city": {deep}}}]}}"#)),
        ("unknown", format!(r#""offer": {{"id": 1, "unknown": {deep}}}"#)),
    ] {
        let one = answer(200, format!(r#"{{"code": 0, "data": {{{part}}}}}"#));
        let list = answer(200, format!(r#"{{"code": 0, "data": {{"rowset": [{{{part}}}]}}}}"#));
        parse::<GetOffer>(&one).unwrap_or_else(|error| panic!("{field}: {error}"));
        parse_with_drift::<GetOffer>(&one).unwrap_or_else(|error| panic!("{field}: {error}"));
        parse::<ListOffers>(&list).unwrap_or_else(|error| panic!("{field}: {error}"));
    }
}
