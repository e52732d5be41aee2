//! What holds for any answer at all.

use bytes::Bytes;
use offerslook_core::{
    DecodeFault, Endpoint, Error,
    affiliate::{batches::GetTrackingLinks, offers::GetOfferTrackingLink},
    parse,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Map, Value, json};

use crate::answers::{BATCH_EXAMPLE, OFFER_EXAMPLE, answer};

fn status() -> impl Strategy<Value = u16> {
    prop_oneof![3 => Just(200), 1 => 100..=999u16]
}

/// A good or bad answer with some of its bytes replaced.
fn damaged() -> impl Strategy<Value = Bytes> {
    let whole = prop_oneof![
        Just(BATCH_EXAMPLE),
        Just(OFFER_EXAMPLE),
        Just("\u{feff}{\"code\": \"0\", \"data\": []}"),
        Just(r#"{"code": 40101, "message": "Invalid \u00e9 key", "data": null}"#),
        Just(r#"{"data": {"tracking_link": 5}, "message": ["é"], "code": 1001}"#),
        Just("<html><body>Sorry</body></html>"),
    ];
    let bytes =
        prop_oneof![vec(any::<u8>(), 0..4), "[\\[\\]{}\",:0-9\\\\a-z<]{0,4}".prop_map(String::into_bytes)];
    let damage = vec((any::<Index>(), 0..6usize, bytes), 0..4);
    (whole, damage, any::<Index>(), any::<bool>()).prop_map(|(whole, damage, end, cut)| {
        let mut body = whole.as_bytes().to_vec();
        for (at, removed, put) in damage {
            let at = at.index(body.len() + 1);
            let end = (at + removed).min(body.len());
            body.splice(at..end, put);
        }
        if cut {
            body.truncate(end.index(body.len() + 1));
        }
        Bytes::from(body)
    })
}

/// JSON with the words of the API in all the wrong places.
fn nearly_an_answer() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "code",
        "message",
        "data",
        "tracking_link",
        "offer_id",
        "url",
        "impression_pixel",
        "offer_url",
        "type",
        "name",
        "0",
        "16",
        "Need to apply",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop_oneof![Just(0), 1..200i64, any::<i64>()].prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        words.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((words.clone(), inner), 0..6).prop_map(|fields| {
                let fields: Map<_, _> =
                    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                fields.into()
            }),
        ]
    })
}

fn nearly_a_row() -> impl Strategy<Value = Value> {
    let id = prop_oneof![Just(json!(16)), Just(json!("16")), Just(json!(16.0)), nearly_an_answer()];
    let row = (id, nearly_an_answer(), nearly_an_answer()).prop_map(
        |(id, url, pixel)| json!({"offer_id": id, "url": url, "impression_pixel": pixel, "other": pixel}),
    );
    prop_oneof![4 => row, 1 => nearly_an_answer()]
}

