//! Errors of every class, from a service that repeats whatever it was sent, and the panic messages of callers that
//! unwrap them.

use std::{
    collections::BTreeMap,
    error::Error as _,
    iter::successors,
    panic::{self, AssertUnwindSafe},
};

use offerslook_core::{
    Encoder, Endpoint, Error, IdError, KeptBody, OfferId, Payload, Rows, Spec, UnusableRow, Verb,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::ListOffers,
    },
    job::{Action, Job, Moment},
    parse,
    types::Secrets,
};
use offerslook_tests::canary::{KEY, assert_none_in, forms, leak_in};

use crate::fixtures::{account, answer, call, ids, jobs, request};

/// Responses of every class. `FORMS` stands for every encoding of the account.
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

/// A response with a row that decodes and one that does not.
const UNUSABLE_ROW: &str = r#"{"code":0,"data":{"tracking_link":[
    {"offer_id":1,"url":"https://t.example/"},{"offer_id":"FORMS"}
]}}"#;

fn answers() -> impl Iterator<Item = (u16, String)> {
    ANSWERS.iter().map(|(status, body)| (*status, with_forms(body)))
}

fn with_forms(body: &str) -> String {
    body.replace("FORMS", &forms())
}

/// Returns everything that an error says: its texts, those of its causes, its advice, and the body that it keeps.
fn text_of(error: &Error) -> String {
    let causes: Vec<_> = successors(error.source(), |cause| (*cause).source())
        .map(|cause| format!("{cause} {cause:?} {cause:#?}"))
        .collect();
    let body = error.body().map(KeptBody::text).unwrap_or_default();
    format!("{error} {error:?} {error:#?} {} {} {body}", error.advice(), causes.join(" "))
}

fn text_of_id_error(error: &IdError) -> String {
    let inner = error.error().map(text_of).unwrap_or_default();
    format!("{error} {error:?} {error:#?} {} {inner}", error.advice())
}

/// Asserts that neither the error nor the body that it keeps shows a secret, and that the body was kept.
#[track_caller]
fn assert_redacted(error: &Error, context: &str) {
    assert_none_in(&text_of(error), context);
    let body = error.body().expect("the body of the response").text();
    assert!(body.contains("[redacted]"), "{context}: the body was not redacted:\n{body}");
}

/// Runs a job to its end. Every call gets this response.
fn run<J: Job>(job: &mut J, status: u16, body: &str) -> Vec<J::Item> {
    let (mut now, mut items) = (Moment::EPOCH, Vec::new());
    loop {
        match job.next(now) {
            Action::Send(attempt) => job.answered(attempt.ticket, now, Ok(answer(status, body))).unwrap(),
            Action::Wait { until } => now = until.unwrap(),
            Action::Item(item) => items.push(item),
            Action::Cancel(_) => {}
            Action::Quota(_) => panic!("a quota of this process has no store"),
            Action::Done => return items,
        }
    }
}

/// Returns the result of a single call, with retries.
fn result_of_call(status: u16, body: &str) -> Result<Rows<TrackingLinkRow>, Error> {
    let mut results = run(&mut jobs().call(&call()), status, body);
    assert_eq!(results.len(), 1);
    results.remove(0)
}

/// Asserts that a batch of two ids fails for both, and that no item shows a secret.
#[expect(clippy::type_complexity, reason = "the items of a batch, spelled out as a user sees them")]
fn assert_batch_redacted<T: std::fmt::Debug>(
    items: Vec<Result<(OfferId, Result<T, IdError>), Error>>,
    context: &str,
) {
    let mut outcomes = 0;
    for item in items {
        assert_none_in(&format!("{item:?} {item:#?}"), context);
        match item {
            Ok((_, Err(error))) => {
                assert_none_in(&text_of_id_error(&error), context);
                assert_redacted(error.error().expect("the error of a call"), context);
                outcomes += 1;
            }
            Ok((id, Ok(value))) => panic!("{context}: {id} has a value: {value:?}"),
            Err(error) => assert_redacted(&error, context),
        }
    }
    assert_eq!(outcomes, 2, "{context}");
}

#[test]
fn calls_are_redacted() {
    for (status, body) in answers() {
        let context = format!("a call after {status} {body}");
        assert_redacted(&result_of_call(status, &body).unwrap_err(), &context);
    }
}

#[test]
fn batches_are_redacted() {
    for (status, body) in answers() {
        let context = format!("a batch after {status} {body}");
        let mut job = jobs().links(ids(2));
        assert_batch_redacted(run(&mut job, status, &body), &context);
        assert_none_in(&format!("{job:?} {:?}", job.report()), &context);
        let context = format!("a batch of changes after {status} {body}");
        let mut job = jobs().apply(ids(2));
        assert_batch_redacted(run(&mut job, status, &body), &context);
        assert_none_in(&format!("{job:?} {:?}", job.report()), &context);
    }
}

