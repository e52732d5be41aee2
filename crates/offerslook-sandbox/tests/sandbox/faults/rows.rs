use offerslook_sandbox::{Fault, OfferKind, Sandbox};
use serde_json::{Value, json};
use ureq::http::Method;

use super::{always, size};
use crate::client::{batch_path, data, get, rows, sandbox, send_body};

/// Five ids that have a row.
fn five() -> [u64; 5] {
    let sandbox = sandbox();
    let mut others = (103..).filter(|&id| sandbox.offer_kind(id) != Some(OfferKind::Paused));
    [16, 102, others.next().unwrap(), others.next().unwrap(), others.next().unwrap()]
}

fn ids(sandbox: &Sandbox) -> Vec<u64> {
    rows(sandbox, five()).iter().map(|row| row["offer_id"].as_u64().unwrap()).collect()
}

#[test]
fn faults_change_the_rows_of_a_batch() {
    let all = five();
    let [first, second, third, fourth, fifth] = all;
    let missing = |n| Fault::MissingRows { every: size(n) };
    let unusable = |n| Fault::UnusableRows { every: size(n) };
    for (fault, expected) in [
        (missing(2), vec![first, third, fifth]),
        (missing(3), vec![first, second, fourth, fifth]),
        (missing(1), vec![]),
        (missing(6), all.to_vec()),
        (unusable(2), vec![first, 0, third, 0, fifth]),
        (unusable(1), vec![0; 5]),
        (unusable(6), all.to_vec()),
        (Fault::DuplicateRows, all.map(|id| [id, id]).concat()),
        (Fault::ExtraRows { ids: vec![900, 102] }, vec![first, second, third, fourth, fifth, 900, 102]),
        (Fault::ExtraRows { ids: vec![] }, all.to_vec()),
        (Fault::RowLimit { rows: 3 }, all[..3].to_vec()),
        (Fault::RowLimit { rows: 5 }, all.to_vec()),
        (Fault::TruncatedIds { ids: size(3) }, all[..3].to_vec()),
        (Fault::TruncatedIds { ids: size(5) }, all.to_vec()),
        (Fault::RepeatedPage, all.to_vec()),
        (Fault::MovingTotals, all.to_vec()),
    ] {
        let sandbox = always([fault.clone()]);
        assert_eq!(ids(&sandbox), expected, "{fault:?}");
        assert_eq!(sandbox.fired(), [u64::from(expected != five())], "{fault:?}");
    }
}

#[test]
fn extra_rows_are_copies_of_the_first() {
    let sandbox = always([Fault::ExtraRows { ids: vec![900] }]);
    let answered = rows(&sandbox, [16, 102]);
    let mut extra = answered[0].clone();
    extra["offer_id"] = json!(900);
    assert_eq!(answered[2], extra);
    assert_eq!((rows(&sandbox, [0]).len(), sandbox.fired()), (0, vec![1]));
}

#[test]
fn truncated_ids_are_not_even_parsed() {
    let sandbox = always([Fault::TruncatedIds { ids: size(3) }]);
    for (ids, count) in [("16,16,16,102", 1), ("0%2C0%2c0,16", 0), ("16,102,1,x", 3)] {
        let data = data(&sandbox, &format!("/aff/v1/batches/offers/tracking_links/{ids}"));
        assert_eq!(data["tracking_link"].as_array().unwrap().len(), count, "{ids}");
    }
    get(&sandbox, "/aff/v1/offers/16,102,1,2/tracking_links").assert_refused(400);
    let applied = send_body(&sandbox, Method::POST, "/aff/v1/batches/offers/applys/16,102,0,1,2", "").json();
    assert_eq!(applied["data"]["offer_application"].as_array().unwrap().len(), 2);
    assert_eq!(sandbox.affiliate_status(2), crate::client::sandbox().affiliate_status(2), "not applied for");
    assert_eq!(sandbox.fired(), [4]);
}

#[test]
fn a_renamed_key_holds_the_same_value() {
    let (plain, faulty) = (sandbox(), always([Fault::RenamedKey { to: "links".to_owned() }]));
    for (path, key) in [
        (batch_path(five()).as_str(), "tracking_link"),
        ("/aff/v1/offers/16/caps", "offer_cap"),
        ("/aff/v1/offer_postbacks", "rowset"),
    ] {
        let expected = get(&plain, path).text.replacen(&format!("\"{key}\""), "\"links\"", 1);
        assert_eq!(get(&faulty, path).text, expected);
    }
    get(&faulty, "/aff/v1/offers/0").assert_refused(404);
    assert_eq!(faulty.fired(), [3]);
}

#[test]
fn ids_become_strings_and_nothing_else_changes() {
    let sandbox = always([Fault::IdsAsStrings]);
    let plain = get(&crate::client::sandbox(), &batch_path(five())).text;
    let mut expected = plain.clone();
    for id in five() {
        expected = expected.replace(&format!(r#""offer_id":{id},"#), &format!(r#""offer_id":"{id}","#));
    }
    assert_ne!(plain, expected);
    assert_eq!((get(&sandbox, &batch_path(five())).text, sandbox.fired()), (expected, vec![1]));
}

#[test]
fn faults_of_rows_leave_single_rows_and_errors_unchanged() {
    let path = "/aff/v1/offers/16/tracking_links";
    let sandbox = always([
        Fault::MissingRows { every: size(1) },
        Fault::UnusableRows { every: size(1) },
        Fault::DuplicateRows,
        Fault::RowLimit { rows: 0 },
        Fault::ExtraRows { ids: vec![1] },
        Fault::TruncatedIds { ids: size(1) },
        Fault::MovingTotals,
    ]);
    assert_eq!(get(&sandbox, path).text, get(&crate::client::sandbox(), path).text);
    get(&sandbox, "/aff/v1/batches/offers/tracking_links/x").assert_refused(400);
    get(&sandbox, "/aff/v1/offers/0").assert_refused(404);
    assert_eq!(sandbox.fired(), [0; 7]);
}

#[test]
fn rules_apply_in_their_order() {
    let limit = || Fault::RowLimit { rows: 2 };
    assert_eq!(ids(&always([limit(), Fault::DuplicateRows])), [16, 16, 102, 102]);
    assert_eq!(ids(&always([Fault::DuplicateRows, limit()])), [16, 16]);
    let both = always([Fault::IdsAsStrings, Fault::DuplicateRows]);
    let ids: Vec<Value> = rows(&both, [16, 102]).into_iter().map(|row| row["offer_id"].clone()).collect();
    assert_eq!(ids, ["16", "16", "102", "102"]);
}
