use offerslook_sandbox::{AffiliateStatus, Fault, Faults, OfferKind, Route, Rule, Sandbox, SandboxConfig};
use serde_json::{Value, json};
use ureq::http::Method;

use crate::client::{Answer, batch_path, data, get, rows, sandbox, send, send_body};

const FAULTS: &str = "/sandbox/v1/faults";
const APPLICATIONS: &str = "/sandbox/v1/applications";

/// Sends a body to one of the control routes.
fn tell(sandbox: &Sandbox, method: Method, path: &str, body: &str) -> (u16, Value) {
    let answer = send_body(sandbox, method, path, body);
    (answer.status(), answer.json())
}

fn listed(answer: &Answer) -> Value {
    assert_eq!(answer.status(), 200, "{}", answer.text);
    assert_eq!(answer.json()["code"], 0);
    answer.json()["data"]["faults"].clone()
}

#[test]
fn faults_are_listed_with_their_counts() {
    let faults = Faults::seeded(7)
        .rule(Rule::new(Fault::DuplicateRows).on(Route::GetTrackingLinks).calls([1]))
        .rule(Rule::new(Fault::RateLimited { retry_after: Some(3) }).after(1));
    let sandbox = Sandbox::start(SandboxConfig::default().faults(faults)).unwrap();
    assert_eq!(rows(&sandbox, [16]).len(), 2);
    for _ in 0..2 {
        get(&sandbox, &batch_path([16])).assert_refused(429);
    }
    assert_eq!(
        listed(&get(&sandbox, FAULTS)),
        json!({
            "seed": 7,
            "rules": [
                {"route": "get_tracking_links", "when": {"calls": [1]}, "fault": {"kind": "duplicate_rows"}},
                {"when": {"after": 1}, "fault": {"kind": "rate_limited", "retry_after": 3}},
            ],
            "fired": [1, 2],
        })
    );
}

#[test]
fn faults_are_replaced_added_and_cleared() {
    let sandbox = sandbox();
    let (status, answer) = tell(
        &sandbox,
        Method::PUT,
        FAULTS,
        r#"{"seed": 7, "rules": [{"fault": {"kind": "duplicate_rows"}}]}"#,
    );
    assert_eq!((status, &answer["data"]["faults"]["seed"]), (200, &json!(7)));
    assert_eq!(rows(&sandbox, [16]).len(), 2);

    let (status, answer) = tell(
        &sandbox,
        Method::POST,
        FAULTS,
        r#"{"fault": {"kind": "row_limit", "rows": 1}, "when": {"every": 2}}"#,
    );
    assert_eq!((status, &answer["data"]["faults"]["fired"]), (200, &json!([1, 0])));
    assert_eq!([rows(&sandbox, [16]).len(), rows(&sandbox, [16]).len()], [2, 1]);
    assert_eq!(sandbox.fired(), [3, 1]);

    let (status, answer) = tell(&sandbox, Method::DELETE, FAULTS, "");
    assert_eq!(
        (status, answer["data"]["faults"].clone()),
        (200, json!({"seed": 0, "rules": [], "fired": []}))
    );
    assert_eq!((sandbox.faults(), rows(&sandbox, [16]).len()), (Faults::default(), 1));
}

