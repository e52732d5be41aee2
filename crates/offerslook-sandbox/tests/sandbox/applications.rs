use offerslook_sandbox::{AffiliateStatus, ApplicationRule, OfferKind, Sandbox, SandboxConfig};
use serde_json::json;
use ureq::http::Method;

use crate::client::{Answer, call, documented, first, get, rows, sandbox, send, some, start};

fn post(sandbox: &Sandbox, path: &str) -> Answer {
    call(sandbox, Method::POST, path)
}

fn apply(sandbox: &Sandbox, id: u64) -> Answer {
    post(sandbox, &format!("/aff/v1/offers/{id}/applys"))
}

fn batch(sandbox: &Sandbox, ids: &[u64]) -> Answer {
    let ids: Vec<_> = ids.iter().map(u64::to_string).collect();
    post(sandbox, &format!("/aff/v1/batches/offers/applys/{}", ids.join(",")))
}

/// The status of an application that has to be accepted.
#[track_caller]
fn status(sandbox: &Sandbox, id: u64) -> String {
    let answer = apply(sandbox, id);
    answer.assert_ok();
    answer.json()["data"]["offer_application"]["status"].as_str().unwrap().to_owned()
}

fn has_link(sandbox: &Sandbox, id: u64) -> bool {
    rows(sandbox, [id])[0]["url"] != "Need to apply"
}

/// A sandbox with a rule, and an offer that requires approval.
fn with_rule(rule: ApplicationRule) -> (Sandbox, u64) {
    let sandbox = start(SandboxConfig::default().applications(rule));
    let id = first(&sandbox, OfferKind::NotApproved);
    (sandbox, id)
}

#[test]
fn responses_match_the_reference() {
    let sandbox = sandbox();
    assert_eq!(apply(&sandbox, first(&sandbox, OfferKind::NotApproved)).json(), documented("offer_apply"));
    let offers = r#"[{"id": 536}, {"id": 537}, {"id": 538}, {"id": 543, "approval": "require_approval"},
        {"id": 544, "approval": "require_approval"}]"#;
    let sandbox = start(SandboxConfig::default().offers_json(offers));
    assert_eq!(batch(&sandbox, &[536, 537, 538, 543, 544]).json(), documented("batch_apply"));
}

#[test]
fn a_public_offer_is_approved_at_once() {
    let (sandbox, _) = with_rule(ApplicationRule::RejectedAfter(0));
    let id = first(&sandbox, OfferKind::Public);
    assert_eq!(sandbox.affiliate_status(id), Some(AffiliateStatus::NotApplied));
    assert_eq!(status(&sandbox, id), "approved");
    assert_eq!(sandbox.affiliate_status(id), Some(AffiliateStatus::Approved));
    assert!(has_link(&sandbox, id));
}

