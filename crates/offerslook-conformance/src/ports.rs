//! Ports on loopback to which there is no connection.

use std::{
    iter,
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use socket2::{Domain, Socket, Type};

/// A port that refuses connections for as long as this is kept.
pub struct ClosedPort(Socket);

impl ClosedPort {
    /// Takes a free port, and does not listen on it.
    #[must_use]
    pub fn take() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
        Self(socket)
    }

    /// Where nobody listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        address(&self.0)
    }
}

/// A port on which no connection comes about for as long as this is kept: it takes none, and others wait already.
pub struct CrowdedPort {
    socket: Socket,
    _waiting: Vec<TcpStream>,
}

impl CrowdedPort {
    /// Takes a free port, and has connections wait on it until no further one fits.
    #[must_use]
    pub fn take() -> Self {
        const A_MOMENT: Duration = Duration::from_millis(100);
        let ClosedPort(socket) = ClosedPort::take();
        socket.listen(0).unwrap();
        let address = address(&socket);
        let connections = iter::from_fn(|| TcpStream::connect_timeout(&address, A_MOMENT).ok());
        Self { _waiting: connections.take(1000).collect(), socket }
    }

    /// Where nobody comes in.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        address(&self.socket)
    }
}

fn address(socket: &Socket) -> SocketAddr {
    socket.local_addr().unwrap().as_socket().unwrap()
}
