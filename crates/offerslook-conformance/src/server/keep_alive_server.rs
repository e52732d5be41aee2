use std::{
    io::Write,
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle, Scope},
};

use super::ReceivedRequest;
use crate::{
    fixtures::{STEP_LIMIT, ok},
    panic_log::in_this_case,
};

/// A server on loopback that answers any number of calls, and keeps connections for as long as clients do.
pub struct KeepAliveServer {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    /// Returns the number of connections.
    acceptor: JoinHandle<usize>,
}

impl KeepAliveServer {
    /// Starts a server that answers each call with a 200 and this body.
    pub fn start(answer: impl Fn(&ReceivedRequest) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let acceptor = thread::spawn(in_this_case({
            let is_over = Arc::clone(&is_over);
            move || thread::scope(|connections| accept(&listener, &is_over, connections, &answer))
        }));
        Self { address, is_over, acceptor }
    }

    /// Returns its base URL.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops the server once all clients have left, and returns the number of connections they made.
    #[must_use]
    pub fn finish(self) -> usize {
        self.is_over.store(true, Ordering::Release);
        // The acceptor waits for a connection.
        TcpStream::connect(self.address).unwrap();
        self.acceptor.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

fn accept<'scope>(
    listener: &TcpListener,
    is_over: &AtomicBool,
    connections: &'scope Scope<'scope, '_>,
    answer: &'scope (impl Fn(&ReceivedRequest) -> String + Sync),
) -> usize {
    let mut count = 0;
    loop {
        let stream = listener.accept().unwrap().0;
        if is_over.load(Ordering::Acquire) {
            return count;
        }
        count += 1;
        connections.spawn(in_this_case(move || serve(stream, answer)));
    }
}

/// Answers calls until the client leaves. If it leaves in the middle of one, the case notices.
fn serve(mut stream: TcpStream, answer: impl Fn(&ReceivedRequest) -> String) {
    stream.set_read_timeout(Some(STEP_LIMIT)).unwrap();
    stream.set_write_timeout(Some(STEP_LIMIT)).unwrap();
    stream.set_nodelay(true).unwrap();
    while let Ok(Some(request)) = ReceivedRequest::read(&mut stream) {
        if stream.write_all(ok(&answer(&request)).as_bytes()).is_err() {
            return;
        }
    }
}
