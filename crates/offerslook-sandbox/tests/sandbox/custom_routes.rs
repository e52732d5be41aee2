use std::num::NonZeroU32;

use offerslook_sandbox::{Fault, Faults, Route, RouteError, Rule, Sandbox, SandboxConfig};
use serde_json::json;
use ureq::http::Method;

use crate::client::{Answer, call, get, send, send_body};

const PATH: &str = "/aff/v1/things/{id}";
const JSON: &str = r#"{"code": 0, "message": "Success", "data": {"thing": [{"id": 7}, {"id": 8}]}}"#;

fn config() -> SandboxConfig {
    SandboxConfig::default().route("GET", PATH, JSON).unwrap()
}

fn thing() -> Route {
    Route::custom("GET", PATH).unwrap()
}

#[test]
fn a_custom_route_serves_its_json_unchanged() {
    let config = config().route("POST", PATH, "[1, 2]").unwrap().route("PUT", "/other", "\"a/b\"").unwrap();
    let sandbox = Sandbox::start(config).unwrap();
    for (method, path, json) in [
        (Method::GET, "/aff/v1/things/7", JSON),
        (Method::GET, "/aff/v1/things/%20,x?any=query&limit=0", JSON),
        (Method::POST, "/aff/v1/things/7", "[1, 2]"),
        (Method::PUT, "/other", "\"a/b\""),
    ] {
        let answer = call(&sandbox, method, path);
        assert_eq!((answer.status(), answer.text.as_str()), (200, json), "{path}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
    assert_eq!(send_body(&sandbox, Method::PUT, "/other", "any body").text, "\"a/b\"");
    assert_eq!(call(&sandbox, Method::HEAD, "/aff/v1/things/7").status(), 200);
    for path in ["/aff/v1/things", "/aff/v1/things/", "/aff/v1/things/7/8", "/others"] {
        get(&sandbox, path).assert_refused(404);
    }
}

#[test]
fn a_wrong_method_lists_the_right_ones() {
    let config =
        config().route("PATCH", PATH, "{}").unwrap().route("DELETE", "/aff/v1/offers", "{}").unwrap();
    let sandbox = Sandbox::start(config).unwrap();
    for (path, allowed) in [("/aff/v1/things/7", "GET,PATCH,HEAD"), ("/aff/v1/offers", "GET,DELETE,HEAD")] {
        let refused = send_body(&sandbox, Method::PUT, path, "");
        refused.assert_refused(405);
        assert_eq!(refused.header("allow"), Some(allowed));
    }
    assert_eq!(get(&sandbox, "/aff/v1/offers").status(), 200);
    assert_eq!(call(&sandbox, Method::DELETE, "/aff/v1/offers").text, "{}");
}

#[test]
fn checks_come_first_and_calls_count() {
    let two = NonZeroU32::new(2).unwrap();
    let quota = config().quota(two, std::time::Duration::from_hours(24));
    let sandbox = Sandbox::start(quota).unwrap();
    send(&sandbox, Method::GET, "/aff/v1/things/7", None).assert_refused(401);
    let answers = [(); 3].map(|()| get(&sandbox, "/aff/v1/things/7"));
    assert_eq!(answers.each_ref().map(Answer::status), [200, 200, 429]);
    let arrivals = sandbox.arrivals();
    let logged: Vec<_> = arrivals.newest.iter().map(|one| (one.route.clone(), one.status)).collect();
    assert_eq!(logged, [401, 200, 200, 429].map(|status| (Some(thing()), Some(status))));
    let listed = get(&sandbox, "/sandbox/v1/arrivals").json();
    assert_eq!(listed["data"]["arrivals"]["newest"][0]["route"], format!("GET {PATH}"));

    for config in [config().network("acme"), config().allow_list([])] {
        get(&Sandbox::start(config).unwrap(), "/aff/v1/things/7").assert_refused(403);
    }
}

#[test]
fn faults_apply_by_the_name_of_the_route() {
    let text = format!(
        r#"{{"rules": [
            {{"route": "GET {PATH}", "when": {{"calls": [1]}}, "fault": {{"kind": "status", "status": 503}}}},
            {{"route": "GET {PATH}", "fault": {{"kind": "duplicate_rows"}}}}
        ]}}"#
    );
    let faults = Faults::from_json(&text).unwrap();
    assert_eq!(faults.rules()[0].route(), Some(&thing()));
    let sandbox = Sandbox::start(config().faults(faults)).unwrap();
    get(&sandbox, "/aff/v1/offers/16").assert_ok();
    get(&sandbox, "/aff/v1/things/7").assert_refused(503);
    let rows = get(&sandbox, "/aff/v1/things/7").json()["data"]["thing"].clone();
    assert_eq!(rows, json!([{"id": 7}, {"id": 7}, {"id": 8}, {"id": 8}]));
    assert_eq!(sandbox.fired(), [1, 1]);
}

