//! Which exit code and which rows come of what the service does.

use std::fmt::Write;

use insta::assert_snapshot;

use crate::{
    command::{Ran, nobody, offerslook},
    service::{Call, Reply, Service, failure, found, link, ok, rows},
};

type Answering = fn(&Call) -> Reply;

fn ask(service: &Service, rest: &str) -> Ran {
    service.offerslook(&format!("--format csv {rest}")).run()
}

/// Nothing answered: no rows, one error, and its code.
#[test]
fn nothing_is_answered() {
    let cases: [(&str, Answering); 11] = [
        ("401", |_| failure(401, "Unknown key.")),
        ("403", |_| failure(403, "Not from this address")),
        ("code 40101 in a 200", |_| ok(r#"{"code":40101,"message":"key?"}"#)),
        ("400 for all", |_| failure(400, "No such offer")),
        ("302", |_| Reply::Body(302, String::new())),
        ("500", |_| failure(500, "Out of order")),
        ("cut JSON", |_| ok(r#"{"code":0,"data":{"tracking_link":[{"#)),
        ("429", |_| failure(429, "Too many")),
        ("an HTML page", |_| ok("<html><body>Log in</body></html>")),
        ("no envelope", |_| ok(r#"{"hello":1}"#)),
        ("another payload", |_| ok(r#"{"code":0,"data":{"tracking_link":[{"offer_id":"x"}]}}"#)),
    ];
    let mut text = String::new();
    for (name, reply) in cases {
        let service = Service::start(reply);
        let ran = ask(&service, "--retries 0 links 16 102");
        writeln!(text, "# {name}\n{}", ran.without_rows()).unwrap();
    }
    assert_snapshot!(text);
}

/// One call is answered, and then the service turns bad: rows for all, and the code of the first failure.
#[test]
fn the_service_turns_bad() {
    let cases: [(&str, Answering); 4] = [
        ("the key is revoked", |_| failure(401, "Unknown key.")),
        ("it is down", |_| failure(503, "Out of order")),
        ("an HTML page comes", |_| ok("<html>")),
        ("the rate limit is hit", |_| failure(429, "Too many")),
    ];
    let mut text = String::new();
    for (name, reply) in cases {
        let service = Service::start(move |call| if call.number == 0 { found(call) } else { reply(call) });
        let ran =
            ask(&service, "--retries 0 --quota 50/0.1 --max-in-flight 1 --ids-per-request 1 links 1 2 3");
        writeln!(text, "# {name}\nexit {}\n{}{}", ran.code.unwrap(), ran.out, ran.err).unwrap();
    }
    assert_snapshot!(text);
}

#[test]
fn all_found_is_0_and_one_without_a_link_is_3() {
    let service = Service::start(|call| rows(call.ids.iter().filter(|id| **id != 3).map(|id| link(*id))));
    assert_eq!(ask(&service, "links 1 2").code, Some(0));
    assert_eq!(ask(&service, "links 1 2 3").code, Some(3));
    let refusing =
        Service::start(|call| if call.ids.contains(&3) { failure(400, "No") } else { found(call) });
    assert_eq!(ask(&refusing, "links 1 2 3").code, Some(3));
    assert_eq!(ask(&refusing, "links 3").code, Some(5));
}

/// What is refused before the first answer waits for it, and stands in its place.
#[test]
fn rows_before_the_first_answered_one_are_not_lost() {
    let service = Service::start(|call| if call.ids.contains(&1) { failure(400, "No") } else { found(call) });
    let ran = ask(&service, "-q --ids-per-request 1 links 1 2");
    assert_eq!(ran.code, Some(3));
    assert_snapshot!(ran.out, @r#"
    offer_id,status,url,impression_pixel,error
    1,refused,,,"refused: the API answered HTTP 400, code 400: No"
    2,found,https://click.example/?offer_id=2,<img src='https://click.example/2'>,
    "#);
}

#[test]
fn the_time_is_up() {
    let service = Service::start(|_| Reply::Never);
    let ran = ask(&service, "--max-time 0.2 links 16");
    assert_snapshot!(ran.without_rows(), @"
    exit 6
    offerslook: the deadline passed before the response arrived. Allow more time, or ask for less at once.
    ");

    let service = Service::start(|call| if call.number == 0 { found(call) } else { Reply::Never });
    let ran = ask(&service, "--max-time 5 --ids-per-request 1 --max-in-flight 1 links 16 102");
    assert_eq!(ran.code, Some(6));
    assert_snapshot!(ran.out, @"
    offer_id,status,url,impression_pixel,error
    16,found,https://click.example/?offer_id=16,<img src='https://click.example/16'>,
    102,not_attempted,,,
    ");
    assert_snapshot!(ran.err, @"
    offerslook: the deadline passed before the response arrived. Allow more time, or ask for less at once.
    offerslook: 2 ids: 1 found, 1 not attempted; 2 calls
    ");
}

#[test]
fn a_call_that_takes_too_long() {
    let service = Service::start(|_| Reply::Never);
    for transport in ["hyper", "ureq"] {
        let ran = ask(&service, &format!("--transport {transport} --timeout 0.2 --retries 0 links 16"));
        assert_snapshot!("too_long", ran.without_rows());
    }
}

/// Rows that nobody asked for, second rows and odd words are told, and not taken for an answer.
#[test]
fn oddities_are_warnings() {
    let service = Service::start(|_| {
        rows([link(1), link(1), link(900), r#"{"offer_id":2,"url":"Ask your manager"}"#.to_owned()])
    });
    let ran = ask(&service, "links 1 2");
    assert_eq!(ran.code, Some(3));
    assert_snapshot!(format!("{}{}", ran.out, ran.err), @r#"
    offer_id,status,url,impression_pixel,error
    1,found,https://click.example/?offer_id=1,<img src='https://click.example/1'>,
    2,unapproved,,,
    offerslook: warning: the API sent rows that were not requested, and they are left out: offer 900.
    offerslook: warning: the API sent more than one row, and the first one counts: offer 1.
    offerslook: warning: the API sent "Ask your manager" in place of a link: offer 2.
    offerslook: 2 ids: 1 found, 1 unapproved; 1 call
    "#);
}

#[test]
fn quiet_leaves_errors_and_verbose_adds_causes() {
    let service = Service::start(|_| failure(401, "Unknown key."));
    assert!(ask(&service, "-q links 1").err.starts_with("offerslook: the API answered HTTP 401"));
    // Also where a call was tried again.
    for (retries, transport) in [(0, "hyper"), (1, "hyper"), (1, "ureq")] {
        let arguments = format!("links 1 -v --retries {retries} --transport {transport}");
        let ran = offerslook(&arguments).account(&nobody(), "me@example.com", "some-key").run();
        assert_eq!(ran.code, Some(6));
        assert_eq!(ran.err.contains("(after 2 attempts)"), retries == 1, "{}", ran.err);
        assert!(ran.err.contains("\nofferslook: caused by: "), "{}", ran.err);
    }
}
