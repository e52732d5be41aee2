use std::{
    io::{self, Read, Write},
    sync::Arc,
};

use http::{Uri, uri::Scheme};
use offerslook_client::tls::LazyConfig;
use offerslook_core::{
    TransportError, TransportKind,
    transport::{Proxies, Proxy, Stage, Tunnel},
};
use rustls::{ClientConnection, pki_types::ServerName};
use ureq::{
    Error,
    config::Config,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{
            ConnectionDetails, Connector, LazyBuffers, NextTimeout, TcpConnector, Transport, TransportAdapter,
        },
    },
};

use super::{guarded::Guarded, limit::Limit, secured::Secured};
use crate::error::of_connecting;

type Stream = Box<dyn Transport>;

/// Connects to hosts, directly or through a proxy.
#[derive(Clone, Debug)]
pub(crate) struct Dialer {
    tls: Arc<LazyConfig>,
    proxies: Proxies,
}

/// Leaves the DNS lookup to the [`Dialer`], which makes it within the connect timeout, and only for new connections.
#[derive(Debug)]
pub(crate) struct Unresolved;

impl Resolver for Unresolved {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        Ok(self.empty())
    }
}

impl Connector for Dialer {
    type Out = Guarded;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Guarded>, Error> {
        match self.dial(details) {
            Ok(stream) => Ok(Some(Guarded(stream))),
            Err(error) => Err(Error::Other(Box::new(error))),
        }
    }
}

impl Dialer {
    pub(crate) fn new(tls: LazyConfig, proxies: Proxies) -> Self {
        Self { tls: Arc::new(tls), proxies }
    }

    fn dial(&self, details: &ConnectionDetails<'_>) -> Result<Stream, TransportError> {
        let limit = Limit::of(details);
        let Ok(Some(proxy)) = self.proxies.for_uri(details.uri) else {
            return self.connect_to(details.uri, details, &limit);
        };
        let stream = self.connect_to(proxy.uri(), details, &limit).map_err(of_proxy)?;
        let mut stream = TransportAdapter::new(stream, Arc::clone(&details.current_time));
        stream.set_timeout(limit.left()?);
        open_tunnel(&mut stream, proxy, details.uri)
            .map_err(|cause| of_connecting(cause.into(), Stage::Proxy))?;
        self.secure(details.uri, stream.into_inner(), details, &limit)
    }

    fn connect_to(
        &self,
        uri: &Uri,
        details: &ConnectionDetails<'_>,
        limit: &Limit,
    ) -> Result<Stream, TransportError> {
        let addrs = DefaultResolver::default()
            .resolve(uri, details.config, limit.left()?)
            .map_err(|cause| of_connecting(cause, Stage::Resolve))?;
        let details = ConnectionDetails {
            uri,
            addrs,
            config: details.config,
            request_level: details.request_level,
            resolver: details.resolver,
            now: (details.current_time)(),
            timeout: limit.left()?,
            current_time: Arc::clone(&details.current_time),
            run_connector: Arc::clone(&details.run_connector),
            register_shutdown: Arc::clone(&details.register_shutdown),
        };
        let stream = TcpConnector::default()
            .connect(&details, None::<()>)
            .and_then(|stream| stream.ok_or(Error::ConnectionFailed))
            .map_err(|cause| of_connecting(cause, Stage::Connect))?;
        let stream = Box::new(stream);
        if uri.scheme() == Some(&Scheme::HTTPS) {
            self.secure(uri, stream, &details, limit)
        } else {
            Ok(stream)
        }
    }

    fn secure(
        &self,
        uri: &Uri,
        stream: Stream,
        details: &ConnectionDetails<'_>,
        limit: &Limit,
    ) -> Result<Stream, TransportError> {
        let failed = |cause: io::Error| of_connecting(cause.into(), Stage::Tls);
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned()).map_err(|error| failed(io::Error::other(error)))?;
        let config = self.tls.get().map_err(|error| failed(io::Error::other(error)))?;
        let mut session =
            ClientConnection::new(config, name).map_err(|error| failed(io::Error::other(error)))?;
        let mut stream = TransportAdapter::new(stream, Arc::clone(&details.current_time));
        stream.set_timeout(limit.left()?);
        session.complete_io(&mut stream).map_err(failed)?;
        let config = details.config;
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        Ok(Box::new(Secured::new(session, stream, buffers)))
    }
}

/// The same error, met on the way to a proxy.
fn of_proxy(mut error: TransportError) -> TransportError {
    if error.kind != TransportKind::ConnectTimeout {
        error.kind = TransportKind::Proxy;
    }
    error
}

fn open_tunnel(stream: &mut TransportAdapter, proxy: &Proxy, target: &Uri) -> io::Result<()> {
    let mut tunnel = Tunnel::new(proxy, target);
    stream.write_all(tunnel.request())?;
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer)?;
        if tunnel.received(buffer.get(..length).unwrap_or_default()).map_err(io::Error::other)? {
            return Ok(());
        }
    }
}
