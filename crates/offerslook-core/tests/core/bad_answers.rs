//! One table of answers over each endpoint: what comes of an answer that lacks something, or is another.

use std::fmt::Debug;

use offerslook_core::{
    DecodeFault, Endpoint, Error, Payload,
    affiliate::{
        batches::{ApplyToOffers, GetTrackingLinks, ListBatchOffers},
        offer_postbacks::{CreatePostback, DeletePostback, GetPostback, ListPostbacks, UpdatePostback},
        offers::{
            ApplyToOffer, GetOffer, GetOfferCaps, GetOfferCreatives, GetOfferPlatforms, GetOfferPostbacks,
            ListOffers,
        },
        sub_affiliate_approval::ListSubAffiliateRules,
    },
    parse,
};
use serde_json::{Value, json};

use crate::answers::{answer, success, told};

macro_rules! tables {
    ($($name:ident: $endpoint:ty, $fixture:literal, required $required:expr;)+) => {$(
        #[test]
        fn $name() {
            let example = include_str!(concat!("../fixtures/", $fixture, ".json"));
            insta::assert_snapshot!(stringify!($name), told_of_payloads::<$endpoint>());
            failures_are_the_same_everywhere::<$endpoint>(example);
            let required: [&str; _] = $required;
            assert_eq!(required_by::<$endpoint>(example), required);
            unknown_fields_change_nothing::<$endpoint>(example);
            numbers_as_strings_change_nothing::<$endpoint>(example);
            a_fault_is_told_with_its_place::<$endpoint>(example);
        }
    )+};
}

tables! {
    apply_to_offer: ApplyToOffer, "apply_to_offer", required [];
    apply_to_offers: ApplyToOffers, "apply_to_offers", required ["/0/offer_id"];
    get_offer_postbacks: GetOfferPostbacks, "get_offer_postbacks", required ["/0/id"];
    get_offer_creatives: GetOfferCreatives, "get_offer_creatives", required [];
    get_offer_caps: GetOfferCaps, "get_offer_caps", required [];
    get_offer_platforms: GetOfferPlatforms, "get_offer_platforms", required [];
    create_postback: CreatePostback, "create_postback", required ["/id"];
    update_postback: UpdatePostback, "update_postback", required ["/id"];
    get_postback: GetPostback, "get_postback", required ["/id"];
    list_offers: ListOffers, "offers_page_captured", required ["/rowset/0/offer", "/rowset/0/offer/id"];
    list_batch_offers: ListBatchOffers, "offers_page_captured", required ["/rowset/0/offer", "/rowset/0/offer/id"];
    get_offer: GetOffer, "get_offer", required ["/offer", "/offer/id"];
    list_postbacks: ListPostbacks, "list_postbacks", required ["/rowset/0/id"];
    list_sub_affiliate_rules: ListSubAffiliateRules, "list_sub_affiliate_rules", required ["/rowset/0/id"];
}

#[test]
fn delete_postback() {
    insta::assert_snapshot!(told_of_payloads::<DeletePostback>());
    failures_are_the_same_everywhere::<DeletePostback>(&success("null"));
}

/// What stands in `data`.
fn key<E: Endpoint>() -> &'static str {
    match E::SPEC.payload {
        Payload::Object(key) | Payload::List(key) => key,
        Payload::Whole if E::SPEC.path.ends_with('}') => "offer",
        Payload::Whole => "rowset",
        _ => "data",
    }
}

