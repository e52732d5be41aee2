//! Answers as a service may give them, and what a person reads of the result.

use std::fmt::{Debug, Write};

use offerslook_core::{Error, Response};

pub(crate) const BATCH_EXAMPLE: &str = include_str!("../fixtures/get_tracking_links.json");
pub(crate) const OFFER_EXAMPLE: &str = include_str!("../fixtures/get_offer_tracking_link.json");

pub(crate) fn answer(status: u16, body: impl AsRef<[u8]>) -> Response {
    http::Response::builder().status(status).body(body.as_ref().to_vec().into()).unwrap()
}

/// The answer with this value in `data`.
pub(crate) fn success(data: &str) -> String {
    format!(r#"{{"code": 0, "message": "Success", "data": {data}}}"#)
}

/// The answer that carries this under `tracking_link`.
pub(crate) fn links(value: &str) -> String {
    success(&format!(r#"{{"tracking_link": {value}}}"#))
}

/// What went in, and what came out of it: the value, or all that a person reads of the error.
pub(crate) fn told(answer: &Response, result: &Result<impl Debug, Error>) -> String {
    let mut told = format!("HTTP {} {}\n\n", answer.status().as_u16(), shown(answer.body()));
    match result {
        Ok(output) => write!(told, "{output:?}").unwrap(),
        Err(error) => write!(
            told,
            "{error}\n{}\nclass: {:?}\nwhole body: {:?} bytes",
            error.advice(),
            error.class().unwrap(),
            error.body().unwrap().full_len(),
        )
        .unwrap(),
    }
    told
}

fn shown(body: &[u8]) -> String {
    const SHOWN: usize = 160;
    let text = String::from_utf8_lossy(body);
    let mut shown = String::new();
    for c in text.chars().take(SHOWN) {
        match c {
            '\u{feff}' | '\0'..' ' => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    if text.chars().count() > SHOWN {
        shown.push_str(" ...");
    }
    shown
}

/// One test and one snapshot for each answer: what comes of it.
macro_rules! answers {
    ($($name:ident: $endpoint:ty, $status:literal, $body:expr;)+) => {$(
        #[test]
        fn $name() {
            let answer = $crate::answers::answer($status, $body);
            let result = offerslook_core::parse::<$endpoint>(&answer);
            let told = $crate::answers::told(&answer, &result);
            insta::assert_snapshot!(stringify!($name), told, stringify!($endpoint));
        }
    )+};
}
pub(crate) use answers;
