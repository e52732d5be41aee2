use std::io::Write;

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::{HeaderMap, StatusCode, response::Parts};
use offerslook_core::{Delivery, Response, Settings, TransportError, TransportKind, transport::Exchange};
use proptest::prelude::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn exchange(cap: usize) -> Exchange {
    let mut settings = Settings::default();
    settings.max_body_bytes = cap;
    Exchange::new(http::Request::get("https://a.example/").body(Bytes::new()).unwrap(), &settings).unwrap()
}

fn read(coding: Option<&str>, cap: usize, pieces: &[&[u8]]) -> Result<Response, TransportError> {
    let length = pieces.iter().map(|piece| piece.len()).sum();
    read_announced(coding, cap, length, pieces)
}

fn read_announced(
    coding: Option<&str>,
    cap: usize,
    length: usize,
    pieces: &[&[u8]],
) -> Result<Response, TransportError> {
    let mut head = http::Response::builder().header("content-length", length).header("x-kept", "1");
    if let Some(coding) = coding {
        head = head.header("content-encoding", coding);
    }
    let (head, ()) = head.body(()).unwrap().into_parts();
    let read = |is_given_away: bool| {
        let mut body = exchange(cap).response(head.clone())?;
        for piece in pieces {
            if is_given_away { body.push_bytes(Bytes::copy_from_slice(piece)) } else { body.push(piece) }?;
        }
        body.finish()
    };
    let (lent, given_away) = (read(false), read(true));
    let summary = |outcome: &Result<Response, TransportError>| {
        outcome.as_ref().map(|response| response.body().clone()).map_err(|error| (error.kind, error.delivery))
    };
    assert_eq!(summary(&lent), summary(&given_away));
    lent
}

fn kind(outcome: Result<Response, TransportError>) -> TransportKind {
    outcome.unwrap_err().kind
}