/// Answers that say success, with a payload that is missing, empty or another.
fn told_of_payloads<E: Endpoint<Output: Debug>>() -> String {
    let under_key = |value: &str| success(&format!(r#"{{"{}": {value}}}"#, key::<E>()));
    let bodies = [
        r#"{"code": 0, "message": "Success"}"#.to_owned(),
        success("null"),
        success("[]"),
        success("{}"),
        success(r#""none""#),
        under_key("null"),
        under_key("[]"),
        under_key("{}"),
        under_key(r#""none""#),
        under_key("[7]"),
        under_key("[[]]"),
    ];
    let told = bodies.map(|body| match parse::<E>(&answer(200, &body)) {
        Ok(output) => format!("{body}\n  {output:?}"),
        Err(error) => format!("{body}\n  {:?}: {error}", error.class().unwrap()),
    });
    told.join("\n")
}

/// No endpoint has its own way with answers that do not say success.
fn failures_are_the_same_everywhere<E: Endpoint<Output: Debug>>(example: &str) {
    let failures = [
        (200, r#"{"message": "Success", "data": []}"#),
        (200, r#"{"code": 1001, "message": "Invalid parameter", "data": []}"#),
        (200, r#"{"code": "40101", "message": "Invalid key", "data": null}"#),
        (200, example.trim_end().trim_end_matches('}')),
        (200, "<html>Sorry</html>"),
        (200, ""),
        (302, ""),
        (401, r#"{"code": 401, "message": "Invalid key"}"#),
        (404, "Not Found"),
        (429, ""),
        (500, example),
        (504, "<html>Gateway timeout</html>"),
    ];
    for (status, body) in failures {
        let answer = answer(status, body);
        let [here, elsewhere] = [parse::<E>(&answer).map(drop), parse::<GetTrackingLinks>(&answer).map(drop)];
        assert!(here.is_err(), "HTTP {status} {body}");
        assert_eq!(told(&answer, &here), told(&answer, &elsewhere));
    }
}

fn read<E: Endpoint<Output: Debug>>(payload: &Value) -> Result<String, Error> {
    let data = if is_whole::<E>() { payload.clone() } else { json!({key::<E>(): payload}) };
    let body = json!({"code": 0, "message": "Success", "data": data}).to_string();
    parse::<E>(&answer(200, body)).map(|output| format!("{output:?}"))
}

fn payload_of<E: Endpoint>(example: &str) -> Value {
    let example: Value = serde_json::from_str(example).unwrap();
    let mut payload =
        if is_whole::<E>() { example["data"].clone() } else { example["data"][key::<E>()].clone() };
    // Of many rows of a batch, a bad one is set aside: see `unusable_rows`.
    if E::SPEC.path.ends_with("{offer_ids}") {
        payload.as_array_mut().unwrap().truncate(1);
    }
    payload
}

fn is_whole<E: Endpoint>() -> bool {
    E::SPEC.payload == Payload::Whole
}

/// The fields of the first row without which there is no row at all; any other may be missing or null.
fn required_by<E: Endpoint<Output: Debug>>(example: &str) -> Vec<String> {
    let payload = payload_of::<E>(example);
    let mut required = Vec::new();
    let is_of_a_first_row =
        |path: &String| path.split('/').all(|step| step == "0" || step.parse::<u32>().is_err());
    for path in fields(&payload).into_iter().filter(is_of_a_first_row) {
        let (parent, field) = path.rsplit_once('/').unwrap();
        let [mut missing, mut null] = [payload.clone(), payload.clone()];
        missing.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(field);
        *null.pointer_mut(&path).unwrap() = Value::Null;
        let reads = [read::<E>(&missing).is_ok(), read::<E>(&null).is_ok()];
        if path == "/rowset" {
            assert_eq!(reads, [false, true], "where the rows are missing, their key may have another name");
            continue;
        }
        assert_eq!(reads[0], reads[1], "missing and null are the same: {path}");
        if !reads[0] {
            required.push(path);
        }
    }
    required
}

fn unknown_fields_change_nothing<E: Endpoint<Output: Debug>>(example: &str) {
    let payload = payload_of::<E>(example);
    let mut more = payload.clone();
    change(&mut more, &|value| {
        if let Value::Object(fields) = value {
            fields.insert("mood".to_owned(), json!({"today": [1.5, null]}));
        }
    });
    assert_ne!(more, payload);
    assert_eq!(read::<E>(&more).unwrap(), read::<E>(&payload).unwrap());
}

fn numbers_as_strings_change_nothing<E: Endpoint<Output: Debug>>(example: &str) {
    let payload = payload_of::<E>(example);
    let mut strings = payload.clone();
    change(&mut strings, &|value| {
        if let Value::Number(number) = value {
            *value = number.to_string().into();
        }
    });
    assert_eq!(read::<E>(&strings).unwrap(), read::<E>(&payload).unwrap());
}

/// Whatever stands in a field: it is read, or the error says where it cannot be.
fn a_fault_is_told_with_its_place<E: Endpoint<Output: Debug>>(example: &str) {
    let values = json!([null, true, -1, 0, 1.5, 1e300, "", "0", "x", [], {}, [7], {"x": 7}]);
    let payload = payload_of::<E>(example);
    for path in fields(&payload) {
        for value in values.as_array().unwrap() {
            let mut changed = payload.clone();
            *changed.pointer_mut(&path).unwrap() = value.clone();
            let Err(error) = read::<E>(&changed) else { continue };
            let Error::Decode(decode) = &error else { panic!("{path} {value}: {error}") };
            let DecodeFault::Payload { path: place, .. } = &decode.fault else { panic!("{error}") };
            let key = if is_whole::<E>() { String::new() } else { format!("/{}", key::<E>()) };
            let expected = format!("/data{key}{path}/");
            assert!(format!("{}/", pointer(place)).starts_with(&expected), "{path} {value}: {error}");
        }
    }
}

/// `data.rows[1].id` as `/data/rows/1/id`.
fn pointer(place: &str) -> String {
    format!("/{}", place.replace(['.', '['], "/").replace(']', ""))
}

/// The JSON pointers of all fields of all objects.
fn fields(value: &Value) -> Vec<String> {
    let under = |name: &str, value: &Value| {
        fields(value).into_iter().map(|path| format!("/{name}{path}")).collect::<Vec<_>>()
    };
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| std::iter::once(format!("/{name}")).chain(under(name, value)))
            .collect(),
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, value)| under(&index.to_string(), value)).collect()
        }
        _ => Vec::new(),
    }
}

/// Changes the value itself and all that is in it.
fn change(value: &mut Value, how: &impl Fn(&mut Value)) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|value| change(value, how)),
        Value::Array(items) => items.iter_mut().for_each(|value| change(value, how)),
        _ => {}
    }
    how(value);
}
