use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    process,
    sync::{
        LazyLock,
        mpsc::{Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use offerslook_core::job::{
    Fallback, OnReply, Quota, QuotaRequest, QuotaStore, Rate, SlotEnd, StoreError, StoreReply,
};
use redis::Script;

use crate::{
    RedisError, RedisSettings, Usage,
    link::{Link, Server},
    usage::readable_rate,
};

/// A Redis server that keeps quotas.
///
/// It has one connection, on a thread of its own, so it serves blocking and async clients and every runtime alike. A clone
/// is another handle to the same connection.
#[derive(Clone)]
pub struct RedisStore {
    settings: RedisSettings,
    thread: Sender<Work>,
}

type Work = Box<dyn FnOnce(&mut Link) + Send>;

static ASK: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("ask.lua")));
/// The longest time for which a slot is held: no call takes longer than a year.
const MAX_HOLD: Duration = Duration::from_hours(24 * 366);
/// The longest pause that is sent to the store. No job waits for so long.
const MAX_PAUSE: Duration = Duration::from_hours(24);

impl RedisStore {
    /// Prepares the store. Sends nothing yet: [`check`](Self::check) tells whether the store can be used.
    ///
    /// # Errors
    /// - [`RedisError::RootCertificate`] if that of the settings is not PEM.
    /// - [`RedisError::NoThread`] if the system has no thread for the connection.
    pub fn new(settings: RedisSettings) -> Result<Self, RedisError> {
        #[cfg(feature = "rustls")]
        settings.check_certificate()?;
        let (thread, works) = channel::<Work>();
        let mut link = Link::new(settings.clone());
        thread::Builder::new()
            .name("offerslook-redis".to_owned())
            .spawn(move || works.into_iter().for_each(|work| work(&mut link)))
            .map_err(|cause| RedisError::NoThread(cause.to_string()))?;
        Ok(Self { settings, thread })
    }

    /// Connects to the server and checks that it can keep a quota. It blocks for up to
    /// [`RedisSettings::timeout`].
    ///
    /// A job on a quota that cannot be used ends with the same error, so there is no need to check first.
    ///
    /// # Errors
    /// - [`RedisError::Unreachable`], [`RedisError::Tls`] or [`RedisError::NotRedis`] if the server cannot be used at all.
    /// - [`RedisError::Password`] if it does not accept the user or the password.
    /// - The other variants name what is wrong with the server, or with the rights of the user.
    pub fn check(&self) -> Result<Server, RedisError> {
        let timeout = self.settings.timeout;
        self.call(move |link| link.check(timeout))
    }

    /// Returns the quota of a network, for [`ClientBuilder::quota`]. All programs that use the same server, prefix and
    /// name share it, and have to configure the same rate.
    ///
    /// The name is up to you; [`BaseUrl::origin`] is what the command uses.
    ///
    /// [`ClientBuilder::quota`]: https://docs.rs/offerslook-client/latest/offerslook_client/struct.ClientBuilder.html
    /// [`BaseUrl::origin`]: offerslook_core::BaseUrl::origin
    #[must_use]
    pub fn quota(&self, network: &str, rate: Rate, fallback: Fallback) -> Quota {
        Quota::stored(rate, self.handle(network, rate), fallback)
    }

    /// Returns the [`QuotaStore`] behind [`quota`](Self::quota): this program's handle to the quota of a network.
    #[must_use]
    pub fn handle(&self, network: &str, rate: Rate) -> RedisQuota {
        // The hasher of the standard library has a random seed.
        let client = format!("{:016x}", RandomState::new().hash_one(process::id()));
        RedisQuota { store: self.clone(), key: self.settings.key(network), client, name: program(), rate }
    }

    /// Returns who holds how much of the quota of a network right now. It blocks for up to [`RedisSettings::timeout`].
    ///
    /// # Errors
    /// - [`RedisError::Unreachable`], [`RedisError::Tls`] or [`RedisError::NotRedis`] if the server cannot be used at all.
    /// - [`RedisError::Password`] if it does not accept the user or the password.
    /// - The other variants name what is wrong with the server, or with the rights of the user.
    pub fn usage(&self, network: &str) -> Result<Usage, RedisError> {
        let (key, timeout) = (self.settings.key(network), self.settings.timeout);
        self.call(move |link| link.run(timeout, |connection| Usage::read(&key, connection)))
    }

    /// Returns the host and port of the server, or the path of its socket.
    #[must_use]
    pub fn address(&self) -> String {
        self.settings.address()
    }

