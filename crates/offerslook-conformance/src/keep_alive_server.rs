//! A server on loopback that answers any number of calls, on any number of connections at a time.

use std::{
    io::Write,
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle, Scope},
};

use crate::{conversation::LIMIT, heard::Heard, trouble::of_this_case};

/// The server: connections are kept for as long as clients keep them.
pub struct KeepAliveServer {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    /// Tells in the end how many connections there were.
    door: JoinHandle<usize>,
}

impl KeepAliveServer {
    /// Starts a server that answers each call with a 200 and this body.
    pub fn start(answer: impl Fn(&Heard) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let door = thread::spawn(of_this_case({
            let is_over = Arc::clone(&is_over);
            move || thread::scope(|connections| accept(&listener, &is_over, connections, &answer))
        }));
        Self { address, is_over, door }
    }

    /// Where it is.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends the server, and tells how many connections there were. The clients have to be gone, or are given a
    /// while to go.
    #[must_use]
    pub fn finish(self) -> usize {
        self.is_over.store(true, Ordering::Release);
        // It waits for a connection.
        TcpStream::connect(self.address).unwrap();
        self.door.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

fn accept<'scope>(
    listener: &TcpListener,
    is_over: &AtomicBool,
    connections: &'scope Scope<'scope, '_>,
    answer: &'scope (impl Fn(&Heard) -> String + Sync),
) -> usize {
    let mut count = 0;
    loop {
        let stream = listener.accept().unwrap().0;
        if is_over.load(Ordering::Acquire) {
            return count;
        }
        count += 1;
        connections.spawn(of_this_case(move || serve(stream, answer)));
    }
}

/// Answers calls until the client leaves. It may leave in the middle of one: that is for the case to notice.
fn serve(mut stream: TcpStream, answer: impl Fn(&Heard) -> String) {
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.set_write_timeout(Some(LIMIT)).unwrap();
    stream.set_nodelay(true).unwrap();
    while let Ok(Some(heard)) = Heard::read(&mut stream) {
        let body = answer(&heard);
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}
