use std::{
    io::{ErrorKind, Read, Write},
    thread,
};

use offerslook_sandbox::{Certificate, Fault, Faults, Route, Rule, Sandbox, SandboxConfig};

use super::{nth, raw, request, with};
use crate::client::{batch_path, connect, get, rows};

fn once() -> Faults {
    Faults::default().rule(Rule::new(Fault::Reset).on(Route::GetTrackingLinks).calls([1]))
}

#[test]
fn a_reset_comes_before_any_of_the_response() {
    let sandbox = with(once());
    let response = raw(&sandbox, "GET", &batch_path([16]));
    assert_eq!(response.end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!((response.head.as_str(), response.body.len()), ("", 0));
    assert_eq!((sandbox.fired(), sandbox.arrivals().newest[0].status), (vec![1], None));
    assert_eq!((rows(&sandbox, [16]).len(), sandbox.arrivals().total), (1, 2));
}

#[test]
fn a_reset_closes_no_other_connection() {
    let sandbox = with(once());
    let mut idle = connect(&sandbox);
    // A round trip, so that the server has accepted the connection.
    let other = request(&sandbox, "GET", "/aff/v1/offers/16/tracking_links").replace("close", "keep-alive");
    idle.write_all(other.as_bytes()).unwrap();
    assert!(idle.read(&mut [0; 8_192]).unwrap() > 0);
    assert!(raw(&sandbox, "GET", &batch_path([16])).end.is_err());

    idle.write_all(request(&sandbox, "GET", &batch_path([16])).as_bytes()).unwrap();
    let mut answer = String::new();
    idle.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn many_connections_are_reset_at_once() {
    let sandbox = with(Faults::default().rule(Rule::new(Fault::Reset).every(nth(2))));
    let is_reset = || raw(&sandbox, "GET", &batch_path([16])).end.is_err();
    let resets: usize = thread::scope(|scope| {
        let threads = [(); 4].map(|()| scope.spawn(|| (0..25).filter(|_| is_reset()).count()));
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!((resets, sandbox.fired()), (50, vec![50]));
}

#[test]
fn a_reset_needs_neither_credentials_nor_a_route() {
    let sandbox = with(once());
    let mut stream = connect(&sandbox);
    stream.write_all(format!("GET {} HTTP/1.1\r\nhost: x\r\n\r\n", batch_path([16])).as_bytes()).unwrap();
    assert_eq!(stream.read(&mut [0; 16]).unwrap_err().kind(), ErrorKind::ConnectionReset);

    let sandbox = with(Faults::default().rule(Rule::new(Fault::Reset).calls([2])));
    get(&sandbox, "/nowhere").assert_refused(404);
    assert!(raw(&sandbox, "GET", "/nowhere").end.is_err());
}

#[test]
fn a_reset_works_through_tls() {
    let sandbox = Sandbox::start(SandboxConfig::default().https(Certificate::Good).faults(once())).unwrap();
    let mut stream = crate::https::connect(&sandbox, "127.0.0.1").unwrap();
    stream.write_all(request(&sandbox, "GET", &batch_path([16])).as_bytes()).unwrap();
    assert_eq!(stream.read(&mut [0; 16]).unwrap_err().kind(), ErrorKind::ConnectionReset);
}
