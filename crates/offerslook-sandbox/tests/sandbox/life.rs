use std::{
    io::{ErrorKind, Read, Write},
    net::TcpListener,
    thread,
    time::{Duration, Instant},
};

use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::client::{authorization, batch_path, connect, exchange, get, rows, sandbox};

fn port(sandbox: &Sandbox) -> u16 {
    sandbox.base_url().rsplit(':').next().unwrap().parse().unwrap()
}

/// Returns whether the port is free again as soon as `end` returns. Another process may take it at once, so a few
/// failures are allowed.
fn frees_its_port(end: impl Fn(Sandbox)) -> bool {
    let freed = (0..50).filter(|_| {
        let sandbox = sandbox();
        let port = port(&sandbox);
        assert_eq!(TcpListener::bind(("127.0.0.1", port)).unwrap_err().kind(), ErrorKind::AddrInUse);
        get(&sandbox, "/");
        end(sandbox);
        TcpListener::bind(("127.0.0.1", port)).is_ok()
    });
    freed.count() >= 47
}

#[test]
fn it_has_an_account_and_a_loopback_address() {
    let sandbox = sandbox();
    assert_eq!(sandbox.base_url(), format!("http://127.0.0.1:{}", port(&sandbox)));
    assert!(sandbox.email().contains('@'));
    assert_eq!(sandbox.api_key().len(), 32);
    assert!(sandbox.api_key().bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
}

#[test]
fn the_account_can_be_chosen_as_far_as_http_basic_allows() {
    let config = SandboxConfig::default().email("me@sandbox.example").api_key("a key: with a colon");
    let sandbox = Sandbox::start(config).unwrap();
    assert_eq!((sandbox.email(), sandbox.api_key()), ("me@sandbox.example", "a key: with a colon"));
    assert_eq!(rows(&sandbox, [16]).len(), 1);
    for (email, key) in [("", "x"), ("a:b", "x"), ("a\nb", "x"), ("a", ""), ("a", "secret\u{7f}")] {
        let error = Sandbox::start(SandboxConfig::default().email(email).api_key(key)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(!error.to_string().contains("secret"));
    }
}

#[test]
fn the_port_can_be_chosen() {
    let taken = sandbox();
    let error = Sandbox::start(SandboxConfig::default().port(port(&taken))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
    assert!(error.to_string().contains(&format!("127.0.0.1:{}", port(&taken))), "{error}");

    // Another process may take the port in between, so several attempts are allowed.
    let chosen = (0..10).any(|_| {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Sandbox::start(SandboxConfig::default().port(free)).is_ok_and(|sandbox| port(&sandbox) == free)
    });
    assert!(chosen);
}

#[test]
fn stop_and_drop_free_the_port() {
    assert!(frees_its_port(|sandbox| sandbox.stop().unwrap()));
    assert!(frees_its_port(drop));
}

#[test]
fn stop_closes_open_connections() {
    let sandbox = sandbox();
    // A round trip on each first, so that the server has accepted them.
    let request = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
    let mut connections: Vec<_> = (0..3).map(|_| connect(&sandbox)).collect();
    for connection in &mut connections {
        connection.write_all(request).unwrap();
        assert!(connection.read(&mut [0; 4096]).unwrap() > 0);
    }
    connections[1].write_all(&request[..10]).unwrap();

    sandbox.stop().unwrap();
    for mut connection in connections {
        let rest = connection.read_to_end(&mut Vec::new());
        assert!(rest.is_ok() || rest.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn stop_ends_the_thread() {
    let sandbox = sandbox();
    let name = format!("sandbox-{}", port(&sandbox));
    let runs = || {
        let threads = std::fs::read_dir("/proc/self/task").unwrap();
        threads.flatten().any(|task| {
            std::fs::read_to_string(task.path().join("comm")).is_ok_and(|comm| comm.trim_end() == name)
        })
    };
    // The kernel's list may end early if another thread ends, and contain a joined thread for a moment.
    let wait_until = |runs_then| {
        let end = Instant::now() + Duration::from_secs(30);
        while runs() != runs_then {
            assert!(Instant::now() < end, "the thread should be there: {runs_then}");
            thread::yield_now();
        }
    };
    wait_until(true);
    sandbox.stop().unwrap();
    wait_until(false);
}

#[test]
fn a_sandbox_starts_and_stops_inside_a_runtime() {
    let live = || {
        let sandbox = sandbox();
        let status = get(&sandbox, &batch_path([16])).status();
        sandbox.stop().unwrap();
        drop(crate::client::sandbox());
        status
    };
    let runtimes = [
        tokio::runtime::Builder::new_current_thread().build().unwrap(),
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap(),
    ];
    for runtime in runtimes {
        assert_eq!(runtime.block_on(async { live() }), 200);
        assert_eq!(runtime.block_on(runtime.spawn(async move { live() })).unwrap(), 200);
    }
}

#[test]
fn two_sandboxes_are_independent() {
    let one = sandbox();
    let other = Sandbox::start(SandboxConfig::default().seed(1).api_key("another")).unwrap();
    assert_ne!(one.base_url(), other.base_url());
    assert_ne!(rows(&one, 1..=100), rows(&other, 1..=100));
    assert_eq!((one.arrivals().total, other.arrivals().total), (1, 1));
    one.stop().unwrap();
    assert_eq!(rows(&other, [16]).len(), 1);
}

#[test]
fn a_sandbox_can_be_shared_between_threads() {
    let sandbox = sandbox();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (1..=10).for_each(|id| assert_eq!(rows(&sandbox, [16, id + 5_000]).len(), 1)));
        }
    });
    assert_eq!(sandbox.arrivals().total, 80);
}

#[test]
fn one_connection_carries_many_requests() {
    let sandbox = sandbox();
    let request = |connection| {
        format!(
            "GET {} HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\nconnection: {connection}\r\n\r\n",
            batch_path([16]),
            authorization(&sandbox)
        )
    };
    let answers = exchange(
        &sandbox,
        [request("keep-alive"), request("keep-alive"), request("close")].concat().as_bytes(),
    );
    assert_eq!(answers.matches("HTTP/1.1 200 OK\r\n").count(), 3);
}
