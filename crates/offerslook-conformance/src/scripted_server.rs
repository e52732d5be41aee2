//! A server on loopback that does what a script says, to the byte.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread::{self, JoinHandle},
};

use http::Uri;

use crate::{
    conversation::{Conversation, LIMIT},
    trouble::of_this_case,
};

/// The server: its script runs on a thread of its own.
pub struct ScriptedServer {
    address: SocketAddr,
    script: JoinHandle<()>,
    end: Receiver<()>,
}

/// Where connections come in.
pub struct Door(TcpListener);

impl ScriptedServer {
    /// Starts a server with this script.
    pub fn start(script: impl FnOnce(&Door) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (running, end) = mpsc::channel::<()>();
        let script = thread::spawn(of_this_case(move || {
            script(&Door(listener));
            drop(running);
        }));
        Self { address, script, end }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://` and a path.
    #[must_use]
    pub fn http(&self, path: &str) -> Uri {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    /// `https://` and a path.
    #[must_use]
    pub fn https(&self, path: &str) -> Uri {
        format!("https://{}{path}", self.address).parse().unwrap()
    }

    /// Waits until the script is through, and fails the test where the script failed.
    #[track_caller]
    pub fn finish(self) {
        // What the script waits for has less time: it knows better what is wrong.
        let end = self.end.recv_timeout(LIMIT.saturating_mul(2));
        assert!(end != Err(RecvTimeoutError::Timeout), "the server waits for a connection that is not made");
        if let Err(panic) = self.script.join() {
            std::panic::resume_unwind(panic);
        }
    }
}

impl Door {
    /// Waits for the next connection.
    #[must_use]
    pub fn accept(&self) -> Conversation {
        Conversation::new(self.0.accept().unwrap().0)
    }

    /// Fails the test if another connection has come in.
    #[track_caller]
    pub fn nobody_else(&self) {
        self.0.set_nonblocking(true).unwrap();
        assert_eq!(self.0.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock);
        self.0.set_nonblocking(false).unwrap();
    }
}
