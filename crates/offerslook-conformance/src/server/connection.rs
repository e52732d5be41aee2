use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    sync::Arc,
    time::{Duration, Instant},
};

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

use super::ReceivedRequest;
use crate::fixtures::STEP_LIMIT;

trait Stream: Read + Write + Send {
    /// Announces the end of the stream, where the protocol has a message for it.
    fn send_close_notify(&mut self) {}
}

impl Stream for TcpStream {}

impl Stream for StreamOwned<ServerConnection, Box<dyn Stream>> {
    fn send_close_notify(&mut self) {
        self.conn.send_close_notify();
        let _ = self.flush();
    }
}

/// The server's end of a connection.
pub struct Connection {
    stream: Box<dyn Stream>,
    socket: TcpStream,
}

impl Connection {
    pub(crate) fn new(socket: TcpStream) -> Self {
        socket.set_read_timeout(Some(STEP_LIMIT)).unwrap();
        socket.set_write_timeout(Some(STEP_LIMIT)).unwrap();
        socket.set_nodelay(true).unwrap();
        Self { stream: Box::new(socket.try_clone().unwrap()), socket }
    }

    /// Reads one whole request.
    #[track_caller]
    pub fn read_request(&mut self) -> ReceivedRequest {
        match ReceivedRequest::read(&mut self.stream) {
            Ok(Some(request)) => request,
            other => panic!("the client sends no request on this connection\n{other:?}"),
        }
    }

    /// Reads one request and writes this response.
    #[track_caller]
    pub fn respond(&mut self, response: impl AsRef<[u8]>) -> ReceivedRequest {
        let request = self.read_request();
        self.write(response);
        request
    }

    /// Reads at least one byte, of whatever protocol.
    #[track_caller]
    pub fn read_some(&mut self) {
        let length = self.stream.read(&mut [0; 4096]).unwrap();
        assert_ne!(length, 0, "the client closed the connection without sending a byte");
    }

    /// Writes bytes.
    #[track_caller]
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.try_write(bytes).unwrap();
    }

    /// Writes bytes to a client that may have left.
    ///
    /// # Errors
    /// If the client has closed the connection.
    pub fn try_write(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())?;
        self.stream.flush()
    }

    /// Writes a piece again and again until the client closes the connection.
    #[track_caller]
    pub fn flood(&mut self, piece: impl AsRef<[u8]>) {
        let began = Instant::now();
        while self.try_write(piece.as_ref()).is_ok() {
            assert!(began.elapsed() < STEP_LIMIT, "the client reads without end");
        }
    }

    /// Performs a TLS handshake.
    #[track_caller]
    #[must_use]
    pub fn accept_tls(self, config: &Arc<ServerConfig>) -> Self {
        self.try_accept_tls(config).unwrap()
    }

    /// Performs a TLS handshake that the client may refuse.
    ///
    /// # Errors
    /// If the handshake fails.
    pub fn try_accept_tls(self, config: &Arc<ServerConfig>) -> io::Result<Self> {
        let session = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(session, self.stream);
        stream.conn.complete_io(&mut stream.sock)?;
        Ok(Self { stream: Box::new(stream), socket: self.socket })
    }

    /// Waits until the client closes the connection; ignores what it sends before.
    #[track_caller]
    pub fn wait_for_close(&mut self) {
        let mut ignored = [0; 1024];
        loop {
            match self.stream.read(&mut ignored) {
                Ok(0) => return,
                Ok(_) => {}
                Err(error) if is_timeout(&error) => panic!("the client does not close the connection"),
                Err(_) => return,
            }
        }
    }

    /// Writes a few bytes every 20 ms until the client closes the connection.
    #[track_caller]
    pub fn drip(&mut self, bytes: &[u8]) {
        const PAUSE: Duration = Duration::from_millis(20);
        self.socket.set_read_timeout(Some(PAUSE)).unwrap();
        let began = Instant::now();
        let mut ignored = [0; 1024];
        while self.try_write(bytes).is_ok() {
            assert!(began.elapsed() < STEP_LIMIT, "the client does not close the connection");
            match self.stream.read(&mut ignored) {
                Ok(0) => return,
                Err(error) if !is_timeout(&error) => return,
                _ => {}
            }
        }
    }

    /// Closes the connection in good order: under TLS, with `close_notify`.
    pub fn close(mut self) {
        self.stream.send_close_notify();
        self.close_without_notify();
    }

    /// Closes the TCP connection only: under TLS, the client cannot know whether the stream was whole.
    pub fn close_without_notify(self) {
        let _ = self.socket.shutdown(Shutdown::Both);
    }

    /// Resets the connection.
    pub fn reset(self) {
        SockRef::from(&self.socket).set_linger(Some(Duration::ZERO)).unwrap();
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}
