use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use offerslook_core::{Response, TransportError, TransportKind, transport::Answer};
use proptest::prelude::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read(coding: Option<&str>, cap: usize, pieces: &[&[u8]]) -> Result<Response, TransportError> {
    let mut head = http::Response::builder().header("content-length", "5").header("x-kept", "1");
    if let Some(coding) = coding {
        head = head.header("content-encoding", coding);
    }
    let (head, ()) = head.body(()).unwrap().into_parts();
    let mut answer = Answer::new(head, cap)?;
    for piece in pieces {
        answer.push(piece)?;
    }
    answer.finish()
}

fn kind(outcome: Result<Response, TransportError>) -> TransportKind {
    outcome.unwrap_err().kind
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
fn the_headers_of_an_inflated_body_do_not_speak_of_the_wire() {
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
fn no_body_is_no_gzip_stream() {
    assert_eq!(read(Some("gzip"), 5, &[]).unwrap().body().as_ref(), b"");
    assert_eq!(read(Some("gzip"), 5, &[b""]).unwrap().body().as_ref(), b"");
}

#[test]
fn the_cap_counts_inflated_bytes() {
    assert!(read(None, 5, &[b"hello"]).is_ok());
    assert_eq!(kind(read(None, 4, &[b"hello"])), TransportKind::BodyTooLarge);
    assert_eq!(kind(read(None, 4, &[b"hell", b"o"])), TransportKind::BodyTooLarge);
    let bomb = gzip(&vec![0; 1_000_000]);
    assert!(read(Some("gzip"), 1_000_000, &[&bomb]).is_ok());
    assert_eq!(kind(read(Some("gzip"), 999_999, &[&bomb])), TransportKind::BodyTooLarge);
}

#[test]
fn a_body_in_a_strange_transfer_coding_is_not_taken() {
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
        let outcome = Answer::new(head.body(()).unwrap().into_parts().0, 5);
        assert_eq!(
            outcome.as_ref().err().map(|error| error.kind),
            (!is_taken).then_some(TransportKind::Malformed)
        );
    }
}

#[test]
fn what_is_no_gzip_is_malformed() {
    assert_eq!(kind(read(Some("gzip"), 100, &[b"plain text"])), TransportKind::Malformed);
    let mut damaged = gzip(b"hello");
    let last = damaged.len() - 5;
    damaged[last] ^= 1;
    assert_eq!(kind(read(Some("gzip"), 100, &[&damaged])), TransportKind::Malformed);
    let trailing = [gzip(b"hello"), b"junk".to_vec()].concat();
    assert_eq!(kind(read(Some("gzip"), 100, &[&trailing])), TransportKind::Malformed);
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
    fn whatever_comes_is_an_answer_or_an_error(pieces: Vec<Vec<u8>>) {
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        let _ = read(Some("gzip"), 64, &pieces);
    }
}
