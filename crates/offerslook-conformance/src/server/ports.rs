use std::{
    iter,
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use socket2::{Domain, Socket, Type};

/// A port on loopback that refuses connections for as long as this value lives.
pub struct ClosedPort(Socket);

impl ClosedPort {
    /// Binds a free port without listening on it.
    #[must_use]
    pub fn bind() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
        Self(socket)
    }

    /// Returns the address that refuses connections.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        address(&self.0)
    }
}

/// A port on loopback whose backlog is full: attempts to connect neither succeed nor fail while this value lives.
pub struct FullBacklog {
    socket: Socket,
    _waiting: Vec<TcpStream>,
}

impl FullBacklog {
    /// Listens on a free port, and connects to it until no further connection fits.
    #[must_use]
    pub fn bind() -> Self {
        const ATTEMPT: Duration = Duration::from_millis(100);
        let ClosedPort(socket) = ClosedPort::bind();
        socket.listen(0).unwrap();
        let address = address(&socket);
        let connections = iter::from_fn(|| TcpStream::connect_timeout(&address, ATTEMPT).ok());
        Self { _waiting: connections.take(1000).collect(), socket }
    }

    /// Returns the address that accepts no connection.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        address(&self.socket)
    }
}

fn address(socket: &Socket) -> SocketAddr {
    socket.local_addr().unwrap().as_socket().unwrap()
}
