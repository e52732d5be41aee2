//! The Redis server that keeps the quota, if one is named.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use offerslook_core::{
    BaseUrl,
    job::{Fallback, OnReply, Quota, QuotaRequest, QuotaStore, Rate, StoreError, StoreErrorKind, StoreReply},
};
use offerslook_quota_redis::{RedisError, RedisQuota, RedisSettings, RedisStore, Server, Usage};
use secrecy::ExposeSecret;

use crate::{
    account::{Named, QuotaSources},
    console::Console,
    exit::Exit,
    failure::Failure,
    options::values,
};

/// A store, and what names it.
pub(crate) struct Store {
    redis: RedisStore,
    url_source: String,
    password_source: Option<String>,
    network: String,
}

impl Store {
    /// Prepares the store that is named, for this network. Nothing is sent.
    pub(crate) fn find(
        sources: &QuotaSources,
        network: &BaseUrl,
        console: &Console,
    ) -> Result<Option<Self>, Failure> {
        let Some(Named { source, value }) = &sources.store else { return Ok(None) };
        let failure = |error: RedisError| Failure::usage(format_args!("{source}: {error}"), "");
        let mut settings: RedisSettings = value.parse().map_err(failure)?;
        if settings.exposed_password().is_some() && source.starts_with("--") {
            return Err(Failure::usage(
                format_args!("{source}: every user of this machine can read a password on the command line"),
                "Put it into a file: --quota-store-password-file FILE.",
            ));
        }
        console.hide_account("", settings.exposed_password().unwrap_or_default());
        let mut password_source = settings.exposed_password().is_some().then(|| source.clone());
        if let Some(password) = &sources.password {
            let secret = password.read()?;
            let secret = secret.expose_secret().trim();
            console.hide_account("", secret);
            settings = settings.password(secret);
            password_source = Some(password.to_string());
        }
        let redis = RedisStore::new(settings).map_err(failure)?;
        let network = network.origin().to_owned();
        Ok(Some(Self { redis, url_source: source.clone(), password_source, network }))
    }

    /// Connects to the store.
    pub(crate) fn check(&self) -> Result<Server, Failure> {
        self.redis.check().map_err(|error| self.failure(&error))
    }

    /// Returns who holds how much.
    pub(crate) fn usage(&self) -> Result<Usage, Failure> {
        self.redis.usage(&self.network).map_err(|error| self.failure(&error))
    }

    pub(crate) fn quota(&self, rate: Rate, fallback: Fallback, console: &Console) -> Quota {
        let outage = Arc::new(Outage {
            console: console.clone(),
            fallback,
            was_reached: AtomicBool::new(false),
            is_lost: AtomicBool::new(false),
            is_closed: AtomicBool::new(false),
        });
        Quota::stored(rate, Reporting { part: self.redis.handle(&self.network, rate), outage }, fallback)
    }

    /// Names the setting that is at fault.
    fn failure(&self, error: &RedisError) -> Failure {
        let (exit, advice) = match error {
            RedisError::Unreachable { .. } => {
                (Exit::Unavailable, "Check that a Redis server runs there. Nothing was sent to the API.")
            }
            RedisError::Password { .. } if self.password_source.is_none() => {
                (Exit::Usage, "Give its password: --quota-store-password-file FILE.")
            }
            _ => (Exit::Usage, "Nothing was sent to the API."),
        };
        let source = match (error, &self.password_source) {
            (RedisError::Password { .. }, Some(source)) => source,
            _ => &self.url_source,
        };
        Failure::new(exit, format_args!("{source}: the store of the quota cannot be used: {error}"), advice)
    }
}

/// Returns what to do without the store.
pub(crate) fn fallback(option: Option<Fallback>, sources: &QuotaSources) -> Result<Fallback, Failure> {
    match (option, &sources.fallback) {
        (Some(fallback), _) => Ok(fallback),
        (None, Some(Named { source, value })) => {
            values::fallback(value).map_err(|error| Failure::usage(format_args!("{source}: {error}"), ""))
        }
        (None, None) => Ok(Fallback::default()),
    }
}

/// A part in a quota that tells the user why there are no calls.
struct Reporting {
    part: RedisQuota,
    outage: Arc<Outage>,
}

impl QuotaStore for Reporting {
    fn ask(&self, request: QuotaRequest, timeout: Duration, done: OnReply) {
        let outage = Arc::clone(&self.outage);
        let reported: OnReply = Box::new(move |reply| {
            outage.report(&reply);
            done(reply);
        });
        self.part.ask(request, timeout, reported);
    }
}

/// What the user was told about the store.
struct Outage {
    console: Console,
    fallback: Fallback,
    was_reached: AtomicBool,
    is_lost: AtomicBool,
    is_closed: AtomicBool,
}

impl Outage {
    /// Tells what has changed, once.
    fn report(&self, reply: &Result<StoreReply, StoreError>) {
        let set = |flag: &AtomicBool, value| flag.swap(value, Ordering::Relaxed);
        match reply {
            // A store that was never reached ends the run, which says so itself.
            Err(error) if error.kind() == StoreErrorKind::Unreachable => {
                if self.was_reached.load(Ordering::Relaxed) && !set(&self.is_lost, true) {
                    let next = match self.fallback {
                        Fallback::Local(rate) => format!("going on at {rate} without it"),
                        Fallback::Wait => "waiting for it".to_owned(),
                    };
                    self.console.warning(format_args!("{error}; {next}"));
                }
            }
            Err(_) => {}
            Ok(reply) => {
                set(&self.was_reached, true);
                if set(&self.is_lost, false) {
                    self.console.summary("the store of the quota can be reached again");
                }
                match reply {
                    StoreReply::Closed(wait) if !set(&self.is_closed, true) => {
                        self.console.warning(format_args!(
                            "the store of the quota is new or was restarted: calls that it may have forgotten are over in \
                             {} s, and the next call waits for that",
                            wait.as_secs_f64().ceil()
                        ));
                    }
                    StoreReply::Granted { slots: 1.., .. } => _ = set(&self.is_closed, false),
                    _ => {}
                }
            }
        }
    }
}