    /// Runs this on the thread of the connection, and waits for it.
    fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Link) -> Result<T, RedisError> + Send + 'static,
    ) -> Result<T, RedisError> {
        let (sender, receiver) = channel();
        let sent = self.thread.send(Box::new(move |link| {
            // Nobody waits any more if this took too long.
            let _ = sender.send(work(link));
        }));
        let answer = sent.ok().and_then(|()| receiver.recv_timeout(self.settings.timeout + GRACE).ok());
        answer.unwrap_or_else(|| {
            let reason = "no reply in time".to_owned();
            Err(RedisError::Unreachable { address: self.settings.address(), reason })
        })
    }
}

/// How long to wait for the thread beyond its timeout, because resolving the host name may exceed it.
const GRACE: Duration = Duration::from_secs(1);

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// One program's handle to the quota of a network.
#[derive(Debug)]
pub struct RedisQuota {
    store: RedisStore,
    key: String,
    client: String,
    name: String,
    rate: Rate,
}

impl QuotaStore for RedisQuota {
    fn ask(&self, request: QuotaRequest, timeout: Duration, done: OnReply) {
        let arguments = self.arguments(&request);
        let (key, rate, deadline) = (self.key.clone(), self.rate, Instant::now() + timeout);
        let work: Work = Box::new(move |link| {
            let left = deadline.saturating_duration_since(Instant::now());
            let mut script = ASK.key(key);
            for argument in &arguments {
                script.arg(argument);
            }
            let reply = link.run(left, |connection| script.invoke::<Vec<redis::Value>>(connection));
            done(reply.and_then(|reply| read(&reply, rate, link)).map_err(StoreError::from));
        });
        if let Err(unsent) = self.store.thread.send(work) {
            drop(unsent);
        }
    }
}

impl RedisQuota {
    fn arguments(&self, request: &QuotaRequest) -> Vec<String> {
        let pause = request.pause.unwrap_or_default().min(MAX_PAUSE);
        let mut arguments = vec![
            self.client.clone(),
            self.name.clone(),
            request.id.to_string(),
            request.want.to_string(),
            rounded_up(request.hold.min(MAX_HOLD)).to_string(),
            rounded_up(pause).to_string(),
            self.rate.calls().to_string(),
            rounded_up(self.rate.window()).to_string(),
        ];
        for ended in &request.ended {
            let windows = match ended.end {
                SlotEnd::Unused => "0",
                SlotEnd::Answered => "1",
                SlotEnd::TimedOut => "2",
            };
            arguments.push(format!("{}:{}", ended.slot.request, ended.slot.index));
            arguments.push(windows.to_owned());
            arguments.push(ended.age.as_millis().to_string());
        }
        arguments
    }
}

/// Reads the reply of the script.
fn read(reply: &[redis::Value], rate: Rate, link: &Link) -> Result<StoreReply, RedisError> {
    let number = |value: &redis::Value| redis::from_redis_value_ref::<u64>(value).ok();
    let wait = |value: &redis::Value| number(value).map(Duration::from_millis);
    let read = match reply {
        [kind, rest @ ..] => match (redis::from_redis_value_ref::<String>(kind).as_deref(), rest) {
            (Ok("granted"), [slots, next]) => number(slots)
                .and_then(|slots| u32::try_from(slots).ok())
                .zip(wait(next))
                .map(|(slots, next)| StoreReply::Granted { slots, next }),
            (Ok("wait"), [time]) => wait(time).map(StoreReply::NotBefore),
            (Ok("paused"), [time]) => wait(time).map(StoreReply::Paused),
            (Ok("closed"), [time]) => wait(time).map(StoreReply::Closed),
            (Ok("rate"), [theirs]) => {
                let theirs = redis::from_redis_value_ref::<String>(theirs).unwrap_or_default();
                return Err(RedisError::Rate { theirs: readable_rate(&theirs), ours: rate.to_string() });
            }
            _ => None,
        },
        [] => None,
    };
    read.ok_or_else(|| RedisError::NotRedis { address: link.address() })
}

fn rounded_up(duration: Duration) -> u128 {
    duration.as_nanos().div_ceil(1_000_000)
}

/// Returns the host name and the id of this process, which identify it in [`Usage`].
fn program() -> String {
    let host = gethostname::gethostname().to_string_lossy().into_owned();
    let host: String = host.chars().filter(char::is_ascii_graphic).collect();
    format!("{host}/{}", process::id())
}
