use offerslook_sandbox::{AffiliateStatus, ApplicationRule, OfferKind, Sandbox, SandboxConfig};
use serde_json::json;
use ureq::http::Method;

use crate::{
    client::{Answer, call, get, rows, sandbox, send},
    documented::documented,
};

fn post(sandbox: &Sandbox, path: &str) -> Answer {
    call(sandbox, Method::POST, path)
}

fn apply(sandbox: &Sandbox, id: u64) -> Answer {
    post(sandbox, &format!("/aff/v1/offers/{id}/applys"))
}

fn batch_path(ids: &[u64]) -> String {
    let ids: Vec<_> = ids.iter().map(u64::to_string).collect();
    format!("/aff/v1/batches/offers/applys/{}", ids.join(","))
}

/// The status of an application that has to be taken.
#[track_caller]
fn status(sandbox: &Sandbox, id: u64) -> String {
    let answer = apply(sandbox, id);
    assert_eq!(answer.status(), 200, "{}", answer.text);
    answer.json()["data"]["offer_application"]["status"].as_str().unwrap().to_owned()
}

/// The first offers of that kind that are not documented.
fn some(sandbox: &Sandbox, kind: OfferKind, count: usize) -> Vec<u64> {
    (103..=5_000).filter(|&id| sandbox.offer_kind(id) == Some(kind)).take(count).collect()
}

fn first(sandbox: &Sandbox, kind: OfferKind) -> u64 {
    some(sandbox, kind, 1)[0]
}

fn has_link(sandbox: &Sandbox, id: u64) -> bool {
    rows(sandbox, [id])[0]["url"] != "Need to apply"
}

fn ruled(rule: ApplicationRule) -> (Sandbox, u64) {
    let sandbox = Sandbox::start(SandboxConfig::default().applications(rule)).unwrap();
    let id = first(&sandbox, OfferKind::NotApproved);
    (sandbox, id)
}

#[test]
fn the_answers_are_as_documented() {
    let sandbox = sandbox();
    assert_eq!(apply(&sandbox, first(&sandbox, OfferKind::NotApproved)).json(), documented("offer_apply"));

    let offers = r#"[{"id": 536}, {"id": 537}, {"id": 538}, {"id": 543, "approval": "require_approval"},
        {"id": 544, "approval": "require_approval"}]"#;
    let sandbox = Sandbox::start(SandboxConfig::default().offers_json(offers)).unwrap();
    assert_eq!(post(&sandbox, &batch_path(&[536, 537, 538, 543, 544])).json(), documented("batch_apply"));
}

#[test]
fn a_public_offer_is_approved_at_once() {
    let (sandbox, _) = ruled(ApplicationRule::RejectedAfter(0));
    let id = first(&sandbox, OfferKind::Public);
    assert_eq!(sandbox.affiliate_status(id), Some(AffiliateStatus::NotApplied));
    assert_eq!(status(&sandbox, id), "approved");
    assert_eq!(sandbox.affiliate_status(id), Some(AffiliateStatus::Approved));
    assert!(has_link(&sandbox, id));
}

#[test]
fn an_application_stays_pending_until_it_is_decided_by_hand() {
    let sandbox = sandbox();
    let [yes, no] = some(&sandbox, OfferKind::NotApproved, 2)[..] else { panic!("too few offers") };
    for id in [yes, no] {
        assert_eq!(status(&sandbox, id), "pending");
        assert!(!has_link(&sandbox, id));
    }
    assert_eq!(sandbox.approve(yes), Some(AffiliateStatus::Approved));
    assert_eq!(sandbox.reject(no), Some(AffiliateStatus::Rejected));
    assert_eq!([yes, no].map(|id| has_link(&sandbox, id)), [true, false]);
}

#[test]
fn a_repeated_application_tells_how_the_first_stands_and_changes_nothing() {
    let sandbox = sandbox();
    let [yes, no] = some(&sandbox, OfferKind::NotApproved, 2)[..] else { panic!("too few offers") };
    for _ in 0..2 {
        assert_eq!([yes, no, 16].map(|id| status(&sandbox, id)), ["pending", "pending", "approved"]);
    }
    sandbox.approve(yes);
    sandbox.reject(no);
    for _ in 0..2 {
        assert_eq!([yes, no].map(|id| status(&sandbox, id)), ["approved", "rejected"]);
    }
    let rows = post(&sandbox, &batch_path(&[no, yes, no])).json()["data"]["offer_application"].clone();
    assert_eq!(
        rows,
        json!([{"offer_id": no, "status": "rejected"}, {"offer_id": yes, "status": "approved"}])
    );
}

#[test]
fn only_a_pending_application_is_decided() {
    let sandbox = sandbox();
    let id = first(&sandbox, OfferKind::NotApproved);
    assert_eq!(sandbox.approve(id), Some(AffiliateStatus::NotApplied));
    assert_eq!(status(&sandbox, id), "pending");
    assert_eq!(sandbox.reject(id), Some(AffiliateStatus::Rejected));
    assert_eq!(sandbox.approve(id), Some(AffiliateStatus::Rejected));
    assert_eq!((sandbox.approve(5_001), sandbox.reject(0)), (None, None));
}

