use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::io::{AsyncRead, AsyncWrite};

/// Whatever bytes can be written to and read from: TCP, TLS, a stranger's stream.
pub(crate) trait Socket: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Socket for T {}

impl Connection for Box<dyn Socket> {
    /// Plain HTTP/1.1, whatever else the connection could do.
    fn connected(&self) -> Connected {
        Connected::new()
    }
}
