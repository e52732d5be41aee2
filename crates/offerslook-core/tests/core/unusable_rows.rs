//! Rows that do not decode, among rows that do.

use std::fmt::Write;

use offerslook_core::{
    Error, OfferId, Rows, UnusableRow,
    affiliate::batches::{ApplyToOffers, GetTrackingLinks, TrackingLinkRow},
    parse,
};

use crate::{
    account::{KEY, account},
    answers::{answer, links, success},
};

fn read(rows: &str) -> Rows<TrackingLinkRow> {
    parse::<GetTrackingLinks>(&answer(200, links(rows))).unwrap()
}

fn ids(rows: &Rows<TrackingLinkRow>) -> Vec<u64> {
    rows.into_iter().map(|row| row.offer_id.get()).collect()
}

#[test]
fn a_bad_row_does_not_spoil_the_others() {
    let mut told = String::new();
    for bad in [
        r#"{"offer_id": 0, "url": "https://t.example/"}"#,
        r#"{"offer_id": null}"#,
        r#"{"offer_id": false}"#,
        r#"{"offer_id": "All Offers"}"#,
        r#"{"offer_id": 16.5}"#,
        r#"{"offer_id": 16, "offer_id": 17}"#,
        r#"{"url": "https://t.example/"}"#,
        r#"{"offer_id": "102", "url": {"href": "https://t.example/"}}"#,
        r#"{"offer_id": 102, "impression_pixel": ["\u001b[31m"]}"#,
        r#""https://t.example/""#,
        "7",
        "[]",
        "null",
    ] {
        let rows = read(&format!(r#"[{{"offer_id": 1}}, {bad}, {{"offer_id": 3, "url": "Need to apply"}}]"#));
        assert_eq!(ids(&rows), [1, 3], "{bad}");
        let [unusable] = rows.unusable.as_slice() else { panic!("{bad}: {rows:?}") };
        writeln!(told, "{bad}\n  {unusable}").unwrap();
    }
    insta::assert_snapshot!(told);
}

#[test]
fn all_of_them_are_told() {
    let rows =
        read(r#"[{"offer_id": 0}, {"offer_id": 16}, {"offer_id": "17", "url": []}, {"offer_id": 18}]"#);
    assert_eq!(ids(&rows), [16, 18]);
    let told: Vec<_> = rows.unusable.iter().map(|row| (row.offer_id, row.path.as_str())).collect();
    assert_eq!(
        told,
        [(None, "data.tracking_link[0].offer_id"), (OfferId::new(17), "data.tracking_link[2].url")]
    );
}

#[test]
fn where_no_row_decodes_the_answer_does_not() {
    for rows in
        [r#"[{"offer_id": 0}]"#, r#"[{"offer_id": null}, {"offer_id": "x"}]"#, "[7]", r#"{"0": 7, "1": 8}"#]
    {
        let error = parse::<GetTrackingLinks>(&answer(200, links(rows))).unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{rows}: {error}");
    }
    assert_eq!(read("[]"), Rows::default());
}

#[test]
fn rows_with_keys_are_rows_all_the_same() {
    let rows = read(r#"{"2": {"offer_id": 18}, "0": {"offer_id": 16}, "1": {"offer_id": 0}}"#);
    assert_eq!(ids(&rows), [16, 18]);
    assert_eq!(rows.unusable[0].path, "data.tracking_link[1].offer_id");
}

#[test]
fn another_batch_sets_its_rows_aside_too() {
    let body =
        success(r#"{"offer_application": [{"status": "approved"}, {"offer_id": 2, "status": "pending"}]}"#);
    let rows = parse::<ApplyToOffers>(&answer(200, body)).unwrap();
    assert_eq!((rows.rows.len(), rows.unusable.len()), (1, 1));
}

#[test]
fn a_failure_is_a_failure_whatever_its_rows() {
    let body = r#"{"data": {"tracking_link": [{"offer_id": 1}, {"offer_id": 0}]}, "code": 40101}"#;
    assert!(parse::<GetTrackingLinks>(&answer(200, body)).unwrap_err().is_auth());
    let body = links(r#"[{"offer_id": 1}, {"offer_id": 0}]"#);
    assert!(parse::<GetTrackingLinks>(&answer(500, &body)).is_err());
    for end in 1..body.len() {
        assert!(parse::<GetTrackingLinks>(&answer(200, &body[..body.len() - end])).is_err(), "cut by {end}");
    }
    assert!(parse::<GetTrackingLinks>(&answer(200, body + "x")).is_err());
}

#[test]
fn neither_depth_nor_length_harms() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let body = links(&format!(r#"[{{"offer_id": 1}}, {{"offer_id": 0, "x": {deep}}}]"#));
    assert!(parse::<GetTrackingLinks>(&answer(200, body)).is_err(), "deeper than JSON is read");
    let deeper = r#"{"0":"#.repeat(100_000) + "1" + &"}".repeat(100_000);
    let body = links(&format!(r#"{{"0": {{"offer_id": 1}}, "1": {deeper}}}"#));
    assert!(parse::<GetTrackingLinks>(&answer(200, body)).is_err(), "deeper than JSON is read");
    let deep = "[".repeat(100) + &"]".repeat(100);
    let rows = read(&format!(r#"[{{"offer_id": 1}}, {{"offer_id": 2, "url": {deep}}}]"#));
    assert_eq!(rows.unusable[0].offer_id, OfferId::new(2));
    let rows = read(&format!(r#"[{{"offer_id": 1}}, {{"offer_id": "{}"}}]"#, "x\\n".repeat(100_000)));
    let UnusableRow { cause, .. } = &rows.unusable[0];
    assert!(cause.chars().count() <= 301 && !cause.contains(char::is_control), "{cause}");
}

#[test]
fn an_account_shows_its_key_in_none_of_them() {
    let call = GetTrackingLinks::new("1,2".parse().unwrap());
    let rows =
        format!(r#"[{{"offer_id": 1}}, {{"offer_id": "{KEY}"}}, {{"offer_id": 2, "url": ["{KEY}"]}}]"#);
    let rows = account().parse(&call, &answer(200, links(&rows))).unwrap();
    assert_eq!(ids(&rows), [1]);
    assert!(!format!("{rows:?}").contains(KEY), "{rows:?}");
    assert!(rows.unusable[0].cause.contains("[redacted]"), "{rows:?}");
}

#[test]
fn bytes_that_are_no_text_do_no_harm_in_a_field_that_nobody_reads() {
    for bytes in [
        &b"\xff"[..],
        b"\\\\\xff",
        b"\\n\xff",
        b"\\\xff",
        b"\xff \xc3\xa9 \xc3",
        b"\\\\\\\xff",
        b"\xff\xff\\\\",
    ] {
        for (field, expected) in [("note", Some(vec![16, 18])), ("url", None)] {
            let before =
                format!(r#"{{"code": 0, "data": {{"tracking_link": [{{"offer_id": 16, "{field}": ""#);
            let rest = br#""}, {"offer_id": 18, "url": "https://t.example/"}]}}"#;
            let rows = parse::<GetTrackingLinks>(&answer(200, [before.as_bytes(), bytes, rest].concat()));
            let shown = bytes.escape_ascii();
            assert_eq!(rows.ok().map(|rows| ids(&rows)), expected, "{shown} in {field}");
        }
    }
}
