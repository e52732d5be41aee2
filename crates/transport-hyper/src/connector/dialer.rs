use std::{error::Error, sync::Arc};

use http::{Uri, uri::Scheme};
use hyper_util::client::legacy::connect::HttpConnector;
use offerslook_core::{
    Proxies, TransportKind,
    transport::{Proxy, Tunnel},
};
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::{
    ConnectFault, Socket,
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

    pub(super) async fn dial(&self, uri: Uri) -> Result<Box<dyn Socket>, ConnectFault> {
        let Some(proxy) = self.proxies.for_uri(&uri) else {
            return self.connect(&uri).await;
        };
        let mut socket = self.connect(proxy.uri()).await.map_err(ConnectFault::of_the_proxy)?;
        open_tunnel(&mut socket, proxy, &uri)
            .await
            .map_err(|cause| ConnectFault::new(TransportKind::Proxy, cause))?;
        self.secure(&uri, socket).await
    }

    async fn connect(&self, uri: &Uri) -> Result<Box<dyn Socket>, ConnectFault> {
        let socket = self.tcp.clone().call(uri.clone()).await.map_err(|error| {
            let is_unknown = is_caused_by::<UnknownHost>(&error);
            ConnectFault::new(
                if is_unknown { TransportKind::UnknownHost } else { TransportKind::Connect },
                error,
            )
        })?;
        let socket = Box::new(socket.into_inner());
        if uri.scheme() == Some(&Scheme::HTTPS) { self.secure(uri, socket).await } else { Ok(socket) }
    }

    async fn secure(&self, uri: &Uri, socket: Box<dyn Socket>) -> Result<Box<dyn Socket>, ConnectFault> {
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned())
            .map_err(|error| ConnectFault::new(TransportKind::Tls, error))?;
        let secured = self.tls.connect(name, socket).await;
        Ok(Box::new(secured.map_err(|error| ConnectFault::new(TransportKind::Tls, error))?))
    }
}

async fn open_tunnel(
    socket: &mut Box<dyn Socket>,
    proxy: &Proxy,
    target: &Uri,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut tunnel = Tunnel::new(proxy, target);
    socket.write_all(tunnel.request()).await?;
    socket.flush().await?;
    let mut buffer = [0; 4096];
    loop {
        let length = socket.read(&mut buffer).await?;
        if tunnel.hear(buffer.get(..length).unwrap_or_default())? {
            return Ok(());
        }
    }
}
