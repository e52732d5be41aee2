use std::{io, mem::MaybeUninit};

use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use socket2::SockRef;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::client::TlsStream;

/// A connection.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {
    /// Whether an idle connection has received nothing, not even its end.
    fn is_quiet(&self) -> bool;
}

impl Stream for TcpStream {
    fn is_quiet(&self) -> bool {
        // The system is asked, not the runtime: it may not know yet.
        let peeked = SockRef::from(self).peek(&mut [MaybeUninit::uninit()]);
        peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }
}

impl Stream for TlsStream<Box<dyn Stream>> {
    fn is_quiet(&self) -> bool {
        self.get_ref().0.is_quiet()
    }
}

/// A stream of the caller's cannot be peeked at. What happened to it shows when it is used.
impl<T: Read + Write + Send + Unpin> Stream for TokioIo<T> {
    fn is_quiet(&self) -> bool {
        true
    }
}