#[test]
fn faults_leave_what_is_no_envelope_as_it_is() {
    let rules = [Fault::DuplicateRows, Fault::IdsAsStrings, Fault::RenamedKey { to: "x".to_owned() }];
    let faults = rules.into_iter().map(Rule::new).fold(Faults::default(), Faults::rule);
    for json in ["\"a/b\"", "[1, 2]", "7", "{\"id\": 7}", "{\"data\": []}"] {
        let config = SandboxConfig::default().route("GET", "/x", json).unwrap().faults(faults.clone());
        let sandbox = Sandbox::start(config).unwrap();
        assert_eq!((get(&sandbox, "/x").text.as_str(), sandbox.fired()), (json, vec![0, 0, 0]));
    }
}

#[test]
fn slashes_that_are_escaped_already_stay_so() {
    let faults = Faults::default().rule(Rule::new(Fault::EscapedSlashes));
    let config =
        SandboxConfig::default().route("GET", "/x", r#"{"a":"/ \/ \\/ \\\/"}"#).unwrap().faults(faults);
    assert_eq!(get(&Sandbox::start(config).unwrap(), "/x").text, r#"{"a":"\/ \/ \\\/ \\\/"}"#);
}

#[test]
fn a_fault_on_a_route_that_the_sandbox_does_not_have_is_refused() {
    let rule = || Rule::new(Fault::Reset).on(Route::custom("PUT", PATH).unwrap());
    let error = Sandbox::start(config().faults(Faults::default().rule(rule()))).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("a fault is on the route PUT {PATH}, which the sandbox does not have")
    );
    let sandbox = Sandbox::start(config()).unwrap();
    let body = format!(r#"{{"route": "PUT {PATH}", "fault": {{"kind": "reset"}}}}"#);
    for (method, body) in [(Method::PUT, format!(r#"{{"rules": [{body}]}}"#)), (Method::POST, body.clone())] {
        send_body(&sandbox, method, "/sandbox/v1/faults", &body).assert_refused(400);
    }
    assert_eq!(
        send_body(&sandbox, Method::POST, "/sandbox/v1/faults", &body.replace("PUT", "GET")).status(),
        200
    );
    assert_eq!(sandbox.faults().rules().len(), 1);
}

#[test]
fn an_invalid_route_is_refused() {
    let add = |method: &str, path: &str, json: &str| config().route(method, path, json).map(drop);
    for method in ["get", "HEAD", "TRACE", "", "GET "] {
        let error = RouteError::Method { method: method.to_owned() };
        assert_eq!(add(method, "/x", "{}"), Err(error.clone()));
        assert!(error.to_string().contains("is not one of GET, POST"), "{error}");
    }
    for path in [
        "", "x", "/", "/x/", "//x", "/x?y", "/{", "/{}", "/{a", "/a{b}", "/{a}b", "/{a b}", "/%41", "/é",
        "/a b",
    ] {
        assert_eq!(add("GET", path, "{}"), Err(RouteError::Path { path: path.to_owned() }), "{path}");
    }
    for path in ["/sandbox/v1", "/sandbox/v1/faults", "/sandbox/v1/{x}"] {
        assert_eq!(add("GET", path, "{}"), Err(RouteError::Path { path: path.to_owned() }), "{path}");
    }
    for (json, line, column) in [("", 1, 0), ("{", 1, 1), ("{\n \"a\": }", 2, 7), ("{} {}", 1, 4)] {
        assert_eq!(add("GET", "/x", json), Err(RouteError::Json { line, column }), "{json}");
    }
    for (path, route) in [
        ("/aff/v1/offers", Route::ListOffers),
        ("/aff/v1/offers/{id}", Route::GetOffer),
        ("/aff/v1/offers/special", Route::GetOffer),
        (PATH, thing()),
        ("/{a}/{b}/things/{c}", thing()),
    ] {
        assert_eq!(add("GET", path, "{}"), Err(RouteError::Overlap { route }), "{path}");
    }
    for path in ["/aff/v1/offers/{id}/things", "/x-y_z.1~", "/sandbox/v2", "/{a}"] {
        assert_eq!(add("GET", path, "{}"), Ok(()), "{path}");
    }
}
