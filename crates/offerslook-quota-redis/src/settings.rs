use std::{fmt, str::FromStr, time::Duration};

use redis::{ConnectionAddr, ConnectionInfo, IntoConnectionInfo, RedisConnectionInfo};
use secrecy::{ExposeSecret, SecretString};

use crate::RedisError;

/// The address of a Redis server, and the credentials for it.
///
/// The `Debug` form shows no password.
///
/// ```
/// use offerslook_quota_redis::RedisSettings;
///
/// let settings: RedisSettings = "redis://cache.internal:6379".parse()?;
/// let settings = settings.user("offers").password("secret").prefix("staging");
/// assert!(!format!("{settings:?}").contains("secret"));
/// # Ok::<(), offerslook_quota_redis::RedisError>(())
/// ```
#[derive(Clone)]
pub struct RedisSettings {
    pub(crate) connection: ConnectionInfo,
    pub(crate) database: i64,
    user: Option<String>,
    password: Option<SecretString>,
    pub(crate) prefix: String,
    #[cfg(feature = "rustls")]
    pub(crate) root_certificate: Option<Vec<u8>>,
    pub(crate) timeout: Duration,
}

impl FromStr for RedisSettings {
    type Err = RedisError;

    /// Parses `redis://`, `rediss://` (TLS) or `unix://`, with a user, a password and the number of a database where there
    /// are any.
    fn from_str(url: &str) -> Result<Self, RedisError> {
        if redis::parse_redis_url(url.trim()).is_none() {
            return Err(RedisError::Url("this is not the URL of a Redis server"));
        }
        let info = url.trim().into_connection_info();
        let info = info.map_err(|_| RedisError::Url("this URL of a Redis server is not complete"))?;
        if cfg!(not(feature = "rustls")) && matches!(info.addr(), ConnectionAddr::TcpTls { .. }) {
            return Err(RedisError::Url("this program is built without TLS for Redis"));
        }
        let login = info.redis_settings();
        let settings = Self {
            database: login.db(),
            user: login.username().map(str::to_owned),
            password: login.password().map(Into::into),
            prefix: "offerslook".to_owned(),
            #[cfg(feature = "rustls")]
            root_certificate: None,
            timeout: Duration::from_secs(5),
            // The handshake of the library waits without limit.
            connection: info.set_redis_settings(RedisConnectionInfo::default().set_skip_set_lib_name()),
        };
        Ok(settings)
    }
}

impl RedisSettings {
    /// Sets the user. Default: that of the URL, or the server's default user.
    #[must_use]
    pub fn user(self, user: impl Into<String>) -> Self {
        Self { user: Some(user.into()), ..self }
    }

    /// Sets the password. Default: that of the URL.
    #[must_use]
    pub fn password(self, password: impl Into<String>) -> Self {
        Self { password: Some(password.into().into()), ..self }
    }

    /// Sets the first part of the names of all keys. Default: `offerslook`.
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), ..self }
    }

    /// Trusts the certificate authorities in this PEM instead of those of the system.
    #[cfg(feature = "rustls")]
    #[must_use]
    pub fn root_certificate(self, pem: impl Into<Vec<u8>>) -> Self {
        Self { root_certificate: Some(pem.into()), ..self }
    }

    /// Sets how long connecting and a check may take. Default: 5 seconds.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Returns the password, so that a program can redact it from its output.
    #[must_use]
    pub fn exposed_password(&self) -> Option<&str> {
        self.password.as_ref().map(ExposeSecret::expose_secret)
    }

    /// Returns the host and port, or the path of the socket.
    #[must_use]
    pub fn address(&self) -> String {
        self.connection.addr().to_string()
    }

    #[cfg(feature = "rustls")]
    pub(crate) fn check_certificate(&self) -> Result<(), RedisError> {
        use rustls::pki_types::{CertificateDer, pem::PemObject};

        let Some(pem) = &self.root_certificate else { return Ok(()) };
        CertificateDer::from_pem_slice(pem).map(drop).map_err(|_| RedisError::RootCertificate)
    }

    /// Returns the arguments of `AUTH`.
    pub(crate) fn login(&self) -> Option<Vec<&str>> {
        let password = self.password.as_ref()?.expose_secret();
        Some(self.user.as_deref().into_iter().chain([password]).collect())
    }

    /// Returns the key of a network. Its hash tag keeps all that belongs to the network on one node of a cluster.
    pub(crate) fn key(&self, network: &str) -> String {
        format!("{}:quota:{{{network}}}", self.prefix)
    }
}

impl fmt::Debug for RedisSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisSettings")
            .field("address", &self.address())
            .field("database", &self.database)
            .field("user", &self.user)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
