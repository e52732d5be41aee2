//! The body of a response in pieces: inflated, as long as announced, and within the cap.
#![no_main]

use std::io::Write;

use arbitrary::Arbitrary;
use flate2::{Compression, write::GzEncoder};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use libfuzzer_sys::fuzz_target;
use offerslook_core::{
    Account, Response, TransportError,
    affiliate::batches::GetTrackingLinks,
    transport::{Exchange, Settings},
};

#[derive(Arbitrary, Debug)]
struct Input {
    status: u16,
    pieces: Vec<Vec<u8>>,
    coding: Coding,
    /// Where the stream is damaged, and by what.
    damage: Option<(u16, u8)>,
    length: Length,
    transfer_encoding: Option<Vec<u8>>,
    cap: u16,
    is_inflated: bool,
}

#[derive(Arbitrary, Debug, PartialEq)]
enum Coding {
    None,
    /// The pieces are gzip already, or are not.
    Announced,
    /// The pieces are compressed, one member each.
    Gzip,
    Any(Vec<u8>),
}

#[derive(Arbitrary, Debug, PartialEq)]
enum Length {
    None,
    True,
    Any(Vec<u8>),
}

fuzz_target!(|input: Input| {
    let mut body: Vec<Vec<u8>> = if input.coding == Coding::Gzip {
        input.pieces.iter().map(|piece| compressed(piece)).collect()
    } else {
        input.pieces.clone()
    };
    if let Some((place, byte)) = input.damage {
        if let Some(target) = body.iter_mut().flatten().nth(place.into()) {
            *target ^= byte;
        }
    }
    let account = offerslook_fuzz::account();
    let whole = receive(&account, &input, &body);
    let bytes: Vec<_> = body.concat().chunks(1).map(<[u8]>::to_vec).collect();
    match (&whole, receive(&account, &input, &bytes)) {
        (Ok(one), Ok(other)) => assert_eq!(one.body(), other.body()),
        (Err(_), Err(_)) => {}
        (one, other) => panic!("cut otherwise, it is another response: {one:?}, {other:?}"),
    }
    let is_changed = input.damage.is_some_and(|(_, byte)| byte > 0);
    if let Ok(response) = whole {
        let is_gzip = matches!(input.coding, Coding::Announced | Coding::Any(_));
        assert!(response.body().len() <= input.cap.into(), "over the cap");
        if !is_gzip && !is_changed && !(input.is_inflated && input.coding == Coding::Gzip) {
            assert_eq!(*response.body(), input.pieces.concat());
        }
    } else if input.coding == Coding::None && input.transfer_encoding.is_none() {
        let is_too_large = body.concat().len() > input.cap.into();
        let kind = whole.unwrap_err().kind;
        assert!(is_too_large || matches!(input.length, Length::Any(_)), "{kind:?}");
    }
});

fn compressed(piece: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(piece).unwrap();
    encoder.finish().unwrap()
}

fn receive(account: &Account, input: &Input, pieces: &[Vec<u8>]) -> Result<Response, TransportError> {
    let mut settings = Settings::default();
    settings.max_body_bytes = input.cap.into();
    let call = GetTrackingLinks::new("16".parse().unwrap());
    let exchange = Exchange::new(account.request(&call).unwrap(), &settings)?;
    let mut headers = HeaderMap::new();
    let mut add = |name, value: &[u8]| {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(name, value);
        }
    };
    match &input.coding {
        Coding::None => {}
        Coding::Announced | Coding::Gzip => add(header::CONTENT_ENCODING, b"gzip"),
        Coding::Any(coding) => add(header::CONTENT_ENCODING, coding),
    }
    match &input.length {
        Length::None => {}
        Length::True => add(header::CONTENT_LENGTH, pieces.concat().len().to_string().as_bytes()),
        Length::Any(length) => add(header::CONTENT_LENGTH, length),
    }
    if let Some(coding) = &input.transfer_encoding {
        add(header::TRANSFER_ENCODING, coding);
    }
    let status = StatusCode::from_u16(200 + input.status % 300).unwrap();
    let mut body = exchange.response((status, headers))?;
    if input.is_inflated {
        body = body.already_inflated();
    }
    for piece in pieces {
        body.push(piece)?;
    }
    body.finish()
}
