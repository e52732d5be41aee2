use std::{
    io,
    time::{Duration, Instant},
};

use redis::{Client, Connection, ConnectionAddr, ErrorKind, RedisResult, ServerErrorKind, cmd};

use crate::{RedisError, RedisSettings};

/// A connection to the server, made when it is needed.
pub(crate) struct Link {
    settings: RedisSettings,
    connection: Option<Connection>,
    /// The node of a cluster that holds the key.
    moved: Option<(String, u16)>,
}

/// The address and the version of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// Its address.
    pub address: String,
    /// The version of Redis that it is, or is compatible with.
    pub version: String,
}

const MIN_VERSION: (u32, u32) = (6, 2);
/// Maximum number of attempts per request: after a redirect to another node, or on a new connection.
const MAX_ATTEMPTS: usize = 3;

impl Link {
    pub(crate) fn new(settings: RedisSettings) -> Self {
        Self { settings, connection: None, moved: None }
    }

    /// Runs these commands on a connection. They may run more than once.
    pub(crate) fn run<T>(
        &mut self,
        timeout: Duration,
        commands: impl Fn(&mut Connection) -> RedisResult<T>,
    ) -> Result<T, RedisError> {
        let deadline = Instant::now() + timeout;
        let mut attempts = 0;
        loop {
            attempts += 1;
            let is_reused = self.connection.is_some();
            let error = match self.attempt(deadline, &commands) {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            let is_last = attempts == MAX_ATTEMPTS || Instant::now() >= deadline;
            match error.redirect_node().filter(|_| error.kind() == ErrorKind::Server(ServerErrorKind::Moved))
            {
                Some((host, port)) if !is_last => self.moved = Some((host.to_owned(), port)),
                // The server may have closed a connection that was idle.
                None if is_reused && error.is_io_error() && !is_last => {}
                _ => return Err(self.translate(&error)),
            }
        }
    }

    /// Opens a new connection, and returns the address and the version of the server.
    pub(crate) fn check(&mut self, timeout: Duration) -> Result<Server, RedisError> {
        self.connection = None;
        let info = self.run(timeout, |connection| cmd("INFO").arg("server").query::<String>(connection))?;
        let version = field(&info, "redis_version").unwrap_or_default().to_owned();
        Ok(Server { address: self.settings.address(), version })
    }

    pub(crate) fn address(&self) -> String {
        self.settings.address()
    }

    fn attempt<T>(
        &mut self,
        deadline: Instant,
        commands: impl Fn(&mut Connection) -> RedisResult<T>,
    ) -> Result<T, redis::RedisError> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect(deadline)?,
        };
        limit(&connection, deadline)?;
        let value = commands(&mut connection)?;
        self.connection = Some(connection);
        Ok(value)
    }

    fn connect(&self, deadline: Instant) -> Result<Connection, redis::RedisError> {
        let info = match &self.moved {
            Some((host, port)) => {
                let address = match self.settings.connection.addr().clone() {
                    ConnectionAddr::TcpTls { insecure, tls_params, .. } => {
                        ConnectionAddr::TcpTls { host: host.clone(), port: *port, insecure, tls_params }
                    }
                    _ => ConnectionAddr::Tcp(host.clone(), *port),
                };
                self.settings.connection.clone().set_addr(address)
            }
            None => self.settings.connection.clone(),
        };
        let mut connection = self.client(info)?.get_connection_with_timeout(left(deadline)?)?;
        limit(&connection, deadline)?;
        if let Some(login) = self.settings.login() {
            // The server's message may repeat the credentials.
            cmd("AUTH").arg(login).exec(&mut connection).map_err(|error| {
                let refused = (ErrorKind::AuthenticationFailed, "login refused");
                if error.is_io_error() { error } else { refused.into() }
            })?;
        }
        if self.settings.database != 0 {
            cmd("SELECT").arg(self.settings.database).exec(&mut connection)?;
        }
        let info: String = cmd("INFO").query(&mut connection)?;
        check(&info)?;
        Ok(connection)
    }

    #[cfg(feature = "rustls")]
    fn client(&self, info: redis::ConnectionInfo) -> RedisResult<Client> {
        if !matches!(info.addr(), ConnectionAddr::TcpTls { .. }) {
            return Client::open(info);
        }
        // The library takes the provider of the process. Where there are several to choose from, it would panic.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let root_cert = self.settings.root_certificate.clone();
        Client::build_with_tls(info, redis::TlsCertificates { client_tls: None, root_cert })
    }

    #[cfg(not(feature = "rustls"))]
    #[allow(clippy::unused_self, reason = "the settings hold the certificates")]
    fn client(&self, info: redis::ConnectionInfo) -> RedisResult<Client> {
        Client::open(info)
    }

    fn translate(&self, error: &redis::RedisError) -> RedisError {
        let address = self.address();
        let reason = error.detail().map_or_else(|| error.to_string(), str::to_owned);
        match (error.kind(), error.code()) {
            (ErrorKind::AuthenticationFailed, _) | (_, Some("NOAUTH" | "WRONGPASS")) => {
                RedisError::Password { address }
            }
            (ErrorKind::Extension, Some(VERSION)) => RedisError::Version { address, found: reason },
            (ErrorKind::Extension, Some(REPLICA)) | (ErrorKind::Server(ServerErrorKind::ReadOnly), _) => {
                RedisError::Replica { address }
            }
            (ErrorKind::Parse | ErrorKind::UnexpectedReturnType, _) => RedisError::NotRedis { address },
            (ErrorKind::Io, _) if is_tls(error) => RedisError::Tls { address, reason: error.to_string() },
            (ErrorKind::Io, _) if error.is_timeout() => {
                RedisError::Unreachable { address, reason: "no reply in time".to_owned() }
            }
            (ErrorKind::Io, _) => RedisError::Unreachable { address, reason: error.to_string() },
            (
                ErrorKind::Server(
                    ServerErrorKind::BusyLoading
                    | ServerErrorKind::MasterDown
                    | ServerErrorKind::ClusterDown
                    | ServerErrorKind::TryAgain,
                ),
                _,
            ) => RedisError::Unreachable { address, reason: format!("not ready: {reason}") },
            _ => RedisError::Refused { address, reason },
        }
    }
}

