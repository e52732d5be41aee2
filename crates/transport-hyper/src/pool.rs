use std::{
    fmt,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use http::{
    Uri,
    uri::{Authority, Scheme},
};
use offerslook_core::Settings;
use tokio::runtime::Id;

use crate::exchange::Channel;

/// The idle connections.
///
/// A socket is bound to the runtime that it was made in: elsewhere it would make progress only while that one runs.
#[derive(Default)]
pub(crate) struct Pool {
    /// The most recently used one comes last.
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    runtime: Id,
    scheme: Option<Scheme>,
    authority: Option<Authority>,
    channel: Channel,
    since: Instant,
}

impl Idle {
    fn fits(&self, runtime: Id, uri: &Uri) -> bool {
        self.runtime == runtime
            && self.scheme.as_ref() == uri.scheme()
            && self.authority.as_ref() == uri.authority()
    }
}

impl Pool {
    /// Takes a connection to the host of this URI on which nothing has happened since.
    pub(crate) fn take(&self, runtime: Id, uri: &Uri) -> Option<Channel> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        idle.retain(|kept| now.duration_since(kept.since) < Settings::IDLE_TIMEOUT);
        loop {
            let last = idle.iter().rposition(|kept| kept.fits(runtime, uri))?;
            let channel = idle.remove(last).channel;
            if channel.is_quiet() {
                return Some(channel);
            }
        }
    }

    /// Keeps a connection for another call.
    pub(crate) fn keep(&self, runtime: Id, uri: &Uri, channel: Option<Channel>) {
        let Some(channel) = channel else { return };
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() == Settings::MAX_IDLE_CONNECTIONS {
            idle.remove(0);
        }
        idle.push(Idle {
            runtime,
            scheme: uri.scheme().cloned(),
            authority: uri.authority().cloned(),
            channel,
            since: Instant::now(),
        });
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").finish_non_exhaustive()
    }
}
