use std::{error::Error, sync::Arc};

use http::{Uri, uri::Scheme};
use hyper_util::client::legacy::connect::HttpConnector;
use offerslook_core::{
    Proxies, TransportError, TransportKind,
    transport::{Proxy, Tunnel},
};
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::{
    Connected, Stream, not_connected,
    resolver::{Resolver, UnknownHost},
};
use crate::fault::is_caused_by;

/// Connects to hosts, through a proxy where the rules say so.
pub(crate) struct Dialer {
    tcp: HttpConnector<Resolver>,
    tls: TlsConnector,
    proxies: Proxies,
}

impl Dialer {
    pub(crate) fn new(tls: Arc<ClientConfig>, proxies: Proxies) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(Resolver::new());
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self { tcp, tls: tls.into(), proxies }
    }

    pub(super) async fn dial(&self, uri: Uri) -> Connected {
        let Some(proxy) = self.proxies.for_uri(&uri) else {
            return self.connect(&uri).await;
        };
        let mut stream = self.connect(proxy.uri()).await.map_err(of_the_proxy)?;
        open_tunnel(&mut stream, proxy, &uri)
            .await
            .map_err(|cause| not_connected(TransportKind::Proxy, cause))?;
        self.secure(&uri, stream).await
    }

    async fn connect(&self, uri: &Uri) -> Connected {
        let stream = self.tcp.clone().call(uri.clone()).await.map_err(|error| {
            let is_unknown = is_caused_by::<UnknownHost>(&error);
            not_connected(if is_unknown { TransportKind::UnknownHost } else { TransportKind::Connect }, error)
        })?;
        let stream = Box::new(stream.into_inner());
        if uri.scheme() == Some(&Scheme::HTTPS) { self.secure(uri, stream).await } else { Ok(stream) }
    }

    async fn secure(&self, uri: &Uri, stream: Box<dyn Stream>) -> Connected {
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned())
            .map_err(|error| not_connected(TransportKind::Tls, error))?;
        let secured = self.tls.connect(name, stream).await;
        Ok(Box::new(secured.map_err(|error| not_connected(TransportKind::Tls, error))?))
    }
}

/// The same fault, met on the way to a proxy.
fn of_the_proxy(mut fault: TransportError) -> TransportError {
    fault.kind = TransportKind::Proxy;
    fault
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
        if tunnel.hear(buffer.get(..length).unwrap_or_default())? {
            return Ok(());
        }
    }
}