proptest! {
    #[test]
    fn any_bytes_are_sorted(status in status(), body in vec(any::<u8>(), 0..200)) {
        check_both(status, &body)?;
    }

    #[test]
    fn any_damage_is_sorted(status in status(), body in damaged()) {
        check_both(status, &body)?;
    }

    #[test]
    fn any_json_is_sorted(status in status(), code in nearly_an_answer(), data in nearly_an_answer()) {
        check_both(status, data.to_string().as_bytes())?;
        let success = json!({"code": 0, "data": {"tracking_link": &data}});
        check_both(status, success.to_string().as_bytes())?;
        let whole = json!({"code": code, "message": &data, "data": &data});
        check_both(status, whole.to_string().as_bytes())?;
    }

    /// Decoded strictly or one by one, by position or by key: a row is the same.
    #[test]
    fn a_row_decodes_beside_a_bad_one_if_and_only_if_it_decodes_alone(
        rows in vec(nearly_a_row(), 1..4),
        keys in any::<bool>(),
    ) {
        let read = |rows: Vec<Value>| {
            let keyed = rows.iter().enumerate().map(|(index, row)| (index.to_string(), row.clone()));
            let rows = if keys { Value::Object(keyed.collect()) } else { Value::Array(rows) };
            parse::<GetTrackingLinks>(&answer(200, json!({"code": 0, "data": {"tracking_link": rows}}).to_string()))
        };
        let alone: Vec<_> = rows.iter().filter_map(|row| read(vec![row.clone()]).ok()).flatten().collect();
        let (good, bad) = (json!({"offer_id": 7}), json!({"offer_id": 0}));
        let together = read([&[good.clone(), bad][..], &rows].concat()).unwrap();
        prop_assert_eq!(&together.rows[1..], &alone);
        prop_assert_eq!(together.unusable.len(), 1 + rows.len() - alone.len());
        let without_the_bad_one = read([&[good][..], &rows].concat()).unwrap();
        prop_assert_eq!(without_the_bad_one.rows, together.rows);
    }

    #[test]
    fn the_order_of_the_fields_does_not_matter(
        fields in Just(["code", "message", "data", "trace"]).prop_shuffle(),
        code in prop_oneof![Just(json!(0)), Just(json!("40101")), Just(json!(1001))],
        data in nearly_an_answer(),
    ) {
        let answer_in_order = |fields: [&str; 4]| {
            let value = |field| match field {
                "code" => code.clone(),
                "data" => json!({"tracking_link": data}),
                field => json!(field),
            };
            let fields = fields.map(|field| format!("{field:?}: {}", value(field)));
            answer(200, format!("{{{}}}", fields.join(", ")))
        };
        let tell = |fields| match parse::<GetTrackingLinks>(&answer_in_order(fields)) {
            Ok(rows) => format!("{rows:?}"),
            // Where in the text an error stands does depend on the order.
            Err(error) => error.to_string().split(" at line ").next().unwrap().to_owned(),
        };
        prop_assert_eq!(tell(fields), tell(["code", "message", "data", "trace"]));
    }
}

fn check_both(status: u16, body: &[u8]) -> Result<(), TestCaseError> {
    check::<GetTrackingLinks>(status, body)?;
    check::<GetOfferTrackingLink>(status, body)
}

fn check<E: Endpoint>(status: u16, body: &[u8]) -> Result<(), TestCaseError> {
    match parse::<E>(&answer(status, body)) {
        Ok(_) => {
            prop_assert!((200..=299).contains(&status));
            prop_assert!(code_is_zero(body), "{:?}", String::from_utf8_lossy(body));
        }
        Err(error) => check_told(&error, status, body)?,
    }
    Ok(())
}

/// As another reader of JSON sees it; where it sees none, there is nothing to compare.
fn code_is_zero(body: &[u8]) -> bool {
    let json = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    serde_json::from_slice::<Value>(json).map_or(true, |value| match &value["code"] {
        Value::String(code) => code.trim().parse() == Ok(0.0),
        code => code.as_f64() == Some(0.0),
    })
}

fn check_told(error: &Error, status: u16, body: &[u8]) -> Result<(), TestCaseError> {
    prop_assert!(error.class().is_some());
    prop_assert!(!error.advice().is_empty());
    prop_assert_eq!(error.body().unwrap().full_len(), body.len());
    let told = error.to_string();
    prop_assert!(told.chars().count() < 1_000, "too long: {}", told);
    prop_assert!(!told.contains(char::is_control), "not one line: {:?}", told);
    match error {
        Error::Api(error) => prop_assert_eq!(error.status.as_u16(), status),
        Error::Decode(error) => {
            prop_assert!((200..=299).contains(&status));
            if let DecodeFault::Payload { path, cause } = &error.fault {
                prop_assert!(!cause.is_empty(), "says nothing: {}", error);
                prop_assert!(!path.contains('?') && path != ".", "says nothing: {}", error);
            }
        }
        other => prop_assert!(false, "{:?}", other),
    }
    Ok(())
}