/// Returns whether TLS failed for good. The library hides the error of rustls, so its text has to do.
fn is_tls(error: &redis::RedisError) -> bool {
    let text = error.to_string();
    text.contains("certificate") || text.contains("corrupt message")
}

/// The codes of errors that are found here.
const VERSION: &str = "VERSION";
const REPLICA: &str = "REPLICA";

/// Checks that this is the server of a quota: new enough, and one that can be written to.
fn check(info: &str) -> RedisResult<()> {
    let Some(version) = field(info, "redis_version") else {
        return Err((ErrorKind::Parse, "INFO without a version").into());
    };
    let mut numbers = version.split('.').map(|number| number.parse().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < MIN_VERSION {
        return Err(redis::make_extension_error(VERSION.to_owned(), Some(version.to_owned())));
    }
    if field(info, "role") == Some("slave") {
        return Err(redis::make_extension_error(REPLICA.to_owned(), None));
    }
    Ok(())
}

/// Returns a field of what `INFO` replies.
pub(crate) fn field<'info>(info: &'info str, name: &str) -> Option<&'info str> {
    info.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
}

/// Limits the next reads and writes to the time that is left.
fn limit(connection: &Connection, deadline: Instant) -> RedisResult<()> {
    let left = left(deadline)?;
    connection.set_read_timeout(Some(left))?;
    connection.set_write_timeout(Some(left))
}

fn left(deadline: Instant) -> RedisResult<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::Error::from(io::ErrorKind::TimedOut).into()) } else { Ok(left) }
}
