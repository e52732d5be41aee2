//! `Retry-After`, as the error of an answer tells it.

use std::{sync::Arc, time::Duration};

use http::HeaderValue;
use offerslook_core::{Error, affiliate::batches::GetTrackingLinks, parse};

use crate::answers::answer;

const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

#[test]
fn seconds() {
    check("0", None, Some(0));
    check("7", None, Some(7));
    check(" 7 ", None, Some(7));
    check("7", Some(DATE), Some(7));
    check("604800", None, Some(604_800));
}

#[test]
fn a_date_counts_from_the_date_of_the_answer() {
    check("Sun, 06 Nov 1994 08:50:07 GMT", Some(DATE), Some(30));
    check("Sunday, 06-Nov-94 08:50:07 GMT", Some(DATE), Some(30));
    check(DATE, Some(DATE), Some(0));
}

#[test]
fn a_date_that_is_past_is_no_wait() {
    check("Sun, 06 Nov 1994 08:49:07 GMT", Some(DATE), Some(0));
}

#[test]
fn a_date_without_another_to_count_from_says_nothing() {
    check("Sun, 06 Nov 1994 08:50:07 GMT", None, None);
    check("Sun, 06 Nov 1994 08:50:07 GMT", Some("just now"), None);
}

#[test]
fn what_is_neither_says_nothing() {
    for garbage in ["", "soon", "-7", "7s", "1.5", "1e3", "0x10", "\u{e9}"] {
        check(garbage, Some(DATE), None);
    }
}

#[test]
fn a_wait_too_long_to_count_is_a_long_wait_all_the_same() {
    for huge in ["18446744073709551615", "18446744073709551616", &"9".repeat(100)] {
        assert!(wait(huge, None).is_some_and(|wait| wait > Duration::from_hours(24)), "{huge}");
    }
}

#[test]
fn the_errors_around_an_error_tell_its_wait() {
    let exhausted = Error::Exhausted { attempts: 5, last: Arc::new(error("7", None)) };
    assert_eq!(exhausted.retry_after(), Some(Duration::from_secs(7)));
    let in_doubt = Error::InDoubt(Arc::new(error("7", None)));
    assert_eq!(in_doubt.retry_after(), Some(Duration::from_secs(7)));
}

fn check(retry_after: &str, date: Option<&str>, seconds: Option<u64>) {
    assert_eq!(wait(retry_after, date), seconds.map(Duration::from_secs), "{retry_after:?}");
}

fn wait(retry_after: &str, date: Option<&str>) -> Option<Duration> {
    error(retry_after, date).retry_after()
}

fn error(retry_after: &str, date: Option<&str>) -> Error {
    let mut answer = answer(429, "");
    let value = |text: &str| HeaderValue::from_bytes(text.as_bytes()).unwrap();
    answer.headers_mut().insert("retry-after", value(retry_after));
    if let Some(date) = date {
        answer.headers_mut().insert("date", value(date));
    }
    parse::<GetTrackingLinks>(&answer).unwrap_err()
}
