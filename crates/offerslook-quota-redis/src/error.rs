use offerslook_core::job::{StoreError, StoreErrorKind};

/// Why a Redis server cannot keep a quota. The password is never part of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RedisError {
    /// The URL does not name a Redis server.
    #[error("{0}: write redis://HOST:PORT, or rediss://HOST:PORT for TLS")]
    Url(&'static str),
    /// A certificate in the settings cannot be read.
    #[error("the root certificate of the store is not valid PEM")]
    RootCertificate,
    /// The system has no thread for the connection.
    #[error("there is no thread for the connection to the store: {0}")]
    NoThread(String),
    /// The server cannot be reached, or did not reply in time.
    #[error("{address}: {reason}")]
    Unreachable {
        /// The address of the server.
        address: String,
        /// What happened.
        reason: String,
    },
    /// TLS failed: the certificate of the server is not trusted, for example.
    #[error("{address}: TLS failed: {reason}")]
    Tls {
        /// The address of the server.
        address: String,
        /// What happened.
        reason: String,
    },
    /// The server did not accept the user or the password.
    #[error("{address} did not accept the user or the password")]
    Password {
        /// The address of the server.
        address: String,
    },
    /// The server does not speak the protocol of Redis.
    #[error("{address} is not a Redis server")]
    NotRedis {
        /// The address of the server.
        address: String,
    },
    /// The server is too old.
    #[error("{address} is version {found}, and 6.2 or newer is needed")]
    Version {
        /// The address of the server.
        address: String,
        /// Its version.
        found: String,
    },
    /// The server is a replica, which cannot be written to.
    #[error("{address} is a read-only replica: name the primary server")]
    Replica {
        /// The address of the server.
        address: String,
    },
    /// Another program uses the same quota at another rate.
    #[error(
        "another program uses this quota at a rate of {theirs}, not {ours}: configure the same rate everywhere"
    )]
    Rate {
        /// The rate of the other program.
        theirs: String,
        /// The rate of this program.
        ours: String,
    },
    /// The server refused a command.
    #[error("{address} refused the request: {reason}")]
    Refused {
        /// The address of the server.
        address: String,
        /// What it said.
        reason: String,
    },
}

impl RedisError {
    /// Returns `true` if the same request may succeed later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }
}

impl From<RedisError> for StoreError {
    fn from(error: RedisError) -> Self {
        let kind = if error.is_transient() { StoreErrorKind::Unreachable } else { StoreErrorKind::Unusable };
        Self::new(kind, error.to_string())
    }
}