fn head(headers: &[(&'static str, &str)]) -> Parts {
    let mut head = http::Response::new(()).into_parts().0;
    for (name, value) in headers {
        head.headers.append(*name, value.parse().unwrap());
    }
    head
}

#[test]
fn a_plain_body_passes_as_it_is() {
    let response = read(None, 5, &[b"he", b"", b"llo"]).unwrap();
    assert_eq!(response.body().as_ref(), b"hello");
    assert_eq!(response.headers()["content-length"], "5");
    let unknown = read(Some("br"), 5, &[b"hello"]).unwrap();
    assert_eq!(unknown.headers()["content-encoding"], "br");
}

#[test]
fn an_inflated_response_has_no_encoding_and_no_length() {
    for coding in ["gzip", "GZIP", " x-gzip "] {
        let response = read(Some(coding), 5, &[&gzip(b"hello")]).unwrap();
        assert_eq!(response.body().as_ref(), b"hello");
        assert_eq!(response.headers().len(), 1);
        assert_eq!(response.headers()["x-kept"], "1");
    }
}

#[test]
fn several_gzip_members_are_one_body() {
    let two = [gzip(b"hel"), gzip(b"lo")].concat();
    assert_eq!(read(Some("gzip"), 5, &[&two]).unwrap().body().as_ref(), b"hello");
}

#[test]
fn an_unknown_transfer_coding_is_malformed() {
    for (coding, version, is_taken) in [
        ("chunked", http::Version::HTTP_11, true),
        ("Chunked", http::Version::HTTP_11, true),
        ("identity", http::Version::HTTP_11, true),
        ("gzip", http::Version::HTTP_11, false),
        ("gzip, chunked", http::Version::HTTP_11, false),
        ("chunked, gzip", http::Version::HTTP_11, false),
        ("chunked", http::Version::HTTP_10, false),
    ] {
        let head = http::Response::builder().version(version).header("transfer-encoding", coding);
        let outcome = exchange(5).response(head.body(()).unwrap().into_parts().0);
        assert_eq!(
            outcome.as_ref().err().map(|error| error.kind),
            (!is_taken).then_some(TransportKind::Malformed)
        );
    }
}

#[test]
fn an_invalid_gzip_stream_is_malformed() {
    assert_eq!(kind(read(Some("gzip"), 100, &[b"plain text"])), TransportKind::Malformed);
    let mut damaged = gzip(b"hello");
    let last = damaged.len() - 5;
    damaged[last] ^= 1;
    assert_eq!(kind(read(Some("gzip"), 100, &[&damaged])), TransportKind::Malformed);
    let trailing = [gzip(b"hello"), b"junk".to_vec()].concat();
    assert_eq!(kind(read(Some("gzip"), 100, &[&trailing])), TransportKind::Malformed);
}

#[test]
fn a_truncated_body_is_an_error_in_every_transport() {
    let error = read_announced(None, 100, 5, &[b"hell"]).unwrap_err();
    assert_eq!((error.kind, error.delivery), (TransportKind::Interrupted, Delivery::Unknown));
    assert_eq!(kind(read_announced(None, 100, 5, &[])), TransportKind::Interrupted);
    assert_eq!(kind(read_announced(None, 100, 5, &[b"hello", b"!"])), TransportKind::Malformed);
    // A gzip stream may be whole though a second member is missing.
    let packed = gzip(b"hello");
    let outcome = read_announced(Some("gzip"), 100, packed.len() + 1, &[&packed]);
    assert_eq!(kind(outcome), TransportKind::Interrupted);
}

#[test]
fn an_announced_length_is_one_number() {
    for (headers, is_taken) in [
        (&[("content-length", "5"), ("content-length", "5")][..], true),
        (&[("content-length", "5, 5")], true),
        (&[("content-length", "5"), ("content-length", "6")], false),
        (&[("content-length", "five")], false),
        (&[("content-length", "-1")], false),
        (&[("content-length", "9"), ("transfer-encoding", "chunked")], true),
    ] {
        let outcome = exchange(5).response(head(headers)).and_then(|mut body| {
            body.push(b"hello")?;
            body.finish()
        });
        assert_eq!(outcome.is_ok(), is_taken, "{headers:?}");
    }
}

#[test]
fn a_response_that_has_no_body_may_announce_one() {
    let request = http::Request::head("https://a.example/").body(Bytes::new()).unwrap();
    let exchange = Exchange::new(request, &Settings::default()).unwrap();
    let body = exchange.response(head(&[("content-length", "5")])).unwrap();
    assert_eq!(body.finish().unwrap().headers()["content-length"], "5");
    let mut head = head(&[("content-length", "5")]);
    head.status = StatusCode::NOT_MODIFIED;
    assert!(self::exchange(5).response(head).unwrap().finish().is_ok());
}

#[test]
fn a_host_that_inflates_bodies_may_keep_the_headers() {
    let mut headers = HeaderMap::new();
    headers.insert("content-encoding", "gzip".parse().unwrap());
    headers.insert("content-length", "25".parse().unwrap());
    let mut body = exchange(5).response((StatusCode::OK, headers)).unwrap().already_inflated();
    body.push(b"hello").unwrap();
    let response = body.finish().unwrap();
    assert_eq!((response.body().as_ref(), response.headers().len()), (&b"hello"[..], 0));
}

#[test]
fn a_head_has_a_maximum_size() {
    let long = "x".repeat(Settings::MAX_HEAD_BYTES);
    assert_eq!(exchange(5).response(head(&[("x", &long)])).unwrap_err().kind, TransportKind::Malformed);
    let many = vec![("x", "1"); Settings::MAX_HEADERS];
    assert!(exchange(5).response(head(&many)).is_ok());
    let too_many = vec![("x", "1"); Settings::MAX_HEADERS + 1];
    assert_eq!(exchange(5).response(head(&too_many)).unwrap_err().kind, TransportKind::Malformed);
}

proptest! {
    #[test]
    fn a_body_is_the_same_however_it_is_cut_into_pieces(body: Vec<u8>, size in 1_usize..40) {
        let packed = gzip(&body);
        let pieces: Vec<&[u8]> = packed.chunks(size).collect();
        let response = read(Some("gzip"), body.len(), &pieces).unwrap();
        prop_assert_eq!(response.body().as_ref(), &body);
    }

    #[test]
    fn a_gzip_stream_that_ends_early_is_never_taken_for_whole(body: Vec<u8>, at: prop::sample::Index) {
        let packed = gzip(&body);
        let cut = &packed[..=at.index(packed.len() - 1)];
        prop_assume!(cut.len() < packed.len());
        prop_assert_eq!(kind(read(Some("gzip"), 10_000, &[cut])), TransportKind::Malformed);
    }

    #[test]
    fn any_input_is_a_response_or_an_error(pieces: Vec<Vec<u8>>) {
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        let _ = read(Some("gzip"), 64, &pieces);
    }
}
