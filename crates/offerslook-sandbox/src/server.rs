use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use axum::Router;
use tokio::{runtime, sync::oneshot};
use tokio_rustls::TlsAcceptor;

use crate::{connection_limits::ConnectionLimits, listener};

/// Maximum wait for the server's thread to start or to end.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A thread with its own runtime that serves a router until it is stopped or dropped.
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<io::Result<()>>>,
    /// Receives `()` once the thread serves; disconnects when the thread ends. The mutex only makes the server
    /// `Sync`.
    life: Mutex<mpsc::Receiver<()>>,
}

impl Server {
    /// Port 0 takes a free one. Without TLS, the server speaks plain HTTP.
    pub(crate) fn start(app: Router, port: u16, tls: Option<TlsAcceptor>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
            io::Error::new(error.kind(), format!("the sandbox cannot listen on 127.0.0.1:{port}: {error}"))
        })?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let (serving, life) = mpsc::channel();
        let thread = thread::Builder::new()
            .name(format!("sandbox-{}", address.port()))
            .spawn(move || serve(listener, app, tls, stopped, &serving))?;
        let ready = life.recv_timeout(TIMEOUT);
        let mut server = Self { address, stop: Some(stop), thread: Some(thread), life: Mutex::new(life) };
        if ready.is_err() {
            server.stop()?;
            return Err(io::Error::other("the sandbox's server did not start"));
        }
        Ok(server)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops the server and waits for its thread; a second call does nothing.
    pub(crate) fn stop(&mut self) -> io::Result<()> {
        drop(self.stop.take());
        let Some(thread) = self.thread.take() else { return Ok(()) };
        let life = self.life.get_mut().unwrap_or_else(PoisonError::into_inner);
        if life.recv_timeout(TIMEOUT) == Err(mpsc::RecvTimeoutError::Timeout) {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "the sandbox's server did not stop in time"));
        }
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the sandbox's thread panicked")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A caller who needs the result calls `stop`.
        drop(self.stop());
    }
}

fn serve(
    listener: TcpListener,
    app: Router,
    tls: Option<TlsAcceptor>,
    stopped: oneshot::Receiver<()>,
    serving: &mpsc::Sender<()>,
) -> io::Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tokio::spawn(listener::serve(listener, app, tls, ConnectionLimits::default()));
        // Both fail only if the `Server` has been dropped.
        let _ = serving.send(());
        let _ = stopped.await;
        Ok(())
    });
    // Drops every task and socket without waiting for any of them.
    runtime.shutdown_background();
    outcome
}
