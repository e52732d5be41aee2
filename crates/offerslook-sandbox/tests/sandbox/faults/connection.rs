use std::{
    io::{ErrorKind, Read, Write},
    thread,
};

use offerslook_sandbox::{Certificate, Fault, Faults, Route, Rule, Sandbox, SandboxConfig};

use super::{faulty, hear, request};
use crate::client::{batch_path, connect, get, rows};

fn once() -> Faults {
    Faults::default().rule(Rule::new(Fault::Reset).on(Route::GetTrackingLinks).calls([1]))
}

#[test]
fn a_reset_comes_before_anything_of_the_answer() {
    let sandbox = faulty(once());
    let heard = hear(&sandbox, "GET", &batch_path([16]));
    assert_eq!(heard.end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!((heard.head.as_str(), heard.body.len()), ("", 0));
    assert_eq!((sandbox.fired(), sandbox.arrivals().newest[0].status), (vec![1], None));
    assert_eq!(rows(&sandbox, [16]).len(), 1);
    assert_eq!(sandbox.arrivals().total, 2);
}

#[test]
fn a_reset_costs_no_other_connection() {
    let sandbox = faulty(once());
    let mut idle = connect(&sandbox);
    // A round trip, so that the server surely holds it.
    let other = request(&sandbox, "GET", "/aff/v1/offers/16/tracking_links").replace("close", "keep-alive");
    idle.write_all(other.as_bytes()).unwrap();
    assert!(idle.read(&mut [0; 8_192]).unwrap() > 0);
    assert!(hear(&sandbox, "GET", &batch_path([16])).end.is_err());

    idle.write_all(request(&sandbox, "GET", &batch_path([16])).as_bytes()).unwrap();
    let mut answer = String::new();
    idle.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn a_reset_needs_no_key() {
    let sandbox = faulty(once());
    let mut stream = connect(&sandbox);
    let request = format!("GET {} HTTP/1.1\r\nhost: x\r\n\r\n", batch_path([16]));
    stream.write_all(request.as_bytes()).unwrap();
    assert_eq!(stream.read(&mut [0; 16]).unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[test]
fn many_connections_are_reset_at_once() {
    let rule = Rule::new(Fault::Reset).every(super::nth(2));
    let sandbox = faulty(Faults::default().rule(rule));
    let resets: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    (0..25).filter(|_| hear(&sandbox, "GET", &batch_path([16])).end.is_err()).count()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!((resets, sandbox.fired()), (50, vec![50]));
}

#[test]
fn a_reset_goes_through_tls() {
    let sandbox = Sandbox::start(SandboxConfig::default().https(Certificate::Good).faults(once())).unwrap();
    let mut stream = crate::https::connect(&sandbox, "127.0.0.1").unwrap();
    stream.write_all(request(&sandbox, "GET", &batch_path([16])).as_bytes()).unwrap();
    assert_eq!(stream.read(&mut [0; 16]).unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[test]
fn a_request_of_no_route_is_reset_too() {
    let sandbox = faulty(Faults::default().rule(Rule::new(Fault::Reset).calls([2])));
    get(&sandbox, "/nowhere").assert_refused(404);
    assert!(hear(&sandbox, "GET", "/nowhere").end.is_err());
}
