use std::{
    io::{Read, Write},
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use flate2::read::{GzDecoder, MultiGzDecoder};
use offerslook_sandbox::{Certificate, Fault, Faults, Route, Rule, Sandbox, SandboxConfig};

use super::{always, faulty, hear, request};
use crate::client::{batch_path, connect, get, sandbox};

fn whole() -> String {
    get(&sandbox(), &batch_path([16, 102])).text
}

fn length(heard: &super::Heard) -> usize {
    heard.header("content-length").unwrap().parse().unwrap()
}

#[test]
fn a_cut_body_is_announced_whole() {
    let whole = whole();
    for (after_bytes, sent) in [(None, whole.len() / 2), (Some(10), 10), (Some(0), 0)] {
        let sandbox = always(Fault::CutBody { after_bytes });
        let heard = hear(&sandbox, "GET", &batch_path([16, 102]));
        assert!(heard.head.starts_with("HTTP/1.1 200 "), "{}", heard.head);
        assert_eq!((length(&heard), heard.text()), (whole.len(), &whole[..sent]));
        assert!(heard.end.is_ok(), "it is closed, not reset: {:?}", heard.end);
        assert_eq!((sandbox.fired(), sandbox.arrivals().newest[0].status), (vec![1], Some(200)));
    }
}

#[test]
fn a_body_that_is_not_longer_is_not_cut() {
    let whole = whole();
    let sandbox = always(Fault::CutBody { after_bytes: Some(whole.len().try_into().unwrap()) });
    assert_eq!(hear(&sandbox, "GET", &batch_path([16, 102])).text(), whole);
    assert_eq!(sandbox.fired(), [0]);
}

#[test]
fn the_sent_part_of_a_cut_body_arrives_however_long_it_is() {
    // More than the sockets' buffers hold.
    let (bytes, after) = (20_000_000, 15_000_000);
    let sandbox = faulty(
        Faults::default()
            .rule(Rule::new(Fault::OversizedBody { bytes }))
            .rule(Rule::new(Fault::CutBody { after_bytes: Some(after) })),
    );
    let heard = hear(&sandbox, "GET", &batch_path([16]));
    assert_eq!((length(&heard), heard.body.len()), (20_000_000, 15_000_000));
    assert_eq!(sandbox.fired(), [1, 1]);
}

#[test]
fn a_cut_comes_last_whatever_the_order_of_the_rules() {
    let cut = Rule::new(Fault::CutBody { after_bytes: Some(95) });
    let drip = Fault::SlowDrip { bytes: NonZeroUsize::new(10).unwrap(), pause: Duration::from_millis(1) };
    let rules = [cut, Rule::new(drip), Rule::new(Fault::OversizedBody { bytes: 5_000 })];
    let sandbox = faulty(rules.into_iter().fold(Faults::default(), Faults::rule));
    let heard = hear(&sandbox, "GET", &batch_path([16]));
    assert_eq!((length(&heard), heard.body.len()), (5_000, 95));
    assert_eq!(sandbox.fired(), [1, 1, 1]);
}

#[test]
fn a_cut_body_is_cut_in_tls_too() {
    let faults = Faults::default().rule(Rule::new(Fault::CutBody { after_bytes: Some(10) }));
    let sandbox = Sandbox::start(SandboxConfig::default().https(Certificate::Good).faults(faults)).unwrap();
    let mut stream = crate::https::connect(&sandbox, "127.0.0.1").unwrap();
    stream.write_all(request(&sandbox, "GET", &batch_path([16])).as_bytes()).unwrap();
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer);
    assert_eq!(end.unwrap_err().kind(), std::io::ErrorKind::UnexpectedEof);
    assert!(answer.ends_with(b"\r\n\r\n{\"code\":0,"), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn an_error_is_cut_as_well() {
    let sandbox = faulty(
        Faults::default()
            .rule(Rule::new(Fault::CutBody { after_bytes: None }))
            .rule(Rule::new(Fault::RateLimited { retry_after: None })),
    );
    let heard = hear(&sandbox, "GET", &batch_path([16]));
    assert!(heard.head.starts_with("HTTP/1.1 429 "), "{}", heard.head);
    assert_eq!(heard.body.len(), length(&heard) / 2);
}

#[test]
fn a_dripping_body_is_whole_in_the_end() {
    let (whole, pause) = (whole(), Duration::from_millis(2));
    let sandbox = always(Fault::SlowDrip { bytes: NonZeroUsize::new(50).unwrap(), pause });
    let start = Instant::now();
    let heard = hear(&sandbox, "GET", &batch_path([16, 102]));
    assert!(start.elapsed() >= pause * u32::try_from(whole.len().div_ceil(50)).unwrap());
    assert_eq!((heard.text(), length(&heard)), (whole.as_str(), whole.len()));
    assert_eq!(sandbox.fired(), [1]);
}

#[test]
fn the_head_of_a_dripping_answer_comes_before_the_first_drop() {
    let pause = Duration::from_hours(1);
    let sandbox = always(Fault::SlowDrip { bytes: NonZeroUsize::MIN, pause });
    let mut stream = connect(&sandbox);
    stream.write_all(request(&sandbox, "GET", &batch_path([16])).as_bytes()).unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
    sandbox.stop().unwrap();
    assert_eq!(stream.read_to_end(&mut Vec::new()).unwrap_or(0), 0);
}

#[test]
fn an_oversized_body_is_the_same_json() {
    let (whole, bytes) = (whole(), 300_000);
    let sandbox = always(Fault::OversizedBody { bytes });
    let heard = hear(&sandbox, "GET", &batch_path([16, 102]));
    assert_eq!((length(&heard), heard.body.len()), (300_000, 300_000));
    assert_eq!(heard.text().trim_end_matches(' '), whole);
    assert_eq!(sandbox.fired(), [1]);
}

#[test]
fn a_body_that_is_not_shorter_is_not_padded() {
    let sandbox = always(Fault::OversizedBody { bytes: 3 });
    assert_eq!(get(&sandbox, &batch_path([16, 102])).text, whole());
    assert_eq!(sandbox.fired(), [0]);
}

#[test]
fn an_oversized_body_may_be_longer_than_any_memory() {
    let sandbox = always(Fault::OversizedBody { bytes: 1 << 50 });
    let mut stream = connect(&sandbox);
    stream.write_all(request(&sandbox, "GET", &batch_path([16])).as_bytes()).unwrap();
    let mut start = vec![0; 4_000_000];
    stream.read_exact(&mut start).unwrap();
    let announced = format!("\r\ncontent-length: {}\r\n", 1_u64 << 50);
    assert!(String::from_utf8(start).unwrap().contains(&announced));
    // Others are answered meanwhile.
    assert_eq!(get(&sandbox, "/sandbox/v1/faults").status(), 200);
}

#[test]
fn a_gzip_bomb_inflates_to_its_size() {
    let (whole, bytes) = (whole(), 5_000_000);
    let sandbox = always(Fault::GzipBomb { bytes });
    let agent = connect(&sandbox);
    let request = request(&sandbox, "GET", &batch_path([16, 102])).replace("HTTP/1.1", "HTTP/1.0");
    (&agent).write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    (&agent).read_to_end(&mut answer).unwrap();
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    assert!(String::from_utf8_lossy(&answer[..head]).contains("\r\ncontent-encoding: gzip\r\n"));
    assert!(answer.len() < 50_000, "{}", answer.len());

    let mut inflated = String::new();
    MultiGzDecoder::new(&answer[head..]).read_to_string(&mut inflated).unwrap();
    assert_eq!(inflated.len(), 5_000_000);
    assert_eq!(inflated.trim_end_matches(' '), whole);
    assert_eq!(sandbox.fired(), [1]);
}

#[test]
fn a_gzip_bomb_may_inflate_to_more_than_any_memory() {
    let sandbox = always(Fault::GzipBomb { bytes: 1 << 50 });
    let mut stream = connect(&sandbox);
    let request = request(&sandbox, "GET", &batch_path([16])).replace("HTTP/1.1", "HTTP/1.0");
    stream.write_all(request.as_bytes()).unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
    let mut inflated = vec![0; 2_000_000];
    GzDecoder::new(stream).read_exact(&mut inflated).unwrap();
    assert!(inflated.ends_with(b"    "));
}

#[test]
fn compressed_bytes_are_neither_padded_nor_compressed_again() {
    let bomb = || Rule::new(Fault::GzipBomb { bytes: 1_000 });
    let sandbox = faulty(
        Faults::default().rule(bomb()).rule(bomb()).rule(Rule::new(Fault::OversizedBody { bytes: 9_999 })),
    );
    let heard = hear(&sandbox, "GET", &batch_path([16]));
    assert_eq!(heard.head.matches("gzip").count(), 1);
    assert_eq!(sandbox.fired(), [1, 0, 0]);
}

#[test]
fn slashes_are_escaped_once() {
    let rule = || Rule::new(Fault::EscapedSlashes).on(Route::GetTrackingLinks);
    let sandbox = faulty(Faults::default().rule(rule()).rule(rule()));
    let answer = get(&sandbox, &batch_path([16, 102]));
    assert_eq!(answer.text, whole().replace('/', r"\/"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
}
