#[cfg(test)]
mod tests;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
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
    incoming::PatientBody,
    limits::Limits,
};

/// The pause after the system refused to accept, for want of files for example.
const AFTER_ERROR: Duration = Duration::from_millis(100);

/// Serves until it is dropped. Each connection has a task of its own.
pub(crate) async fn serve(listener: TcpListener, app: Router, tls: Option<TlsAcceptor>, limits: Limits) {
    let places = Arc::new(Semaphore::new(limits.connections));
    // Fails only when it is closed, and nobody closes it.
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) if is_of_one_client(&error) => continue,
            Err(_) => {
                sleep(AFTER_ERROR).await;
                continue;
            }
        };
        // Only a matter of speed: an answer in several writes is not held back.
        drop(stream.set_nodelay(true));
        let (app, tls) = (app.clone(), tls.clone());
        tokio::spawn(async move {
            welcome(stream, peer, app, tls, limits).await;
            drop(place);
        });
    }
}

fn is_of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn welcome(stream: TcpStream, peer: SocketAddr, app: Router, tls: Option<TlsAcceptor>, limits: Limits) {
    match tls {
        None => converse(stream, peer, app, limits).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = timeout(limits.handshake, tls.accept(stream)).await {
                converse(stream, peer, app, limits).await;
            }
        }
    }
}

/// Answers the requests of one connection until it ends.
async fn converse<S: OverTcp>(stream: S, peer: SocketAddr, app: Router, limits: Limits) {
    let connection = Connection::default();
    let socket = TokioIo::new(Socket::new(stream, connection.clone(), limits.answer));
    let answer = {
        let connection = connection.clone();
        service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(connection.clone());
            app.clone().call(request.map(|body| Body::new(PatientBody::new(body, limits.body))))
        })
    };
    let conversation = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(socket, answer);
    // How a conversation ended is of no interest: the client has seen it.
    tokio::select! {
        _ = conversation => {}
        () = connection.ended() => {}
    }
}
