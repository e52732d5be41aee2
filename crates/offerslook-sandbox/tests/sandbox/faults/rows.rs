use std::num::NonZeroUsize;

use offerslook_sandbox::{Fault, Faults, OfferKind, Rule, Sandbox};
use serde_json::{Value, json};
use ureq::http::Method;

use super::{always, faulty};
use crate::client::{batch_path, get, rows, sandbox, send_body};

/// Five ids that have a row.
fn five() -> [u64; 5] {
    let sandbox = sandbox();
    let has_row = |id: &u64| sandbox.offer_kind(*id) != Some(OfferKind::Paused);
    let mut others = (103..).filter(has_row);
    [16, 102, others.next().unwrap(), others.next().unwrap(), others.next().unwrap()]
}

fn ids(sandbox: &Sandbox) -> Vec<u64> {
    rows(sandbox, five()).iter().map(|row| row["offer_id"].as_u64().unwrap()).collect()
}

fn every(n: usize) -> Fault {
    Fault::MissingRows { every: NonZeroUsize::new(n).unwrap() }
}

#[test]
fn missing_rows_are_each_nth() {
    let five = five();
    assert_eq!(ids(&always(every(2))), [five[0], five[2], five[4]]);
    assert_eq!(ids(&always(every(3))), [five[0], five[1], five[3], five[4]]);
    assert_eq!(ids(&always(every(1))).len(), 0);
    let untouched = always(every(6));
    assert_eq!(ids(&untouched), five);
    assert_eq!(untouched.fired(), [0]);
}

#[test]
fn duplicate_rows_follow_their_first() {
    let sandbox = always(Fault::DuplicateRows);
    assert_eq!(ids(&sandbox), five().map(|id| [id, id]).concat());
    assert_eq!(sandbox.fired(), [1]);
}

#[test]
fn extra_rows_are_like_the_first() {
    let sandbox = always(Fault::ExtraRows { ids: vec![900, 102] });
    let answered = rows(&sandbox, [16, 102]);
    let mut extra = answered[0].clone();
    extra["offer_id"] = json!(900);
    assert_eq!(answered[2], extra);
    assert_eq!(ids(&sandbox), [&five()[..], &[900, 102]].concat());
    assert_eq!(sandbox.fired(), [2]);
    assert_eq!(rows(&sandbox, [0]).len(), 0);
    assert_eq!(sandbox.fired(), [2]);
}

#[test]
fn a_silent_limit_leaves_rows_out() {
    let sandbox = always(Fault::RowLimit { rows: 3 });
    assert_eq!(ids(&sandbox), five()[..3]);
    assert_eq!(rows(&sandbox, five().into_iter().take(3)).len(), 3);
    assert_eq!(sandbox.fired(), [1]);
}

#[test]
fn truncated_ids_are_ignored_without_an_error() {
    let sandbox = always(Fault::TruncatedIds { ids: NonZeroUsize::new(3).unwrap() });
    assert_eq!(ids(&sandbox), five()[..3]);
    assert_eq!(rows(&sandbox, five().into_iter().take(3)).len(), 3);
    assert_eq!(sandbox.fired(), [1]);
    for (path, count) in [("16,16,16,102", 1), ("0%2C0%2c0,16", 0), ("16,102,1,x", 3)] {
        let rows = get(&sandbox, &format!("/aff/v1/batches/offers/tracking_links/{path}")).json();
        assert_eq!(rows["data"]["tracking_link"].as_array().unwrap().len(), count, "{path}");
    }
    get(&sandbox, "/aff/v1/offers/16,102,1,2/tracking_links").assert_refused(400);
    assert_eq!(sandbox.fired(), [4]);
    let applied = send_body(&sandbox, Method::POST, "/aff/v1/batches/offers/applys/16,102,0,1,2", "").json();
    assert_eq!(applied["data"]["offer_application"].as_array().unwrap().len(), 2);
    assert_eq!(sandbox.affiliate_status(2), crate::client::sandbox().affiliate_status(2), "not applied for");
}