#[test]
fn a_body_that_is_wrong_changes_nothing() {
    let sandbox = sandbox();
    let faults = Faults::default().rule(Rule::new(Fault::DuplicateRows));
    sandbox.set_faults(faults.clone());
    for (method, body, words) in [
        (Method::PUT, "", "line 1"),
        (Method::PUT, r#"{"rules": [{"fault": {"kind": "rest"}}]}"#, "unknown variant `rest`"),
        (Method::POST, r#"{"fault": {"kind": "reset"}, "when": {"every": 0}}"#, "in `when.every`"),
        (Method::POST, r#"{"rules": []}"#, "unknown field `rules`"),
        (
            Method::PUT,
            "[]",
            "line 1, column 1: invalid type: sequence, expected a table with `seed` and `rules`",
        ),
        (Method::POST, "[]", "invalid type: sequence, expected a rule"),
        (Method::PUT, "{\"rules\": \"\u{0}\"}", "line 1"),
    ] {
        let (status, answer) = tell(&sandbox, method, FAULTS, body);
        assert_eq!((status, &answer["code"]), (400, &json!(400)), "{body}");
        assert!(answer["message"].as_str().unwrap().contains(words), "{answer}");
    }
    assert_eq!(sandbox.faults(), faults);
}

#[test]
fn a_fault_with_very_many_fields_is_refused_at_once() {
    let sandbox = sandbox();
    let fields: Vec<_> = (0..60_000).map(|number| format!("\"f{number}\": 0")).collect();
    let fields = fields.join(", ");
    for (kind, words) in [("", "missing field `kind`"), ("\"kind\": \"rest\", ", "unknown variant `rest`")] {
        let body = format!("{{\"fault\": {{{kind}{fields}}}}}");
        let (status, answer) = tell(&sandbox, Method::POST, FAULTS, &body);
        assert_eq!((status, &answer["code"]), (400, &json!(400)));
        assert!(answer["message"].as_str().unwrap().contains(words), "{answer}");
    }
}

/// `serde_json` has a key whose text it takes for JSON of its own, and its limit on depth begins anew in there.
#[test]
fn json_that_is_deeper_than_its_brackets_show_is_refused() {
    let sandbox = sandbox();
    let (open, shut) = ("[".repeat(120), "]".repeat(120));
    let mut deep = format!("{open}{shut}");
    while deep.len() < 500_000 {
        deep = format!("{open}{{\"$serde_json::private::RawValue\": {}}}{shut}", json!(deep));
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
fn a_body_that_is_too_long_is_refused() {
    let sandbox = sandbox();
    let (status, answer) = tell(&sandbox, Method::PUT, FAULTS, &" ".repeat(1_024 * 1_024 + 1));
    assert_eq!((status, &answer["code"]), (413, &json!(413)));
}

#[test]
fn arrivals_are_listed() {
    let sandbox = sandbox();
    rows(&sandbox, [16, 102]);
    get(&sandbox, "/nowhere");
    let arrivals = get(&sandbox, "/sandbox/v1/arrivals").json()["data"]["arrivals"].clone();
    assert_eq!((&arrivals["total"], arrivals["newest"].as_array().unwrap().len()), (&json!(2), 2));
    let first = &arrivals["newest"][0];
    assert_eq!(
        (&first["number"], &first["method"], &first["path"], &first["status"]),
        (&json!(1), &json!("GET"), &json!("/aff/v1/batches/offers/tracking_links/16,102"), &json!(200))
    );
    assert_eq!(first["route"], "get_tracking_links");
    assert_eq!(arrivals["newest"][1]["route"], Value::Null);
    assert!(first["after_seconds"].as_f64().unwrap() > 0.0);
}

#[test]
fn they_need_the_key_and_are_no_calls_of_the_service() {
    let faults = Faults::default().rule(Rule::new(Fault::Reset)).rule(Rule::new(Fault::KeyRevoked));
    let sandbox = Sandbox::start(SandboxConfig::default().faults(faults)).unwrap();
    for path in [FAULTS, APPLICATIONS, "/sandbox/v1/arrivals", "/sandbox/v1/nothing"] {
        send(&sandbox, Method::GET, path, None).assert_refused(401);
        send(&sandbox, Method::GET, path, Some("Basic eDp5")).assert_refused(401);
    }
    assert_eq!(get(&sandbox, FAULTS).status(), 200);
    get(&sandbox, "/sandbox/v1/nothing").assert_refused(404);
    get(&sandbox, "/sandbox/v1").assert_refused(404);
    let (status, _) = tell(&sandbox, Method::PATCH, FAULTS, "");
    assert_eq!(status, 405);
    assert_eq!((sandbox.arrivals().total, sandbox.fired()), (0, vec![0, 0]));
}

#[test]
fn an_error_in_a_body_does_not_repeat_a_secret() {
    let sandbox = sandbox();
    let body = format!("{{\"{}\": 1}}", sandbox.api_key());
    let (status, answer) = tell(&sandbox, Method::PUT, FAULTS, &body);
    assert_eq!((status, &answer["message"]), (400, &json!("[redacted]")));
}

fn decide(sandbox: &Sandbox, id: u64, status: &str) -> Answer {
    send_body(
        sandbox,
        Method::POST,
        &format!("{APPLICATIONS}/{id}"),
        &json!({ "status": status }).to_string(),
    )
}

#[test]
fn pending_applications_are_listed_and_decided() {
    let offers = r#"[
        {"id": 1, "approval": "require_approval", "affiliate_status": "pending"},
        {"id": 2, "approval": "require_approval"},
        {"id": 3, "approval": "private", "affiliate_status": "pending"},
        {"id": 4, "approval": "require_approval", "affiliate_status": "rejected"}
    ]"#;
    let config = SandboxConfig::default().without_quota().offers(0).offers_json(offers);
    let sandbox = Sandbox::start(config).unwrap();
    let pending = || data(&sandbox, APPLICATIONS);
    let row = |id| json!({"offer_id": id, "status": "pending"});
    assert_eq!(
        pending(),
        json!({"rowset": [row(1), row(3)], "totalPages": 1, "totalRows": 2, "offset": 1, "limit": 20})
    );
    send_body(&sandbox, Method::POST, "/aff/v1/offers/2/applys", "");
    assert_eq!(pending()["rowset"], json!([row(1), row(2), row(3)]));
    assert_eq!(data(&sandbox, &format!("{APPLICATIONS}?limit=2&offset=2"))["rowset"], json!([row(3)]));

    let approved = decide(&sandbox, 2, "approved");
    assert_eq!((approved.status(), approved.json()["code"].clone()), (200, json!(0)));
    assert_eq!(approved.json()["data"], json!({"application": {"offer_id": 2, "status": "approved"}}));
    let rejected = decide(&sandbox, 1, "rejected");
    assert_eq!(rejected.json()["data"], json!({"application": {"offer_id": 1, "status": "rejected"}}));
    assert_eq!(
        [1, 2].map(|id| sandbox.affiliate_status(id)),
        [Some(AffiliateStatus::Rejected), Some(AffiliateStatus::Approved)]
    );
    assert_eq!(pending()["rowset"], json!([row(3)]));
    assert_eq!(rows(&sandbox, [2])[0]["url"], "https://click.sandbox.example/index.php?offer_id=2&aff_id=40");
}

#[test]
fn only_what_is_pending_can_be_decided() {
    let sandbox = sandbox();
    let not_applied = (103..=5_000).find(|&id| {
        sandbox.offer_kind(id) == Some(OfferKind::NotApproved)
            && sandbox.affiliate_status(id) == Some(AffiliateStatus::NotApplied)
    });
    let not_applied = not_applied.unwrap();
    for (id, words) in [(16, "it is approved"), (not_applied, "it is not applied for")] {
        let refused = decide(&sandbox, id, "rejected");
        refused.assert_refused(409);
        assert!(refused.text.contains(words), "{}", refused.text);
    }
    for id in [0, 5_001] {
        decide(&sandbox, id, "approved").assert_refused(404);
    }
    assert_eq!(sandbox.affiliate_status(16), Some(AffiliateStatus::Approved));
}

#[test]
fn a_decision_that_is_wrong_changes_nothing() {
    let sandbox = sandbox();
    sandbox.set_affiliate_status(3, AffiliateStatus::Pending).unwrap();
    let path = format!("{APPLICATIONS}/3");
    for (body, words) in [
        ("", "line 1"),
        ("[]", "expected an object with `status`"),
        ("[\"approved\"]", "expected an object with `status`"),
        ("{}", "missing field `status`"),
        (
            r#"{"status": "pending"}"#,
            "in `status`: unknown variant `pending`, expected `approved` or `rejected`",
        ),
        (r#"{"status": "approved", "why": 1}"#, "unknown field `why`"),
    ] {
        let refused = send_body(&sandbox, Method::POST, &path, body);
        refused.assert_refused(400);
        assert!(refused.json()["message"].as_str().unwrap().contains(words), "{}", refused.text);
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
