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
};

/// The most connections that are open at once. More wait until one of them ends.
const CONNECTIONS: usize = 1_024;
/// The longest wait for the head of a request, and for the next piece of its body. It ends idle connections too.
const READ_LIMIT: Duration = Duration::from_mins(1);
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);
/// The pause after the system refused to accept, for want of files for example.
const AFTER_ERROR: Duration = Duration::from_millis(100);

/// Serves until it is dropped. Each connection has a task of its own.
pub(crate) async fn serve(listener: TcpListener, app: Router, tls: Option<TlsAcceptor>) {
    serve_at_most(CONNECTIONS, listener, app, tls).await;
}

async fn serve_at_most(places: usize, listener: TcpListener, app: Router, tls: Option<TlsAcceptor>) {
    let places = Arc::new(Semaphore::new(places));
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
            welcome(stream, peer, app, tls).await;
            drop(place);
        });
    }
}

fn is_of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn welcome(stream: TcpStream, peer: SocketAddr, app: Router, tls: Option<TlsAcceptor>) {
    match tls {
        None => converse(stream, peer, app).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = timeout(HANDSHAKE_LIMIT, tls.accept(stream)).await {
                converse(stream, peer, app).await;
            }
        }
    }
}

/// Answers the requests of one connection until it ends.
async fn converse<S: OverTcp>(stream: S, peer: SocketAddr, app: Router) {
    let connection = Connection::default();
    let socket = TokioIo::new(Socket::new(stream, connection.clone()));
    let answer = {
        let connection = connection.clone();
        service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(connection.clone());
            app.clone().call(request.map(|body| Body::new(PatientBody::new(body, READ_LIMIT))))
        })
    };
    let conversation = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(READ_LIMIT)
        .serve_connection(socket, answer);
    // How a conversation ended is of no interest: the client has seen it.
    tokio::select! {
        _ = conversation => {}
        () = connection.ended() => {}
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    async fn ask(stream: &mut TcpStream) {
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    }

    async fn hear(stream: &mut TcpStream) {
        assert!(stream.read(&mut [0; 1_024]).await.unwrap() > 0);
    }

    #[tokio::test]
    async fn a_connection_over_the_limit_waits_for_another_to_end() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(serve_at_most(2, listener, Router::new(), None));

        let mut first = TcpStream::connect(address).await.unwrap();
        let mut second = TcpStream::connect(address).await.unwrap();
        let mut third = TcpStream::connect(address).await.unwrap();
        ask(&mut third).await;
        for _ in 0..20 {
            for stream in [&mut first, &mut second] {
                ask(stream).await;
                hear(stream).await;
            }
        }
        assert_eq!(third.try_read(&mut [0; 1]).unwrap_err().kind(), io::ErrorKind::WouldBlock);

        drop(first);
        hear(&mut third).await;
        server.abort();
    }
}
