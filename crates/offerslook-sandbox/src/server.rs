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

use crate::{limits::Limits, listener};

/// The longest wait for the server's thread, at its start and at its end.
const LIMIT: Duration = Duration::from_secs(10);

/// A thread with a runtime of its own that serves a router until it is stopped or dropped.
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<io::Result<()>>>,
    /// Says `()` once the thread serves, and hangs up when the thread ends. The mutex only makes the server
    /// `Sync`.
    life: Mutex<mpsc::Receiver<()>>,
}

impl Server {
    /// Port 0 is any free one. Without TLS it speaks plain HTTP.
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
        let ready = life.recv_timeout(LIMIT);
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
        if life.recv_timeout(LIMIT) == Err(mpsc::RecvTimeoutError::Timeout) {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "the sandbox's server did not stop in time"));
        }
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the sandbox's thread panicked")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whoever wants to know how it ended calls `stop`.
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
        tokio::spawn(listener::serve(listener, app, tls, Limits::default()));
        // Both fail only when the `Server` is gone, and then there is nobody to serve.
        let _ = serving.send(());
        let _ = stopped.await;
        Ok(())
    });
    // Drops every task, and with it every socket, without waiting for any.
    runtime.shutdown_background();
    outcome
}
