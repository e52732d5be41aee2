//! Neither the key nor the e-mail address shows anywhere, in any spelling.

use std::sync::Arc;

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE},
};
use offerslook_core::{
    Account, ApiKey, BaseUrl, BuildError, Credentials, Delivery, Error, StopCause, TransportError,
    TransportKind,
    affiliate::{batches::GetTrackingLinks, offers::ListOffers},
    job::{Action, Job, Jobs, Moment, Options, Quota},
    parse,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::answers::answer;

const EMAIL: &str = "leak+canary@example.com";
const KEY: &str = "c4n4ry/+key=%?";

fn shows_a_secret(text: &str) -> Option<String> {
    let pair = format!("{EMAIL}:{KEY}");
    let spellings = [EMAIL, KEY, &pair].into_iter().flat_map(|secret| {
        [
            secret.to_owned(),
            utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
            secret.replace('+', "%2B").replace('@', "%40").replace('/', "%2F"),
            BASE64_STANDARD.encode(secret),
            BASE64_STANDARD_NO_PAD.encode(secret),
            BASE64_URL_SAFE.encode(secret),
        ]
    });
    let text = text.to_ascii_lowercase();
    spellings.into_iter().find(|spelling| text.contains(&spelling.to_ascii_lowercase()))
}

#[track_caller]
fn check(text: &str) {
    assert_eq!(shows_a_secret(text), None, "in {text}");
}

fn account() -> Account {
    let base_url: BaseUrl = "https://example.com/prefix".parse().unwrap();
    Account::new(base_url, Credentials::affiliate(EMAIL, KEY).unwrap())
}

fn call(ids: u64) -> GetTrackingLinks {
    GetTrackingLinks::new(
        offerslook_core::OfferIds::new((1..=ids).filter_map(offerslook_core::OfferId::new)).unwrap(),
    )
}

#[test]
fn debug_forms_of_what_holds_them() {
    let key: ApiKey = KEY.parse().unwrap();
    let credentials = Credentials::with_key(EMAIL, key.clone()).unwrap();
    let account = account();
    let request = account.request(&call(2)).unwrap();
    let told = format!("{key:?}\n{credentials:?}\n{account:#?}\n{request:?}");
    check(&told);
    check(&format!("{key:#?}{credentials:#?}{account:?}{request:#?}"));
    insta::assert_snapshot!(told.replace(env!("CARGO_PKG_VERSION"), "[version]"));
}

#[test]
fn errors_of_every_kind() {
    let transport = || {
        TransportError::new(TransportKind::Tls, Delivery::NotSent)
            .with_host(Some("example.com"))
            .with_source("certificate expired")
    };
    let answered = |status, body: &str| parse::<GetTrackingLinks>(&answer(status, body)).unwrap_err();
    let errors = [
        account().request(&call(5_000)).unwrap_err().into(),
        BuildError::PathArguments { endpoint: "caps", path: "/caps" }.into(),
        transport().into(),
        answered(401, r#"{"code": 401, "message": "Invalid key"}"#),
        answered(200, "<html>"),
        answered(200, r#"{"code": 0, "data": 5}"#),
        Error::MissingRow,
        Error::Stopped(StopCause::Requested),
        Error::Stopped(StopCause::DeadlinePassed),
        Error::InDoubt(Arc::new(transport().into())),
        Error::Exhausted { attempts: 5, last: Arc::new(answered(503, "")) },
    ];
    let told = errors.map(|error| {
        check(&format!("{error:#?}"));
        format!("{error}\n{}\n{error:?}", error.advice())
    });
    check(&told.concat());
    insta::assert_snapshot!(told.join("\n\n"));
}

/// A page of debugging, say, that shows what the server was sent.
#[test]
fn what_a_service_repeats_of_them() {
    let basic = BASE64_STANDARD.encode(format!("{EMAIL}:{KEY}"));
    let encoded = utf8_percent_encode(KEY, NON_ALPHANUMERIC);
    let echo = format!("PHP_AUTH_USER {EMAIL} PHP_AUTH_PW {KEY} {encoded} Basic {basic}");
    // The end of a long text is not shown, and so may be cut in the middle of one.
    let cut = (0..KEY.len()).map(|end| format!("{}{KEY}", ".".repeat(300 - end)));
    for echo in cut.chain([echo]) {
        for (status, body) in [
            (400, format!(r#"{{"code": 400, "message": "{echo}"}}"#)),
            (500, format!(r#"{{"code": "{echo}", "message": "broken"}}"#)),
            (200, format!(r#"{{"code": 0, "data": {{"tracking_link": [{{"offer_id": "{echo}"}}]}}}}"#)),
            (200, format!(r#"{{"code": 0, "data": {{"tracking_link": "{echo}"}}}}"#)),
        ] {
            let options = Options::builder().retries(0).build().unwrap();
            let mut job = Jobs::new(account(), options, Quota::default(), 1).call(&call(1));
            let Action::Send(attempt) = job.next(Moment::EPOCH) else { panic!("nothing is sent") };
            job.answered(attempt.ticket, Moment::EPOCH, Ok(answer(status, &body))).unwrap();
            let Action::Item(result) = job.next(Moment::EPOCH) else { panic!("there is no result") };
            let error = result.unwrap_err();
            let told = format!("{error:?} {error:#?} {error}");
            check(&told);
            assert!(!told.contains(&KEY[..4]), "the beginning of the key is in {told}");
        }
    }
}

#[test]
fn the_body_of_an_error_that_is_not_utf8() {
    let body = [&b"<html>\xE9 "[..], KEY.as_bytes()].concat();
    for status in [200, 403] {
        let error = account().parse(&call(1), &answer(status, &body)).unwrap_err();
        let kept = error.body().unwrap();
        check(&kept.text());
        assert!(kept.text().contains("[redacted]"), "{}", kept.text());
        assert_eq!(kept.full_len(), body.len());
    }
}

#[test]
fn a_job_shows_how_far_it_is_and_nothing_else() {
    let jobs = Jobs::new(account(), Options::default(), Quota::default(), 1);
    let listing = format!("{:?}", jobs.offers(ListOffers::new()));
    assert!(listing.starts_with("Listing { progress: Progress { done: 0, "), "{listing}");
    let batch = format!("{:?}", jobs.links([16, 102]));
    assert_eq!(batch, "Batch { done: 0, .. }");
    let call = format!("{:?}", jobs.call(&call(1)));
    assert!(call.starts_with("Call { progress: Progress { done: 0, "), "{call}");
    for text in [listing, batch, call] {
        check(&text);
    }
}
