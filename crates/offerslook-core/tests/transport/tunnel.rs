use offerslook_core::transport::{Proxy, Tunnel, TunnelError};
use proptest::prelude::*;

fn tunnel(proxy: &str, target: &str) -> Tunnel {
    Tunnel::new(&proxy.parse::<Proxy>().unwrap(), &target.parse().unwrap())
}

fn asked(proxy: &str, target: &str) -> String {
    let text = String::from_utf8(tunnel(proxy, target).request().to_vec()).unwrap();
    text.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

fn answered(pieces: &[&str]) -> Result<bool, TunnelError> {
    let mut tunnel = tunnel("http://p:1", "https://a/");
    let mut open = Ok(false);
    for piece in pieces {
        assert_eq!(open, Ok(false), "before {piece:?}");
        open = tunnel.received(piece.as_bytes());
    }
    open
}

#[test]
fn the_request_names_host_and_port() {
    assert_eq!(
        asked("http://p:1", "https://a.example/path?query"),
        "CONNECT a.example:443 HTTP/1.1\r\nhost: a.example:443\r\nuser-agent: offerslook/VERSION\r\n\r\n"
    );
    assert!(
        asked("http://p:1", "https://[2001:db8::1]:8443/")
            .starts_with("CONNECT [2001:db8::1]:8443 HTTP/1.1\r\n")
    );
}

#[test]
fn the_request_holds_the_login_of_the_proxy() {
    assert!(
        asked("http://user:pass@p:1", "https://a/")
            .ends_with("\r\nproxy-authorization: Basic dXNlcjpwYXNz\r\n\r\n")
    );
}

#[test]
fn a_good_answer_opens_the_tunnel() {
    assert_eq!(answered(&["HTTP/1.1 200 Connection established\r\n\r\n"]), Ok(true));
    assert_eq!(answered(&["HTTP/1.0 200 OK\r\nvia: p\r\n", "\r\n"]), Ok(true));
    assert_eq!(answered(&["HTTP/1.1 2", "00 OK\r", "\n\r\n"]), Ok(true));
}

#[test]
fn a_bad_answer_does_not() {
    assert_eq!(answered(&["HTTP/1.1 407 No\r\n", "\r\nbody"]), Err(TunnelError::Refused { status: 407 }));
    assert_eq!(answered(&["HTTP/1.1 302 Found\r\n\r\n"]), Err(TunnelError::Refused { status: 302 }));
    assert_eq!(answered(&["SSH-2.0\r\n"]), Err(TunnelError::NotHttp));
    assert_eq!(answered(&["HTTP/1.1 200 OK\r\n", ""]), Err(TunnelError::Closed));
    let endless = format!("HTTP/1.1 200 OK\r\nx: {}", "y".repeat(20_000));
    assert_eq!(answered(&[&endless]), Err(TunnelError::NotHttp));
    let whole = endless + "\r\n\r\n";
    assert_eq!(answered(&[&whole]), Err(TunnelError::NotHttp), "too large, also in one piece");
}

proptest! {
    #[test]
    fn any_response_of_a_proxy_is_taken_without_a_panic(pieces: Vec<Vec<u8>>) {
        let mut tunnel = tunnel("http://p:1", "https://a/");
        for piece in pieces {
            if tunnel.received(&piece).is_err() {
                break;
            }
        }
    }
}