#[test]
fn an_application_is_pending_until_it_is_decided_and_a_repeat_changes_nothing() {
    let sandbox = sandbox();
    let [yes, no] = some(&sandbox, OfferKind::NotApproved);
    for _ in 0..2 {
        assert_eq!([yes, no, 16].map(|id| status(&sandbox, id)), ["pending", "pending", "approved"]);
        assert_eq!([yes, no].map(|id| has_link(&sandbox, id)), [false; 2]);
    }
    assert_eq!(sandbox.approve(yes), Some(AffiliateStatus::Approved));
    assert_eq!(sandbox.reject(no), Some(AffiliateStatus::Rejected));
    for _ in 0..2 {
        assert_eq!([yes, no].map(|id| status(&sandbox, id)), ["approved", "rejected"]);
        assert_eq!([yes, no].map(|id| has_link(&sandbox, id)), [true, false]);
    }
    let expected = json!([{"offer_id": no, "status": "rejected"}, {"offer_id": yes, "status": "approved"}]);
    assert_eq!(batch(&sandbox, &[no, yes, no]).json()["data"]["offer_application"], expected);
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
fn a_rule_decides_at_once_or_after_some_calls() {
    for (rule, expected) in [
        (ApplicationRule::ApprovedAfter(0), ["approved", "approved"]),
        (ApplicationRule::RejectedAfter(0), ["rejected", "rejected"]),
        (ApplicationRule::RejectedAfter(1), ["pending", "rejected"]),
        (ApplicationRule::ApprovedAfter(u64::MAX), ["pending", "pending"]),
    ] {
        let (sandbox, id) = with_rule(rule);
        get(&sandbox, "/");
        assert_eq!([status(&sandbox, id), status(&sandbox, id)], expected, "{rule:?}");
        assert_eq!(has_link(&sandbox, id), expected[0] == "approved");
    }

    let (sandbox, id) = with_rule(ApplicationRule::ApprovedAfter(3));
    // A repeat does not restart the count, and a call that a check refuses does not count.
    assert_eq!([status(&sandbox, id), status(&sandbox, id)], ["pending", "pending"]);
    send(&sandbox, Method::GET, "/", None).assert_refused(401);
    get(&sandbox, "/nowhere").assert_refused(404);
    assert_eq!(sandbox.affiliate_status(id), Some(AffiliateStatus::Pending));
    assert!(has_link(&sandbox, id), "the third call finds it approved");
}

#[test]
fn a_rule_does_not_decide_what_was_decided_manually() {
    let (sandbox, id) = with_rule(ApplicationRule::ApprovedAfter(1));
    assert_eq!(status(&sandbox, id), "pending");
    sandbox.reject(id);
    assert_eq!([status(&sandbox, id), status(&sandbox, id)], ["rejected", "rejected"]);
}

#[test]
fn offers_may_have_their_own_rules() {
    let ids: [u64; 3] = some(&sandbox(), OfferKind::NotApproved);
    let config = SandboxConfig::default()
        .applications(ApplicationRule::ApprovedAfter(0))
        .applications_for([ids[1]], ApplicationRule::RejectedAfter(0))
        .applications_for([ids[2]], ApplicationRule::Manual);
    let rows = batch(&start(config), &ids).json()["data"]["offer_application"].clone();
    let statuses: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["status"].clone()).collect();
    assert_eq!(statuses, ["approved", "rejected", "pending"]);
}

#[test]
fn nobody_can_apply_for_a_paused_private_or_unknown_offer() {
    let private = 5_002;
    let sandbox = start(SandboxConfig::default().offers_json(r#"[{"id": 5002, "approval": "private"}]"#));
    let refused = [first(&sandbox, OfferKind::Paused), private, 5_001, 0, u64::MAX];
    let before = refused.map(|id| sandbox.affiliate_status(id));
    for id in refused {
        apply(&sandbox, id).assert_refused(404);
    }
    let answer = batch(&sandbox, &[&refused[..2], &[16], &refused[2..]].concat()).json();
    assert_eq!(answer["data"]["offer_application"], json!([{"offer_id": 16, "status": "approved"}]));
    assert_eq!(refused.map(|id| sandbox.affiliate_status(id)), before);

    sandbox.set_affiliate_status(private, AffiliateStatus::Approved);
    assert_eq!(status(&sandbox, private), "approved");
}

#[test]
fn a_batch_has_at_most_100_ids() {
    let sandbox = sandbox();
    let ids: Vec<u64> = (1..=101).collect();
    let is_pending = |&id: &u64| sandbox.affiliate_status(id) == Some(AffiliateStatus::Pending);
    let refused = batch(&sandbox, &ids);
    refused.assert_refused(400);
    assert!(refused.text.contains("at most 100"), "{}", refused.text);
    assert!(!ids.iter().any(is_pending), "without effect");
    batch(&sandbox, &ids[..100]).assert_ok();
    assert!(ids.iter().any(is_pending));
}

#[test]
fn malformed_calls_are_refused() {
    let sandbox = sandbox();
    for path in ["offers/x/applys", "offers/16,102/applys", "batches/offers/applys/16,,1"] {
        post(&sandbox, &format!("/aff/v1/{path}")).assert_refused(400);
    }
    for path in ["/aff/v1/offers/16/applys", "/aff/v1/batches/offers/applys/16"] {
        get(&sandbox, path).assert_refused(405);
    }
}
