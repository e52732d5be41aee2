//! The client in a runtime that no crate of this workspace knows: smol.
//!
//! It needs a [`Runtime`](offerslook_client::Runtime) (tasks, timers) and a [`Transport`] (one request, one response).
//! This one has no TLS, so it calls the sandbox on this machine. [`DEVIATIONS`] lists what follows from that.

mod deviations;
mod smol_runtime;

use std::{pin::Pin, task::Context};

use offerslook_client::Transport;
use offerslook_core::{
    BaseUrl, Response, Settings, SetupError, TransportError,
    transport::{Exchange, Stage},
};
use smol::{
    future::FutureExt,
    io::{AsyncRead, AsyncWrite, ErrorKind},
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
        let address = http1::address(exchange)?;
        exchange.connecting();
        let connected = TcpStream::connect(address).or(async {
            smol::Timer::after(exchange.connect_timeout()).await;
            Err(ErrorKind::TimedOut.into())
        });
        let stream = connected.await.map_err(|error| TransportError::from_io(error, Stage::Connect))?;
        let (mut reader, mut writer) = (stream.clone(), stream);
        let write =
            |context: &mut Context<'_>, bytes: &[u8]| Pin::new(&mut writer).poll_write(context, bytes);
        let read =
            |context: &mut Context<'_>, piece: &mut [u8]| Pin::new(&mut reader).poll_read(context, piece);
        http1::exchange(exchange, write, read).await
    }
}