#[test]
fn a_rule_decides_at_once() {
    for (rule, word) in
        [(ApplicationRule::ApprovedAfter(0), "approved"), (ApplicationRule::RejectedAfter(0), "rejected")]
    {
        let (sandbox, id) = ruled(rule);
        assert_eq!(status(&sandbox, id), word);
        assert_eq!(has_link(&sandbox, id), word == "approved");
    }
}

#[test]
fn a_rule_decides_after_some_calls() {
    let (sandbox, id) = ruled(ApplicationRule::ApprovedAfter(3));
    assert_eq!(status(&sandbox, id), "pending");
    // A repetition does not begin anew, and what is refused by a check does not count.
    assert_eq!(status(&sandbox, id), "pending");
    send(&sandbox, Method::GET, "/", None).assert_refused(401);
    get(&sandbox, "/nowhere").assert_refused(404);
    assert_eq!(sandbox.affiliate_status(id), Some(AffiliateStatus::Pending));
    assert!(has_link(&sandbox, id), "the third call finds it approved");

    let (sandbox, id) = ruled(ApplicationRule::RejectedAfter(1));
    assert_eq!([status(&sandbox, id), status(&sandbox, id)], ["pending", "rejected"]);

    let (sandbox, id) = ruled(ApplicationRule::ApprovedAfter(u64::MAX));
    get(&sandbox, "/");
    assert_eq!([status(&sandbox, id), status(&sandbox, id)], ["pending", "pending"]);
}

#[test]
fn what_is_decided_by_hand_is_not_decided_again() {
    let (sandbox, id) = ruled(ApplicationRule::ApprovedAfter(1));
    assert_eq!(status(&sandbox, id), "pending");
    sandbox.reject(id);
    assert_eq!([status(&sandbox, id), status(&sandbox, id)], ["rejected", "rejected"]);
}

#[test]
fn offers_may_have_rules_of_their_own() {
    let any = sandbox();
    let ids = some(&any, OfferKind::NotApproved, 3);
    let config = SandboxConfig::default()
        .applications(ApplicationRule::ApprovedAfter(0))
        .applications_for(ids[1..2].iter().copied(), ApplicationRule::RejectedAfter(0))
        .applications_for([ids[2]], ApplicationRule::Manual);
    let sandbox = Sandbox::start(config).unwrap();
    let rows = post(&sandbox, &batch_path(&ids)).json()["data"]["offer_application"].clone();
    let statuses: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["status"].clone()).collect();
    assert_eq!(statuses, ["approved", "rejected", "pending"]);
}

#[test]
fn nobody_can_apply_for_what_is_paused_private_or_unknown() {
    let private = 5_002;
    let offers = r#"[{"id": 5002, "approval": "private"}]"#;
    let sandbox = Sandbox::start(SandboxConfig::default().offers_json(offers)).unwrap();
    let paused = first(&sandbox, OfferKind::Paused);
    let refused = [paused, private, 5_001, 0, u64::MAX];
    let standings = refused.map(|id| sandbox.affiliate_status(id));
    for id in refused {
        apply(&sandbox, id).assert_refused(404);
    }
    let mut ids = refused.to_vec();
    ids.insert(2, 16);
    let answer = post(&sandbox, &batch_path(&ids)).json();
    assert_eq!(answer["data"]["offer_application"], json!([{"offer_id": 16, "status": "approved"}]));
    assert_eq!(refused.map(|id| sandbox.affiliate_status(id)), standings);

    sandbox.set_affiliate_status(private, AffiliateStatus::Approved);
    assert_eq!(status(&sandbox, private), "approved");
}

#[test]
fn a_batch_carries_at_most_a_hundred_ids() {
    let sandbox = sandbox();
    let ids: Vec<u64> = (1..=101).collect();
    let refused = post(&sandbox, &batch_path(&ids));
    refused.assert_refused(400);
    assert!(refused.text.contains("at most 100"), "{}", refused.text);
    assert!(
        ids.iter().all(|&id| sandbox.affiliate_status(id) != Some(AffiliateStatus::Pending)),
        "nothing was done"
    );
    assert_eq!(post(&sandbox, &batch_path(&ids[..100])).status(), 200);
    assert!(ids.iter().any(|&id| sandbox.affiliate_status(id) == Some(AffiliateStatus::Pending)));
}

#[test]
fn malformed_calls_are_refused() {
    let sandbox = sandbox();
    for path in
        ["/aff/v1/offers/x/applys", "/aff/v1/offers/16,102/applys", "/aff/v1/batches/offers/applys/16,,1"]
    {
        post(&sandbox, path).assert_refused(400);
    }
    for path in ["/aff/v1/offers/16/applys", "/aff/v1/batches/offers/applys/16"] {
        get(&sandbox, path).assert_refused(405);
    }
}
