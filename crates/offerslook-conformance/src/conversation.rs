//! One connection, seen from the server that follows a script.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    sync::Arc,
    time::{Duration, Instant},
};

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

use crate::heard::Heard;

/// How long anything may take before the test fails. Far more than is ever needed.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

trait Stream: Read + Write + Send {
    /// Says that this was all, where the layer has a way to say it.
    fn say_goodbye(&mut self) {}
}

impl Stream for TcpStream {}

impl Stream for StreamOwned<ServerConnection, Box<dyn Stream>> {
    fn say_goodbye(&mut self) {
        self.conn.send_close_notify();
        let _ = self.flush();
    }
}

/// A connection that a client made.
pub struct Conversation {
    stream: Box<dyn Stream>,
    socket: TcpStream,
}

impl Conversation {
    pub(crate) fn new(socket: TcpStream) -> Self {
        socket.set_read_timeout(Some(LIMIT)).unwrap();
        socket.set_write_timeout(Some(LIMIT)).unwrap();
        socket.set_nodelay(true).unwrap();
        Self { stream: Box::new(socket.try_clone().unwrap()), socket }
    }

    /// Hears one whole request.
    #[track_caller]
    pub fn hear(&mut self) -> Heard {
        Heard::read(&mut self.stream).unwrap().expect("the client leaves, and a request was to come")
    }

    /// Hears the beginning of whatever it is.
    #[track_caller]
    pub fn hear_anything(&mut self) {
        let length = self.stream.read(&mut [0; 4096]).unwrap();
        assert_ne!(length, 0, "nothing was said");
    }

    /// Says something, as it is.
    #[track_caller]
    pub fn say(&mut self, bytes: impl AsRef<[u8]>) {
        self.try_say(bytes).unwrap();
    }

    /// Says something to a client that may be gone, or go.
    ///
    /// # Errors
    /// Where it is.
    pub fn try_say(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())?;
        self.stream.flush()
    }

    /// Speaks TLS from here on.
    #[track_caller]
    #[must_use]
    pub fn secure(self, config: &Arc<ServerConfig>) -> Self {
        self.try_secure(config).unwrap()
    }

    /// Speaks TLS from here on, if the client agrees.
    ///
    /// # Errors
    /// Where it does not.
    pub fn try_secure(self, config: &Arc<ServerConfig>) -> io::Result<Self> {
        let session = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(session, self.stream);
        stream.conn.complete_io(&mut stream.sock)?;
        Ok(Self { stream: Box::new(stream), socket: self.socket })
    }

    /// Waits until the client is gone, whatever it says before.
    #[track_caller]
    pub fn until_closed(&mut self) {
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

    /// Waits until the client is gone, and says this again and again while it is not.
    #[track_caller]
    pub fn drip(&mut self, bytes: &[u8]) {
        const PAUSE: Duration = Duration::from_millis(20);
        self.socket.set_read_timeout(Some(PAUSE)).unwrap();
        let began = Instant::now();
        let mut ignored = [0; 1024];
        while self.try_say(bytes).is_ok() {
            assert!(began.elapsed() < LIMIT, "the client does not close the connection");
            match self.stream.read(&mut ignored) {
                Ok(0) => return,
                Err(error) if !is_timeout(&error) => return,
                _ => {}
            }
        }
    }

    /// Ends the connection in good order: what was said arrives, then the end.
    pub fn close(mut self) {
        self.stream.say_goodbye();
        self.cut();
    }

    /// Ends the connection without a goodbye: under TLS, the client cannot know whether this was all.
    pub fn cut(self) {
        let _ = self.socket.shutdown(Shutdown::Both);
    }

    /// Breaks the connection.
    pub fn reset(self) {
        SockRef::from(&self.socket).set_linger(Some(Duration::ZERO)).unwrap();
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}
