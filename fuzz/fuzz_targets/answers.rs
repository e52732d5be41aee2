//! Any body as the answer to every endpoint: it decodes, or the error says why, in one line and without the API key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offerslook_core::{
    Endpoint, Error,
    affiliate::{ENDPOINTS, batches::*, offer_postbacks::*, offers::*, sub_affiliate_approval::*},
    parse, parse_with_drift,
};
use offerslook_fuzz::{API_KEY, account};

fuzz_target!(|body: &[u8]| {
    let mut count = 0;
    macro_rules! check {
        ($($endpoint:ty),*) => {
            $(
                check::<$endpoint>(200, body);
                count += 1;
            )*
        };
    }
    check!(ApplyToOffers, GetTrackingLinks, ListBatchOffers);
    check!(CreatePostback, DeletePostback, GetPostback, ListPostbacks, UpdatePostback);
    check!(ApplyToOffer, GetOffer, GetOfferCaps, GetOfferCreatives, GetOfferPlatforms, GetOfferPostbacks);
    check!(GetOfferTrackingLink, ListOffers, ListSubAffiliateRules);
    assert_eq!(count, ENDPOINTS.len(), "an endpoint is missing here");

    let status =
        body.iter().fold(0_u16, |sum, byte| sum.wrapping_mul(31).wrapping_add((*byte).into())) % 900 + 100;
    check::<GetTrackingLinks>(status, body);
    redacted(status, body);
    let _ = parse_with_drift::<ListOffers>(&response(200, body));
});

fn response(status: u16, body: &[u8]) -> http::Response<Vec<u8>> {
    http::Response::builder().status(status).body(body.to_vec()).expect("the status is valid")
}

fn check<E: Endpoint>(status: u16, body: &[u8]) {
    match parse::<E>(&response(status, body)) {
        Ok(_) => assert!((200..=299).contains(&status)),
        Err(error) => describes(&error, body),
    }
}

fn describes(error: &Error, body: &[u8]) {
    assert!(error.class().is_some() && !error.advice().is_empty());
    assert_eq!(error.body().expect("an error of an answer keeps it").full_len(), body.len());
    let text = error.to_string();
    assert!(text.chars().count() < 1_000 && !text.contains(char::is_control), "{text:?}");
}

fn redacted(status: u16, body: &[u8]) {
    let call = GetTrackingLinks::new("16".parse().expect("an id"));
    let response = response(status, body).map(Into::into);
    if let Err(error) = account().parse(&call, &response) {
        assert!(!format!("{error} {error:?}").contains(API_KEY), "{error:?}");
    }
}
