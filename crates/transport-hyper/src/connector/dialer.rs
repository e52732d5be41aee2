use std::error::Error;

use http::{Uri, uri::Scheme};
use hyper_util::client::legacy::connect::HttpConnector;
use offerslook_client::tls::LazyConfig;
use offerslook_core::{
    TransportError, TransportKind,
    transport::{Proxy, Stage, Tunnel, causes},
};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::{
    Connected, Stream,
    resolver::{ResolveError, Resolver},
};
use crate::error::of_connecting;

/// Connects to hosts, directly or through a proxy.
pub(crate) struct Dialer {
    tcp: HttpConnector<Resolver>,
    tls: LazyConfig,
}

impl Dialer {
    pub(crate) fn new(tls: LazyConfig) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(Resolver::new());
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self { tcp, tls }
    }

    pub(super) async fn dial(&self, uri: &Uri, proxy: Option<&Proxy>) -> Connected {
        let Some(proxy) = proxy else {
            return self.connect(uri).await;
        };
        let mut stream = self.connect(proxy.uri()).await.map_err(of_proxy)?;
        open_tunnel(&mut stream, proxy, uri).await.map_err(|cause| of_connecting(cause, Stage::Proxy))?;
        self.secure(uri, stream).await
    }

    async fn connect(&self, uri: &Uri) -> Connected {
        let stream = self.tcp.clone().call(uri.clone()).await.map_err(|cause| {
            let is_unresolved = causes(&cause).any(<dyn Error>::is::<ResolveError>);
            of_connecting(cause, if is_unresolved { Stage::Resolve } else { Stage::Connect })
        })?;
        let stream = Box::new(stream.into_inner());
        if uri.scheme() == Some(&Scheme::HTTPS) { self.secure(uri, stream).await } else { Ok(stream) }
    }

    async fn secure(&self, uri: &Uri, stream: Box<dyn Stream>) -> Connected {
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned()).map_err(|cause| of_connecting(cause, Stage::Tls))?;
        let config = self.tls.get().map_err(|cause| of_connecting(cause, Stage::Tls))?;
        let secured = TlsConnector::from(config).connect(name, stream).await;
        Ok(Box::new(secured.map_err(|cause| of_connecting(cause, Stage::Tls))?))
    }
}

/// The same error, met on the way to a proxy.
fn of_proxy(mut error: TransportError) -> TransportError {
    error.kind = TransportKind::Proxy;
    error
}

async fn open_tunnel(
    stream: &mut Box<dyn Stream>,
    proxy: &Proxy,
    target: &Uri,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut tunnel = Tunnel::new(proxy, target);
    stream.write_all(tunnel.request()).await?;
    stream.flush().await?;
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer).await?;
        if tunnel.received(buffer.get(..length).unwrap_or_default())? {
            return Ok(());
        }
    }
}
