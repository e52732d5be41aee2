#[cfg(test)]
mod tests;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tower_service::Service as _;

use crate::{
    connection::{Connection, OverTcp, Socket},
    connection_limits::ConnectionLimits,
    request_body::with_timeout,
};

/// The pause after `accept` failed, for example because the process has no file descriptor left.
const PAUSE_AFTER_ERROR: Duration = Duration::from_millis(100);

/// Serves until it is dropped, with one task per connection.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Router,
    tls: Option<TlsAcceptor>,
    limits: ConnectionLimits,
) {
    let permits = Arc::new(Semaphore::new(limits.max_connections));
    // Fails only if the semaphore is closed, which never happens.
    while let Ok(permit) = Arc::clone(&permits).acquire_owned().await {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) if is_client_error(&error) => continue,
            Err(_) => {
                sleep(PAUSE_AFTER_ERROR).await;
                continue;
            }
        };
        // For speed only: a response in several writes is not held back.
        drop(stream.set_nodelay(true));
        let (app, tls) = (app.clone(), tls.clone());
        tokio::spawn(async move {
            accept(stream, peer, app, tls, limits).await;
            drop(permit);
        });
    }
}

fn is_client_error(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn accept(
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
    tls: Option<TlsAcceptor>,
    limits: ConnectionLimits,
) {
    match tls {
        None => serve_connection(stream, peer, app, limits).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = timeout(limits.handshake, tls.accept(stream)).await {
                serve_connection(stream, peer, app, limits).await;
            }
        }
    }
}

/// Responds to the requests of one connection until it closes.
async fn serve_connection<S: OverTcp>(stream: S, peer: SocketAddr, app: Router, limits: ConnectionLimits) {
    let connection = Connection::default();
    let socket = TokioIo::new(Socket::new(stream, connection.clone(), limits.response));
    let respond = {
        let connection = connection.clone();
        service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(connection.clone());
            app.clone().call(request.map(|body| with_timeout(body, limits.body)))
        })
    };
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(socket, respond);
    // An error of the connection needs no handling here: the client sees it.
    tokio::select! {
        _ = served => {}
        () = connection.ended() => {}
    }
}
