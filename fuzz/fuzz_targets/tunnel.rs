//! The handshake with a proxy: one request without anything smuggled in, and the same end however the answer is cut.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offerslook_core::transport::{Proxy, Tunnel, TunnelError};

fuzz_target!(|input: (&str, &str, Vec<&[u8]>)| {
    let (proxy, target, pieces) = input;
    if let (Ok(proxy), Ok(target)) = (proxy.parse::<Proxy>(), target.parse::<http::Uri>()) {
        let tunnel = Tunnel::new(&proxy, &target);
        let text = std::str::from_utf8(tunnel.request()).unwrap();
        let lines = 3 + usize::from(proxy.authorization().is_some());
        assert_eq!(text.strip_suffix("\r\n\r\n").unwrap().split("\r\n").count(), lines, "{text:?}");
    }
    let (end, consumed) = feed(pieces.into_iter());
    let (again, bytes) = feed(consumed.chunks(1));
    match end {
        // A head is complete, or wrong, at some byte: no piece can change that.
        Ok(true) | Err(TunnelError::Refused { .. }) => assert_eq!(again, end),
        Err(TunnelError::NotHttp) => assert_eq!(again, end),
        _ => assert_eq!((again, bytes), (Ok(false), consumed)),
    }
});

/// Returns the last result, and all bytes up to it.
fn feed<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (Result<bool, TunnelError>, Vec<u8>) {
    let proxy = "http://p:1".parse::<Proxy>().unwrap();
    let mut tunnel = Tunnel::new(&proxy, &http::Uri::from_static("https://a/"));
    let (mut result, mut consumed) = (Ok(false), Vec::new());
    for piece in pieces {
        result = tunnel.received(piece);
        consumed.extend_from_slice(piece);
        if result != Ok(false) {
            break;
        }
    }
    (result, consumed)
}
