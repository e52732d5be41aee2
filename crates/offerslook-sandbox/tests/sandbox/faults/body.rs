use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use flate2::read::{GzDecoder, MultiGzDecoder};
use offerslook_sandbox::{Certificate, Fault, Faults, Rule, Sandbox, SandboxConfig};

use super::{RawResponse, always, raw, read_head, request, size};
use crate::client::{batch_path, connect, get, sandbox};

fn plain() -> String {
    get(&sandbox(), &batch_path([16, 102])).text
}

fn links(sandbox: &Sandbox) -> RawResponse {
    raw(sandbox, "GET", &batch_path([16, 102]))
}

/// Sends a request, in an HTTP version, and leaves the response in the connection.
fn start(sandbox: &Sandbox, version: &str) -> TcpStream {
    let mut stream = connect(sandbox);
    let request = request(sandbox, "GET", &batch_path([16, 102])).replace("HTTP/1.1", version);
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

#[test]
fn a_cut_body_is_announced_in_full() {
    let plain = plain();
    for (after_bytes, sent) in [(None, plain.len() / 2), (Some(10), 10), (Some(0), 0)] {
        let sandbox = always([Fault::CutBody { after_bytes }]);
        let response = links(&sandbox);
        assert!(response.head.starts_with("HTTP/1.1 200 "), "{}", response.head);
        assert_eq!((response.length(), response.text()), (plain.len(), &plain[..sent]));
        assert!(response.end.is_ok(), "closed, not reset: {:?}", response.end);
        assert_eq!((sandbox.fired(), sandbox.arrivals().newest[0].status), (vec![1], Some(200)));
    }
    let sandbox = always([Fault::CutBody { after_bytes: Some(plain.len().try_into().unwrap()) }]);
    assert_eq!((links(&sandbox).text(), sandbox.fired()), (plain.as_str(), vec![0]));
}

#[test]
fn a_cut_comes_last_and_sends_its_part_whatever_the_length() {
    let cut = |after| Fault::CutBody { after_bytes: Some(after) };
    // More than the buffers of the sockets.
    let sandbox = always([Fault::OversizedBody { bytes: 20_000_000 }, cut(15_000_000)]);
    let response = links(&sandbox);
    assert_eq!((response.length(), response.body.len()), (20_000_000, 15_000_000));
    assert_eq!(sandbox.fired(), [1, 1]);

    let drip = Fault::SlowDrip { bytes: size(10), pause: Duration::from_millis(1) };
    let sandbox = always([cut(95), drip, Fault::OversizedBody { bytes: 5_000 }]);
    let response = links(&sandbox);
    assert_eq!((response.length(), response.body.len()), (5_000, 95));
    assert_eq!(sandbox.fired(), [1, 1, 1]);

    let limited = Fault::RateLimited { retry_after: None };
    let response = links(&always([Fault::CutBody { after_bytes: None }, limited]));
    assert!(response.head.starts_with("HTTP/1.1 429 "), "{}", response.head);
    assert_eq!(response.body.len(), response.length() / 2);
}

#[test]
fn a_cut_body_is_cut_in_tls_too() {
    let faults = Faults::default().rule(Rule::new(Fault::CutBody { after_bytes: Some(10) }));
    let sandbox = Sandbox::start(SandboxConfig::default().https(Certificate::Good).faults(faults)).unwrap();
    let mut stream = crate::https::connect(&sandbox, "127.0.0.1").unwrap();
    stream.write_all(request(&sandbox, "GET", &batch_path([16])).as_bytes()).unwrap();
    let mut answer = Vec::new();
    assert_eq!(stream.read_to_end(&mut answer).unwrap_err().kind(), ErrorKind::UnexpectedEof);
    assert!(answer.ends_with(b"\r\n\r\n{\"code\":0,"), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn a_dripping_body_is_complete_in_the_end() {
    let (plain, pause) = (plain(), Duration::from_millis(2));
    let sandbox = always([Fault::SlowDrip { bytes: size(50), pause }]);
    let start = Instant::now();
    let response = links(&sandbox);
    assert!(start.elapsed() >= pause * u32::try_from(plain.len().div_ceil(50)).unwrap());
    assert_eq!((response.text(), response.length()), (plain.as_str(), plain.len()));
    assert_eq!(sandbox.fired(), [1]);
}

#[test]
fn the_head_of_a_dripping_response_comes_before_the_first_piece() {
    let sandbox = always([Fault::SlowDrip { bytes: size(1), pause: Duration::from_hours(1) }]);
    let mut stream = start(&sandbox, "HTTP/1.1");
    read_head(&mut stream);
    sandbox.stop().unwrap();
    assert_eq!(stream.read_to_end(&mut Vec::new()).unwrap_or(0), 0);
}

#[test]
fn an_oversized_body_is_the_same_json() {
    let plain = plain();
    let sandbox = always([Fault::OversizedBody { bytes: 300_000 }]);
    let response = links(&sandbox);
    assert_eq!((response.length(), response.body.len()), (300_000, 300_000));
    assert_eq!((response.text().trim_end_matches(' '), sandbox.fired()), (plain.as_str(), vec![1]));

    let small = always([Fault::OversizedBody { bytes: 3 }]);
    assert_eq!((links(&small).text(), small.fired()), (plain.as_str(), vec![0]));
}

#[test]
fn an_oversized_body_may_exceed_any_memory() {
    let sandbox = always([Fault::OversizedBody { bytes: 1 << 50 }]);
    let mut stream = start(&sandbox, "HTTP/1.1");
    let announced = format!("\r\ncontent-length: {}\r\n", 1_u64 << 50);
    assert!(read_head(&mut stream).contains(&announced));
    stream.read_exact(&mut vec![0; 4_000_000]).unwrap();
    // The sandbox serves others meanwhile.
    get(&sandbox, "/sandbox/v1/faults").assert_ok();
}

#[test]
fn a_gzip_bomb_decompresses_to_its_size() {
    let sandbox = always([Fault::GzipBomb { bytes: 5_000_000 }]);
    let mut stream = start(&sandbox, "HTTP/1.0");
    assert!(read_head(&mut stream).contains("\r\ncontent-encoding: gzip\r\n"));
    let mut body = Vec::new();
    stream.read_to_end(&mut body).unwrap();
    assert!(body.len() < 50_000, "{}", body.len());

    let mut decompressed = String::new();
    MultiGzDecoder::new(body.as_slice()).read_to_string(&mut decompressed).unwrap();
    assert_eq!(decompressed.len(), 5_000_000);
    assert_eq!((decompressed.trim_end_matches(' '), sandbox.fired()), (plain().as_str(), vec![1]));
}

#[test]
fn a_gzip_bomb_may_exceed_any_memory() {
    let sandbox = always([Fault::GzipBomb { bytes: 1 << 50 }]);
    let mut stream = start(&sandbox, "HTTP/1.0");
    read_head(&mut stream);
    let mut decompressed = vec![0; 2_000_000];
    GzDecoder::new(stream).read_exact(&mut decompressed).unwrap();
    assert!(decompressed.ends_with(b"    "));
}

#[test]
fn a_compressed_body_is_neither_padded_nor_compressed_again() {
    let bomb = || Fault::GzipBomb { bytes: 1_000 };
    let sandbox = always([bomb(), bomb(), Fault::OversizedBody { bytes: 9_999 }]);
    assert_eq!(links(&sandbox).head.matches("gzip").count(), 1);
    assert_eq!(sandbox.fired(), [1, 0, 0]);
}

#[test]
fn slashes_are_escaped_once() {
    let answer = get(&always([Fault::EscapedSlashes, Fault::EscapedSlashes]), &batch_path([16, 102]));
    assert_eq!(answer.text, plain().replace('/', r"\/"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
}
