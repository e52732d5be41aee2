//! Errors of every class, from a service that repeats whatever it was sent; and the panics of those who unwrap them.

use std::{
    collections::BTreeMap,
    error::Error as _,
    iter::successors,
    panic::{self, AssertUnwindSafe},
};

use offerslook_core::{
    Encoder, Endpoint, Error, Payload, Spec, Verb,
    affiliate::batches::{GetTrackingLinks, TrackingLinkRow},
    job::{Action, Job, Moment},
    parse,
    types::Secrets,
};
use offerslook_tests::canary::{assert_none_in, forms, leak_in};

use crate::scene::{answer, call, jobs, request};

/// Answers of every class.
const ANSWERS: &[(u16, &str)] = &[
    (200, r#"{"code":1001,"message":"FORMS"}"#),
    (200, r#"{"code":"FORMS","message":"FORMS"}"#),
    (200, r#"{"code":0,"data":{"tracking_link":"FORMS"}}"#),
    (200, r#"{"code":0,"data":{"tracking_link":[{"offer_id":"FORMS"}]}}"#),
    (200, r#"{"code":0,"data":{"tracking_link":[{"FORMS":1}]}}"#),
    (200, "<html>FORMS</html>"),
    (200, "FORMS"),
    (200, r#"{"message":"FORMS"#),
    (302, "FORMS"),
    (400, r#"{"code":400,"message":"FORMS"}"#),
    (401, r#"{"code":401,"message":"FORMS"}"#),
    (403, "<html>FORMS</html>"),
    (418, r#"{"code":"x","message":"FORMS"}"#),
    (429, r#"{"code":429,"message":"FORMS"}"#),
    (500, r#"{"code":500,"message":"FORMS"}"#),
    (503, "FORMS"),
];

fn answers() -> impl Iterator<Item = (u16, String)> {
    ANSWERS.iter().map(|(status, body)| (*status, body.replace("FORMS", &forms())))
}

pub(crate) fn told(error: &Error) -> String {
    let causes: Vec<_> = successors(error.source(), |cause| (*cause).source())
        .map(|cause| format!("{cause} {cause:?} {cause:#?}"))
        .collect();
    format!("{error} {error:?} {error:#?} {} {}", error.advice(), causes.join(" "))
}

/// What the job makes of this answer, however often it asks for it.
fn outcome(status: u16, body: &str) -> Result<Vec<TrackingLinkRow>, Error> {
    let mut job = jobs().call(&call());
    let mut now = Moment::EPOCH;
    loop {
        match job.next(now) {
            Action::Send(attempt) => job.answered(attempt.ticket, now, Ok(answer(status, body))).unwrap(),
            Action::Wait { until } => now = until.unwrap(),
            Action::Item(result) => return result,
            Action::Done => panic!("no item"),
        }
    }
}

#[test]
fn of_jobs() {
    for (status, body) in answers() {
        assert_none_in(&told(&outcome(status, &body).unwrap_err()), &format!("{status} {body}"));
    }
}

#[test]
fn of_answers_that_are_parsed_by_hand() {
    for (status, body) in answers() {
        let error = parse::<GetTrackingLinks>(&answer(status, &body)).unwrap_err();
        let error = error.redacted(&Secrets::of(&request()));
        assert_none_in(&told(&error), &format!("{status} {body}"));
    }
}

/// An answer with names that are not known beforehand: they stand in the path to what cannot be read.
struct Counts;

impl Endpoint for Counts {
    const SPEC: Spec = Spec::new("counts", Verb::Get, "/aff/v1/counts", Payload::Whole);
    type Output = BTreeMap<String, u64>;

    fn encode(&self, _: &mut Encoder) {}
}

#[test]
fn of_names_in_answers() {
    let body = format!(r#"{{"code":0,"data":{{"{}":"many"}}}}"#, forms());
    let error = parse::<Counts>(&answer(200, &body)).unwrap_err();
    assert!(leak_in(&told(&error)).is_some(), "{}", told(&error));
    assert_none_in(&told(&error.redacted(&Secrets::of(&request()))), &body);
}

#[test]
fn of_calls_that_were_given_up() {
    let refused =
        || parse::<GetTrackingLinks>(&answer(503, &format!(r#"{{"code":503,"message":"{}"}}"#, forms())));
    for error in [
        Error::InDoubt(refused().unwrap_err().into()),
        Error::Exhausted { attempts: 5, last: refused().unwrap_err().into() },
    ] {
        assert!(leak_in(&told(&error)).is_some(), "{}", told(&error));
        assert_none_in(&told(&error.redacted(&Secrets::of(&request()))), "redacted by hand");
    }
}

#[test]
fn of_those_who_unwrap_them() {
    for (status, body) in answers() {
        let result = outcome(status, &body);
        let panicked = panic::catch_unwind(AssertUnwindSafe(|| result.unwrap())).unwrap_err();
        let message = panicked.downcast_ref::<String>().expect("a message");
        assert!(message.contains("called `Result::unwrap()`"), "{message}");
        assert_none_in(message, &format!("a panic after {status}"));
    }
}
