use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread::{self, JoinHandle},
};

use http::Uri;

use super::Connection;
use crate::{certificates, fixtures::STEP_LIMIT, panic_log::in_this_case};

/// A server on loopback that follows a script, to the byte. The script runs on a thread of its own.
pub struct ScriptedServer {
    address: SocketAddr,
    script: JoinHandle<()>,
    end: Receiver<()>,
}

/// The listening socket of a [`ScriptedServer`].
pub struct Listener(TcpListener);

impl ScriptedServer {
    /// Starts a server with this script.
    pub fn start(script: impl FnOnce(&Listener) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (running, end) = mpsc::channel::<()>();
        let script = thread::spawn(in_this_case(move || {
            script(&Listener(listener));
            drop(running);
        }));
        Self { address, script, end }
    }

    /// Starts a server that accepts one connection, reads one request, and follows this script; a second connection
    /// fails the test.
    pub fn one_request(script: impl FnOnce(Connection) + Send + 'static) -> Self {
        Self::start(|listener| {
            let mut connection = listener.accept();
            connection.read_request();
            script(connection);
            listener.expect_no_connection();
        })
    }

    /// Returns its address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns an `http://` URI with this path.
    #[must_use]
    pub fn http(&self, path: &str) -> Uri {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    /// Returns an `https://` URI with this path.
    #[must_use]
    pub fn https(&self, path: &str) -> Uri {
        format!("https://{}{path}", self.address).parse().unwrap()
    }

    /// Returns an `https://` or `http://` URI.
    #[must_use]
    pub fn uri(&self, is_tls: bool) -> Uri {
        if is_tls { self.https("/") } else { self.http("/") }
    }

    /// Waits for the end of the script, and fails the test if the script failed.
    #[track_caller]
    pub fn finish(self) {
        // Twice the limit of a step, whose message says more.
        let end = self.end.recv_timeout(STEP_LIMIT.saturating_mul(2));
        assert!(
            end != Err(RecvTimeoutError::Timeout),
            "the server waits for a connection that the client does not make"
        );
        if let Err(panic) = self.script.join() {
            std::panic::resume_unwind(panic);
        }
    }
}

impl Listener {
    /// Waits for the next connection.
    #[must_use]
    pub fn accept(&self) -> Connection {
        Connection::new(self.0.accept().unwrap().0)
    }

    /// Waits for the next connection, and performs a TLS handshake with a valid certificate.
    #[must_use]
    pub fn accept_tls(&self) -> Connection {
        self.accept().accept_tls(&certificates::valid())
    }

    /// Waits for the next connection, and performs a TLS handshake if that is asked for.
    #[must_use]
    pub fn accept_with(&self, is_tls: bool) -> Connection {
        if is_tls { self.accept_tls() } else { self.accept() }
    }

    /// Fails the test if another connection has come in.
    #[track_caller]
    pub fn expect_no_connection(&self) {
        self.0.set_nonblocking(true).unwrap();
        let outcome = self.0.accept().map(|_| ()).map_err(|error| error.kind());
        assert_eq!(outcome, Err(io::ErrorKind::WouldBlock), "the client made another connection");
        self.0.set_nonblocking(false).unwrap();
    }
}