#[test]
fn listings_are_redacted() {
    for (status, body) in answers() {
        let context = format!("a listing after {status} {body}");
        let mut items = run(&mut jobs().offers(ListOffers::new()), status, &body);
        let error = items.pop().unwrap().unwrap_err();
        assert!(matches!(error, Error::Incomplete(_)), "{context}: {error:?}");
        assert_redacted(&error, &context);
        assert!(items.is_empty(), "{context}: {items:?}");
    }
}

#[test]
fn responses_parsed_with_the_account_are_redacted() {
    for (status, body) in answers() {
        let error = account().parse(&call(), &answer(status, &body)).unwrap_err();
        assert_redacted(&error, &format!("Account::parse after {status} {body}"));
    }
}

#[test]
fn responses_parsed_without_the_account_can_be_redacted() {
    for (status, body) in answers() {
        let error = parse::<GetTrackingLinks>(&answer(status, &body)).unwrap_err();
        assert!(leak_in(&text_of(&error)).is_some(), "{}", text_of(&error));
        let error = error.redacted(&Secrets::of(&request()));
        assert_redacted(&error, &format!("parse after {status} {body}"));
    }
}

#[test]
fn unusable_rows_are_redacted() {
    let body = with_forms(UNUSABLE_ROW);
    let unredacted = parse::<GetTrackingLinks>(&answer(200, &body)).unwrap();
    assert!(leak_in(&format!("{unredacted:?}")).is_some(), "{unredacted:?}");

    let of_account = account().parse(&call(), &answer(200, &body)).unwrap();
    let mut job = jobs().links(ids(2));
    let items = run(&mut job, 200, &body);
    assert_none_in(&format!("{items:?}"), "the items of a batch");
    assert_none_in(&format!("{:?} {:#?}", job.report(), job.report()), "the report of a batch");
    assert!(job.report().unusable_rows.count > 0, "{:?}", job.report());
    for unusable in [of_account.unusable, job.report().unusable_rows.first.clone()] {
        assert_unusable_row_redacted(&unusable);
    }
}

#[test]
fn unusable_rows_of_calls_are_redacted() {
    assert_unusable_row_redacted(&result_of_call(200, &with_forms(UNUSABLE_ROW)).unwrap().unusable);
}

#[track_caller]
fn assert_unusable_row_redacted(unusable: &[UnusableRow]) {
    let row = unusable.first().expect("an unusable row");
    let text = format!("{row} {row:?} {row:#?}");
    assert_none_in(&text, "an unusable row");
    assert!(text.contains("[redacted]"), "{text}");
}

/// A secret at the end of the part that is kept of a long body is cut, and does not match as a whole.
#[test]
fn secret_at_the_end_of_a_truncated_body_is_redacted() {
    let filler = " ".repeat(KeptBody::MAX_BYTES - KEY.len() + 1);
    let body = format!("{filler}{KEY}");
    let error = account().parse(&call(), &answer(400, &body)).unwrap_err();
    let kept = error.body().unwrap();
    assert_eq!(kept.full_len(), body.len());
    assert_eq!(kept.text().trim_start(), "[redacted]");
}

/// A response with names that are not known in advance: they are part of the path to what cannot be decoded.
struct Counts;

impl Endpoint for Counts {
    const SPEC: Spec = Spec::new("counts", Verb::Get, "/aff/v1/counts", Payload::Whole);
    type Output = BTreeMap<String, u64>;

    fn encode(&self, _: &mut Encoder) {}
}

#[test]
fn names_in_responses_are_redacted() {
    let body = format!(r#"{{"code":0,"data":{{"{}":"many"}}}}"#, forms());
    let error = parse::<Counts>(&answer(200, &body)).unwrap_err();
    assert!(leak_in(&format!("{error}")).is_some(), "{error}");
    assert_redacted(&error.redacted(&Secrets::of(&request())), &body);
    assert_redacted(&account().parse(&Counts, &answer(200, &body)).unwrap_err(), &body);
}

#[test]
fn errors_that_hold_others_are_redacted() {
    let refused =
        || parse::<GetTrackingLinks>(&answer(503, &format!(r#"{{"code":503,"message":"{}"}}"#, forms())));
    for error in [
        Error::InDoubt(refused().unwrap_err().into()),
        Error::Exhausted { attempts: 5, last: refused().unwrap_err().into() },
    ] {
        assert!(leak_in(&format!("{error}")).is_some(), "{error}");
        assert_redacted(&error.redacted(&Secrets::of(&request())), "redacted by hand");
    }
}

#[test]
fn panic_messages_are_redacted() {
    for (status, body) in answers() {
        let result = result_of_call(status, &body);
        let panicked = panic::catch_unwind(AssertUnwindSafe(|| result.unwrap())).unwrap_err();
        let message = panicked.downcast_ref::<String>().expect("a message");
        assert!(message.contains("called `Result::unwrap()`"), "{message}");
        assert_none_in(message, &format!("a panic after {status}"));
    }
}
