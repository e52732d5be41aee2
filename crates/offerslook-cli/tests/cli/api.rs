use std::fs;

use insta::assert_snapshot;
use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::{
    command::{finish, folder, offerslook, transcript},
    service::{Reply, Service, failure, ok},
};

#[test]
fn a_body_is_printed_as_it_came() {
    let ran = offerslook("--sandbox api GET /aff/v1/offer_postbacks/51").run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_snapshot!(ran.out, @r#"{"code":0,"message":"Success","data":{"affiliate_postback":{"id":51,"offer_id":5,"affiliate_id":161,"event_id":1,"type":2,"code":"http://offerslook.com","status":"pending","create_time":1467777333,"update_time":1467777333}}}"#);
}

#[test]
fn an_error_is_printed_and_is_one() {
    let ran = offerslook("--sandbox api get /aff/v1/offer_postbacks/5151").run();
    assert_eq!(ran.code, Some(5));
    assert!(ran.out.starts_with("{\"code\":404"), "{}", ran.out);
    assert!(ran.err.starts_with("offerslook: the API answered HTTP 404"), "{}", ran.err);
}

/// The rows that the command for it lists.
#[test]
fn all_pages_row_by_row() {
    let ran = offerslook(
        "--sandbox --quota 1000/1 api GET /aff/v1/offers?limit=100&filters[id][LESS_THAN]=450 --paginate",
    )
    .run();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let listed =
        offerslook("--sandbox --quota 1000/1 offers list --max-id 449 --fields id --format csv").run();
    let ids: Vec<_> = ran.rows().iter().map(|row| row["offer"]["id"].to_string()).collect();
    assert_eq!(ids, listed.out.lines().skip(1).collect::<Vec<_>>());
    let no_list = offerslook("--sandbox api GET /aff/v1/offer_postbacks/51 --paginate").run();
    assert_eq!(no_list.code, Some(8), "{}", no_list.err);
}

/// What is not a success does not replace a file, and the message names where it is.
#[test]
fn a_file_is_replaced_by_a_success_only() {
    let folder = folder();
    let get = |path: &str| {
        offerslook(&format!("--sandbox api GET {path} -o body.json")).within(folder.path()).run()
    };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(get("/aff/v1/offer_postbacks/51").code, Some(0));
    let before = read("body.json");
    let ran = get("/aff/v1/offer_postbacks/5151");
    assert_eq!(ran.code, Some(5));
    assert!(ran.err.contains("are in body.json.incomplete"), "{}", ran.err);
    assert_eq!(read("body.json"), before);
    assert!(read("body.json.incomplete").starts_with("{\"code\":404"));
}

/// Pages before one that fails are not lost.
#[test]
fn pages_before_a_failure_are_kept() {
    type Answer = fn() -> Reply;
    let failures: [(Answer, i32); 3] =
        [(|| failure(500, "Out of order"), 6), (|| ok(r#"{"code":0,"data":{}}"#), 8), (|| ok("<html>"), 8)];
    for (failing, code) in failures {
        for (good_pages, kept) in [(1, Some("{\"id\":1}\n")), (0, None)] {
            let service = Service::start(move |call| {
                if call.number < good_pages {
                    return ok(r#"{"code":0,"data":{"rowset":[{"id":1}],"totalPages":3}}"#);
                }
                failing()
            });
            let folder = folder();
            let ran =
                service.offerslook("api GET /aff/v1/things --paginate -o rows").within(folder.path()).run();
            assert_eq!(ran.code, Some(code), "{}", ran.err);
            assert!(!folder.path().join("rows").exists());
            let beside = fs::read_to_string(folder.path().join("rows.incomplete")).ok();
            assert_eq!(beside.as_deref(), kept);
        }
    }
}

/// Nobody reads on, so nothing more is asked for.
#[test]
fn a_closed_pipe_ends_the_pages() {
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let service = Service::start(move |call| {
        // The test hangs up where nobody reads any more.
        let _ = wait.lock().unwrap().recv();
        let (number, many) = (call.number, "x".repeat(100_000));
        ok(format!(
            r#"{{"code":0,"data":{{"rowset":[{{"id":{number},"name":"{many}"}}],"totalPages":1000}}}}"#
        ))
    });
    let mut child = service.offerslook("api GET /aff/v1/things --paginate").spawn();
    drop(child.stdout.take());
    drop(go);
    let ran = finish(child);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(service.further_calls(), 1);
}

#[test]
fn a_change_needs_a_yes() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let at = |arguments: &str| offerslook(arguments).at(&sandbox).run();
    assert_eq!(at("api DELETE /aff/v1/offer_postbacks/51").code, Some(2));
    let dry = at("api PUT /aff/v1/offer_postbacks/51 --data {\"code\":\"https://t.example\"} --dry-run");
    assert_eq!(dry.code, Some(0), "{}", dry.err);
    assert_snapshot!(dry.out.replace(sandbox.base_url(), "http://SANDBOX"), @r#"
    PUT http://SANDBOX/aff/v1/offer_postbacks/51
    authorization: Basic [redacted]
    accept: application/json
    user-agent: offerslook/0.1.0
    content-type: application/json

    {"code":"https://t.example"}
    "#);
    assert_eq!(sandbox.arrivals().total, 0);
    let changed = at("api PUT /aff/v1/offer_postbacks/51 --data {\"code\":\"https://t.example\"} --yes");
    assert_eq!(changed.code, Some(0), "{}", changed.err);
    assert!(changed.out.contains("https://t.example"), "{}", changed.out);
    assert_eq!(at("api POST /aff/v1/offers/16/applys --yes").code, Some(0));
}

#[test]
fn mistakes() {
    let runs = [
        "--sandbox api",
        "--sandbox api GET",
        "--sandbox api PATCH /aff/v1/offers",
        "--sandbox api GET aff/v1/offers",
        "--sandbox api GET //elsewhere.example/aff/v1/offers",
        "--sandbox api GET https://elsewhere.example/",
        "--sandbox api DELETE /aff/v1/offers --paginate --yes",
        "--sandbox api POST /aff/v1/offer_postbacks --data nonsense --yes",
        "--sandbox api GET /aff/v1/offers --format csv",
    ];
    assert_snapshot!(transcript(runs.map(|line| (line.to_owned(), offerslook(line).run()))));
}
