use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use offerslook_client::Transport;
use offerslook_core::{
    BaseUrl, Delivery, Response, Settings, SetupError, TransportError,
    TransportKind::{self, Interrupted, Malformed, Unsendable},
    transport::{Exchange, Stage, classify_io},
};
use smol::net::TcpStream;
use smol_hyper::rt::FuturesIo;

use crate::smol_runtime::Smol;

/// Plain HTTP, with a connection for each call.
pub(crate) struct HttpOverSmol;

impl Transport for HttpOverSmol {
    type Runtime = Smol;

    fn new(_: &Settings, _: &BaseUrl) -> Result<Self, SetupError> {
        Ok(Self)
    }

    async fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError> {
        let mut request = exchange.request().clone().map(Full::new);
        let uri = std::mem::take(request.uri_mut());
        let (Some("http"), Some(host), Some(target)) = (uri.scheme_str(), uri.host(), uri.path_and_query())
        else {
            return Err(TransportError::new(Unsendable, Delivery::NotSent));
        };
        *request.uri_mut() = target.clone().into();
        exchange.connecting();
        let stream = TcpStream::connect((host, uri.port_u16().unwrap_or(80))).await.map_err(|error| {
            let (kind, delivery) = classify_io(&error, Stage::Connect);
            TransportError::new(kind, delivery).with_source(error)
        })?;
        let (mut sender, connection) = http1::handshake(FuturesIo::new(stream)).await.map_err(translate)?;
        // The connection makes progress beside the call, and ends with it.
        let _connection = smol::spawn(connection);
        exchange.sending();
        let (head, mut body) = sender.send_request(request).await.map_err(translate)?.into_parts();
        let mut reader = exchange.response(head)?;
        while let Some(frame) = body.frame().await {
            reader.push(frame.map_err(translate)?.data_ref().map_or(&[], |data| data))?;
        }
        reader.finish()
    }
}

fn translate(error: hyper::Error) -> TransportError {
    let kind: TransportKind = if error.is_parse() { Malformed } else { Interrupted };
    TransportError::new(kind, Delivery::Unknown).with_source(error)
}