#[test]
fn unusable_rows_have_the_id_0() {
    for (every, expected) in [(2, [false, true, false, true, false]), (1, [true; 5])] {
        let sandbox = always(Fault::UnusableRows { every: NonZeroUsize::new(every).unwrap() });
        assert_eq!(ids(&sandbox).iter().map(|id| *id == 0).collect::<Vec<_>>(), expected);
        assert_eq!(sandbox.fired(), [1]);
    }
    let offers = always(Fault::UnusableRows { every: NonZeroUsize::MIN });
    let row = get(&offers, "/aff/v1/offers?limit=1").json()["data"]["rowset"][0]["offer"]["id"].clone();
    assert_eq!(row, 0);
}

#[test]
fn a_renamed_key_holds_the_same_value() {
    let sandbox = always(Fault::RenamedKey { to: "links".to_owned() });
    let plain = crate::client::sandbox();
    for (path, key) in [
        (batch_path(five()).as_str(), "tracking_link"),
        ("/aff/v1/offers/16/caps", "offer_cap"),
        ("/aff/v1/offer_postbacks", "rowset"),
    ] {
        let expected = get(&plain, path).text.replacen(&format!("\"{key}\""), "\"links\"", 1);
        assert_eq!(get(&sandbox, path).text, expected);
    }
    get(&sandbox, "/aff/v1/offers/0").assert_refused(404);
    assert_eq!(sandbox.fired(), [3]);
}

#[test]
fn ids_become_strings_and_nothing_else_changes() {
    let sandbox = always(Fault::IdsAsStrings);
    let plain = get(&crate::client::sandbox(), &batch_path(five())).text;
    let mut expected = plain.clone();
    for id in five() {
        expected = expected.replace(&format!(r#""offer_id":{id},"#), &format!(r#""offer_id":"{id}","#));
    }
    assert_ne!(plain, expected);
    assert_eq!(get(&sandbox, &batch_path(five())).text, expected);
    assert_eq!(sandbox.fired(), [1]);
}

#[test]
fn a_single_row_is_no_list() {
    for fault in
        [every(1), Fault::DuplicateRows, Fault::RowLimit { rows: 0 }, Fault::ExtraRows { ids: vec![1] }]
    {
        let sandbox = always(fault);
        let path = "/aff/v1/offers/16/tracking_links";
        assert_eq!(get(&sandbox, path).text, get(&crate::client::sandbox(), path).text);
        assert_eq!(sandbox.fired(), [0]);
    }
}

#[test]
fn faults_of_pages_change_nothing_else() {
    for fault in [Fault::RepeatedPage, Fault::MovingTotals] {
        let sandbox = always(fault);
        assert_eq!(ids(&sandbox), five());
        assert_eq!(sandbox.fired(), [0]);
    }
}

#[test]
fn faults_of_rows_leave_errors_alone() {
    let rules = [every(1), Fault::DuplicateRows, Fault::IdsAsStrings, Fault::MovingTotals].map(Rule::new);
    let sandbox = faulty(rules.into_iter().fold(Faults::default(), Faults::rule));
    get(&sandbox, "/aff/v1/batches/offers/tracking_links/x").assert_refused(400);
    assert_eq!(sandbox.fired(), [0, 0, 0, 0]);
}

#[test]
fn rules_apply_in_their_order() {
    let rules = |first, second| Faults::default().rule(Rule::new(first)).rule(Rule::new(second));
    let limit = || Fault::RowLimit { rows: 2 };
    assert_eq!(ids(&faulty(rules(limit(), Fault::DuplicateRows))), [16, 16, 102, 102]);
    assert_eq!(ids(&faulty(rules(Fault::DuplicateRows, limit()))), [16, 16]);
    let both = faulty(rules(Fault::IdsAsStrings, Fault::DuplicateRows));
    let ids: Vec<Value> = rows(&both, [16, 102]).into_iter().map(|row| row["offer_id"].clone()).collect();
    assert_eq!(ids, ["16", "16", "102", "102"]);
}
