use offerslook_sandbox::{AffiliateStatus, Fault, Faults, OfferKind, Route, Rule, Sandbox, SandboxConfig};
use serde_json::{Value, json};
use ureq::http::Method;

use crate::client::{Answer, batch_path, data, first, get, rows, sandbox, send, send_body, with_offers};

const FAULTS: &str = "/sandbox/v1/faults";
const APPLICATIONS: &str = "/sandbox/v1/applications";

/// The faults after a request that has to succeed.
#[track_caller]
fn faults(sandbox: &Sandbox, method: Method, body: &str) -> Value {
    let answer = send_body(sandbox, method, FAULTS, body);
    answer.assert_ok();
    answer.json()["data"]["faults"].clone()
}

#[track_caller]
fn assert_message(answer: &Answer, status: u16, words: &str) {
    answer.assert_refused(status);
    assert!(answer.json()["message"].as_str().unwrap().contains(words), "{words}: {}", answer.text);
}

#[test]
fn faults_are_listed_with_their_counts() {
    let rules = Faults::seeded(7)
        .rule(Rule::new(Fault::DuplicateRows).on(Route::GetTrackingLinks).calls([1]))
        .rule(Rule::new(Fault::RateLimited { retry_after: Some(3) }).after(1));
    let sandbox = Sandbox::start(SandboxConfig::default().faults(rules)).unwrap();
    assert_eq!(rows(&sandbox, [16]).len(), 2);
    for _ in 0..2 {
        get(&sandbox, &batch_path([16])).assert_refused(429);
    }
    let expected = json!({
        "seed": 7,
        "rules": [
            {"route": "get_tracking_links", "when": {"calls": [1]}, "fault": {"kind": "duplicate_rows"}},
            {"when": {"after": 1}, "fault": {"kind": "rate_limited", "retry_after": 3}},
        ],
        "fired": [1, 2],
    });
    assert_eq!(data(&sandbox, FAULTS)["faults"], expected);
}

#[test]
fn faults_are_replaced_added_and_removed() {
    let sandbox = sandbox();
    let body = r#"{"seed": 7, "rules": [{"fault": {"kind": "duplicate_rows"}}]}"#;
    assert_eq!(faults(&sandbox, Method::PUT, body)["seed"], 7);
    assert_eq!(rows(&sandbox, [16]).len(), 2);

    let body = r#"{"fault": {"kind": "row_limit", "rows": 1}, "when": {"every": 2}}"#;
    assert_eq!(faults(&sandbox, Method::POST, body)["fired"], json!([1, 0]));
    assert_eq!([rows(&sandbox, [16]).len(), rows(&sandbox, [16]).len()], [2, 1]);
    assert_eq!(sandbox.fired(), [3, 1]);

    assert_eq!(faults(&sandbox, Method::DELETE, ""), json!({"seed": 0, "rules": [], "fired": []}));
    assert_eq!((sandbox.faults(), rows(&sandbox, [16]).len()), (Faults::default(), 1));
}

