//! The client in a runtime that no crate of this workspace knows: smol.
//!
//! It needs a [`Runtime`](offerslook_client::Runtime) (tasks, timers) and a [`Transport`] (one request, one response).
//! This one has no TLS, so it calls the sandbox on this machine. [`DEVIATIONS`] lists what follows from that.

mod deviations;
mod smol_runtime;

use offerslook_client::Transport;
use offerslook_core::{
    BaseUrl, Response, Settings, SetupError, TransportError,
    transport::{Exchange, Stage},
};
use smol::{
    future::FutureExt,
    io::{AsyncReadExt, AsyncWriteExt, ErrorKind},
    net::TcpStream,
};

pub use deviations::DEVIATIONS;
pub use smol_runtime::Smol;

/// The async client on smol.
pub type Client = offerslook_client::Client<HttpOverSmol>;

/// Plain HTTP/1.1, with a connection for each call.
#[derive(Debug)]
pub struct HttpOverSmol;

impl Transport for HttpOverSmol {
    type Runtime = Smol;

    fn new(_: &Settings, _: &BaseUrl) -> Result<Self, SetupError> {
        Ok(Self)
    }

    async fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError> {
        let (address, bytes, mut response) = http1::encode(exchange)?;
        exchange.connecting();
        let mut stream = TcpStream::connect(address)
            .or(async {
                smol::Timer::after(exchange.connect_timeout()).await;
                Err(ErrorKind::TimedOut.into())
            })
            .await
            .map_err(|error| TransportError::from_io(error, Stage::Connect))?;
        exchange.sending();
        stream.write_all(&bytes).await.map_err(|error| TransportError::from_io(error, Stage::Exchange))?;
        let mut piece = vec![0; 16 * 1024];
        loop {
            let length = stream
                .read(&mut piece)
                .await
                .map_err(|error| TransportError::from_io(error, Stage::Exchange))?;
            if let Some(response) = response.push(exchange, piece.get(..length).unwrap_or_default())? {
                return Ok(response);
            }
        }
    }
}
