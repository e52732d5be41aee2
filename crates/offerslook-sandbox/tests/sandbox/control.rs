use offerslook_sandbox::{Fault, Faults, Route, Rule, Sandbox, SandboxConfig};
use serde_json::{Value, json};
use ureq::http::Method;

use crate::client::{Answer, authorization, batch_path, exchange, get, rows, sandbox, send};

const FAULTS: &str = "/sandbox/v1/faults";

/// Sends a body to one of the control routes.
fn tell(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> (u16, Value) {
    let authorization = authorization(sandbox);
    let length = body.len();
    let answer = exchange(
        sandbox,
        format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: {authorization}\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        )
        .as_bytes(),
    );
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap())
}

fn listed(answer: &Answer) -> Value {
    assert_eq!(answer.status(), 200, "{}", answer.text);
    assert_eq!(answer.json()["code"], 0);
    answer.json()["data"]["faults"].clone()
}

#[test]
fn faults_are_listed_with_their_counts() {
    let faults = Faults::seeded(7)
        .rule(Rule::new(Fault::DuplicateRows).on(Route::BatchTrackingLinks).calls([1]))
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
                {"route": "batch_tracking_links", "when": {"calls": [1]}, "fault": {"kind": "duplicate_rows"}},
                {"when": {"after": 1}, "fault": {"kind": "rate_limited", "retry_after": 3}},
            ],
            "fired": [1, 2],
        })
    );
}

#[test]
fn faults_are_replaced_added_and_cleared() {
    let sandbox = sandbox();
    let (status, answer) =
        tell(&sandbox, "PUT", FAULTS, r#"{"seed": 7, "rules": [{"fault": {"kind": "duplicate_rows"}}]}"#);
    assert_eq!((status, &answer["data"]["faults"]["seed"]), (200, &json!(7)));
    assert_eq!(rows(&sandbox, [16]).len(), 2);

    let (status, answer) = tell(
        &sandbox,
        "POST",
        FAULTS,
        r#"{"fault": {"kind": "row_limit", "rows": 1}, "when": {"every": 2}}"#,
    );
    assert_eq!((status, &answer["data"]["faults"]["fired"]), (200, &json!([1, 0])));
    assert_eq!([rows(&sandbox, [16]).len(), rows(&sandbox, [16]).len()], [2, 1]);
    assert_eq!(sandbox.fired(), [3, 1]);

    let (status, answer) = tell(&sandbox, "DELETE", FAULTS, "");
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
        ("PUT", "", "line 1"),
        ("PUT", r#"{"rules": [{"fault": {"kind": "rest"}}]}"#, "unknown variant `rest`"),
        ("POST", r#"{"fault": {"kind": "reset"}, "when": {"every": 0}}"#, "in `when.every`"),
        ("POST", r#"{"rules": []}"#, "unknown field `rules`"),
    ] {
        let (status, answer) = tell(&sandbox, method, FAULTS, body);
        assert_eq!((status, &answer["code"]), (400, &json!(400)), "{body}");
        assert!(answer["message"].as_str().unwrap().contains(words), "{answer}");
    }
    assert_eq!(sandbox.faults(), faults);
}

#[test]
fn a_body_that_is_too_long_is_refused() {
    let sandbox = sandbox();
    let (status, answer) = tell(&sandbox, "PUT", FAULTS, &" ".repeat(1_024 * 1_024 + 1));
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
    assert!(first["after_seconds"].as_f64().unwrap() > 0.0);
}

#[test]
fn they_need_the_key_and_are_no_calls_of_the_service() {
    let faults = Faults::default().rule(Rule::new(Fault::Reset)).rule(Rule::new(Fault::KeyRevoked));
    let sandbox = Sandbox::start(SandboxConfig::default().faults(faults)).unwrap();
    for path in [FAULTS, "/sandbox/v1/arrivals", "/sandbox/v1/nothing"] {
        send(&sandbox, Method::GET, path, None).assert_refused(401);
        send(&sandbox, Method::GET, path, Some("Basic eDp5")).assert_refused(401);
    }
    assert_eq!(get(&sandbox, FAULTS).status(), 200);
    get(&sandbox, "/sandbox/v1/nothing").assert_refused(404);
    get(&sandbox, "/sandbox/v1").assert_refused(404);
    let (status, _) = tell(&sandbox, "PATCH", FAULTS, "");
    assert_eq!(status, 405);
    assert_eq!((sandbox.arrivals().total, sandbox.fired()), (0, vec![0, 0]));
}
