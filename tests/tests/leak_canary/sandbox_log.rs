//! The sandbox's log of requests that have the account in the wrong place.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use offerslook_sandbox::Sandbox;
use offerslook_tests::canary::{EMAIL, KEY, assert_none_in, forms};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::fixtures::sandbox_config;

/// Sends a request with the account's credentials and returns the whole response.
fn get(sandbox: &Sandbox, target: &str) -> String {
    let basic = BASE64_STANDARD.encode(format!("{EMAIL}:{KEY}"));
    let mut stream = TcpStream::connect(sandbox.base_url().trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    write!(
        stream,
        "GET {target} HTTP/1.1\r\nhost: {EMAIL}\r\nauthorization: Basic {basic}\r\nuser-agent: {KEY}\r\n\
         connection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
    answer
}

#[test]
fn log_of_requests_that_repeat_the_account_is_redacted() {
    let sandbox = Sandbox::start(sandbox_config()).unwrap();
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let mut forms: Vec<String> = forms().split(' ').map(str::to_owned).collect();
    forms.extend(forms.clone().iter().map(|form| encoded(form)));
    forms.push(encoded(KEY).to_lowercase());
    forms.push(encoded(EMAIL).to_lowercase());
    for form in &forms {
        for target in [
            format!("/aff/v1/offers/{form}/tracking_links"),
            format!("/aff/v1/batches/offers/tracking_links/16,{form}"),
            format!("/aff/v1/offers?filters[name]={form}"),
            format!("/aff/v1/offers?{form}=1"),
            format!("/{form}"),
        ] {
            assert_none_in(&get(&sandbox, &target), &target);
        }
    }
    assert_eq!(sandbox.arrivals().total, 5 * u64::try_from(forms.len()).unwrap());
    assert_none_in(&format!("{sandbox:?} {:?} {:#?}", sandbox.arrivals(), sandbox.arrivals()), "the log");
    assert_none_in(&get(&sandbox, "/sandbox/v1/arrivals"), "the log over HTTP");
}