#[test]
fn an_invalid_body_changes_nothing() {
    let sandbox = sandbox();
    let before = Faults::default().rule(Rule::new(Fault::DuplicateRows));
    sandbox.set_faults(before.clone());
    let fields: Vec<_> = (0..60_000).map(|number| format!("\"f{number}\": 0")).collect();
    let many = |kind: &str| format!("{{\"fault\": {{{kind}{}}}}}", fields.join(", "));
    let list = "line 1, column 1: invalid type: sequence, expected a table with `seed` and `rules`";
    for (method, body, words) in [
        (Method::PUT, "", "line 1"),
        (Method::PUT, r#"{"rules": [{"fault": {"kind": "rest"}}]}"#, "unknown variant `rest`"),
        (Method::POST, r#"{"fault": {"kind": "reset"}, "when": {"every": 0}}"#, "in `when.every`"),
        (Method::POST, r#"{"rules": []}"#, "unknown field `rules`"),
        (Method::PUT, "[]", list),
        (Method::POST, "[]", "invalid type: sequence, expected a rule"),
        (Method::PUT, "{\"rules\": \"\u{0}\"}", "line 1"),
        // Very many fields have to be refused quickly.
        (Method::POST, &many(""), "missing field `kind`"),
        (Method::POST, &many("\"kind\": \"rest\", "), "unknown variant `rest`"),
    ] {
        assert_message(&send_body(&sandbox, method, FAULTS, body), 400, words);
    }
    let long = " ".repeat(1_024 * 1_024 + 1);
    send_body(&sandbox, Method::PUT, FAULTS, &long).assert_refused(413);
    assert_eq!(sandbox.faults(), before);
}

/// `serde_json` parses the text under one private key as more JSON, with a new limit on the depth.
#[test]
fn json_that_is_deeper_than_its_brackets_show_is_refused() {
    let sandbox = sandbox();
    let (open, close) = ("[".repeat(120), "]".repeat(120));
    let mut deep = format!("{open}{close}");
    while deep.len() < 500_000 {
        deep = format!("{open}{{\"$serde_json::private::RawValue\": {}}}{close}", json!(deep));
    }
    for (method, path, body) in [
        (Method::POST, FAULTS, format!("{{\"fault\": {{\"kind\": {deep}}}}}")),
        (Method::PUT, "/aff/v1/offer_postbacks/51", format!("{{\"code\": {deep}}}")),
        (Method::POST, "/aff/v1/offer_postbacks", format!("{{\"offer_id\": {deep}}}")),
    ] {
        send_body(&sandbox, method, path, &body).assert_refused(400);
    }
}

#[test]
fn arrivals_are_listed() {
    let sandbox = sandbox();
    rows(&sandbox, [16, 102]);
    get(&sandbox, "/nowhere");
    let arrivals = data(&sandbox, "/sandbox/v1/arrivals")["arrivals"].clone();
    let mut newest = arrivals["newest"].as_array().unwrap().clone();
    for arrival in &mut newest {
        assert!(arrival["after_seconds"].take().as_f64().unwrap() > 0.0);
    }
    let row = |number: u32, path: &str, route: Value, status: u16| {
        json!({"number": number, "after_seconds": null, "method": "GET", "path": path, "route": route,
            "status": status})
    };
    let path = "/aff/v1/batches/offers/tracking_links/16,102";
    let expected = [row(1, path, json!("get_tracking_links"), 200), row(2, "/nowhere", Value::Null, 404)];
    assert_eq!((&arrivals["total"], newest), (&json!(2), expected.to_vec()));
}

#[test]
fn requests_need_the_key_and_are_no_calls_of_the_service() {
    let faults = Faults::default().rule(Rule::new(Fault::Reset)).rule(Rule::new(Fault::KeyRevoked));
    let sandbox = Sandbox::start(SandboxConfig::default().faults(faults)).unwrap();
    for path in [FAULTS, APPLICATIONS, "/sandbox/v1/arrivals", "/sandbox/v1/nothing"] {
        send(&sandbox, Method::GET, path, None).assert_refused(401);
        send(&sandbox, Method::GET, path, Some("Basic eDp5")).assert_refused(401);
    }
    get(&sandbox, FAULTS).assert_ok();
    get(&sandbox, "/sandbox/v1/nothing").assert_refused(404);
    get(&sandbox, "/sandbox/v1").assert_refused(404);
    send_body(&sandbox, Method::PATCH, FAULTS, "").assert_refused(405);
    assert_eq!((sandbox.arrivals().total, sandbox.fired()), (0, vec![0, 0]));
}

#[test]
fn a_message_does_not_quote_a_secret() {
    let sandbox = sandbox();
    let body = format!("{{\"{}\": 1}}", sandbox.api_key());
    assert_eq!(send_body(&sandbox, Method::PUT, FAULTS, &body).json()["message"], "[redacted]");
}

fn decide(sandbox: &Sandbox, id: u64, status: &str) -> Answer {
    let body = json!({ "status": status }).to_string();
    send_body(sandbox, Method::POST, &format!("{APPLICATIONS}/{id}"), &body)
}

#[test]
fn pending_applications_are_listed_and_decided() {
    let sandbox = with_offers(
        r#"[
        {"id": 1, "approval": "require_approval", "affiliate_status": "pending"},
        {"id": 2, "approval": "require_approval"},
        {"id": 3, "approval": "private", "affiliate_status": "pending"},
        {"id": 4, "approval": "require_approval", "affiliate_status": "rejected"}
    ]"#,
    );
    let pending = || data(&sandbox, APPLICATIONS);
    let row = |id| json!({"offer_id": id, "status": "pending"});
    assert_eq!(
        pending(),
        json!({"rowset": [row(1), row(3)], "totalPages": 1, "totalRows": 2, "offset": 1, "limit": 20})
    );
    send_body(&sandbox, Method::POST, "/aff/v1/offers/2/applys", "").assert_ok();
    assert_eq!(pending()["rowset"], json!([row(1), row(2), row(3)]));
    assert_eq!(data(&sandbox, &format!("{APPLICATIONS}?limit=2&offset=2"))["rowset"], json!([row(3)]));

    for (id, status) in [(2, "approved"), (1, "rejected")] {
        let expected = json!({"application": {"offer_id": id, "status": status}});
        assert_eq!(decide(&sandbox, id, status).json()["data"], expected);
    }
    let statuses = [1, 2].map(|id| sandbox.affiliate_status(id).unwrap());
    assert_eq!(statuses, [AffiliateStatus::Rejected, AffiliateStatus::Approved]);
    assert_eq!(pending()["rowset"], json!([row(3)]));
    assert_eq!(rows(&sandbox, [2])[0]["url"], "https://click.sandbox.example/index.php?offer_id=2&aff_id=40");
}

#[test]
fn only_a_pending_application_can_be_decided() {
    let sandbox = sandbox();
    let not_applied = first(&sandbox, OfferKind::NotApproved);
    assert_eq!(sandbox.affiliate_status(not_applied), Some(AffiliateStatus::NotApplied));
    for (id, words) in [(16, "it is approved"), (not_applied, "it is not applied for")] {
        assert_message(&decide(&sandbox, id, "rejected"), 409, words);
    }
    for id in [0, 5_001] {
        decide(&sandbox, id, "approved").assert_refused(404);
    }
    assert_eq!(sandbox.affiliate_status(16), Some(AffiliateStatus::Approved));
}

#[test]
fn an_invalid_decision_changes_nothing() {
    let sandbox = sandbox();
    sandbox.set_affiliate_status(3, AffiliateStatus::Pending).unwrap();
    let path = format!("{APPLICATIONS}/3");
    let unknown = "in `status`: unknown variant `pending`, expected `approved` or `rejected`";
    for (body, words) in [
        ("", "line 1"),
        ("[]", "expected an object with `status`"),
        ("[\"approved\"]", "expected an object with `status`"),
        ("{}", "missing field `status`"),
        (r#"{"status": "pending"}"#, unknown),
        (r#"{"status": "approved", "why": 1}"#, "unknown field `why`"),
    ] {
        assert_message(&send_body(&sandbox, Method::POST, &path, body), 400, words);
    }
    for id in ["x", "3,4", "-1"] {
        let path = format!("{APPLICATIONS}/{id}");
        send_body(&sandbox, Method::POST, &path, r#"{"status": "approved"}"#).assert_refused(400);
    }
    get(&sandbox, &path).assert_refused(405);
    for query in ["limit=0", "limit=1001", "sort=-id", "filters[offer_id]=3"] {
        get(&sandbox, &format!("{APPLICATIONS}?{query}")).assert_refused(400);
    }
    assert_eq!(sandbox.affiliate_status(3), Some(AffiliateStatus::Pending));
}
