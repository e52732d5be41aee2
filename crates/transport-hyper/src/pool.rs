use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use http::{
    Uri,
    uri::{Authority, Scheme},
};
use offerslook_core::Settings;

use crate::connector::Stream;

/// Connections that no call uses.
#[derive(Default)]
pub(crate) struct Pool {
    /// The one that was used last comes last.
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    scheme: Option<Scheme>,
    authority: Option<Authority>,
    stream: Box<dyn Stream>,
    since: Instant,
}

impl Idle {
    fn leads_to(&self, uri: &Uri) -> bool {
        self.scheme.as_ref() == uri.scheme() && self.authority.as_ref() == uri.authority()
    }
}

impl Pool {
    /// A connection to where this URI points, if there is one on which nothing has happened since.
    pub(crate) fn take(&self, uri: &Uri) -> Option<Box<dyn Stream>> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|kept| kept.since.elapsed() < Settings::IDLE_TIMEOUT && kept.stream.is_quiet());
        let last = idle.iter().rposition(|kept| kept.leads_to(uri))?;
        Some(idle.remove(last).stream)
    }

    /// Keeps a connection for another call, if there is one to keep.
    pub(crate) fn keep(&self, uri: &Uri, stream: Option<Box<dyn Stream>>) {
        let Some(stream) = stream else { return };
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() == Settings::MAX_IDLE_CONNECTIONS {
            idle.remove(0);
        }
        idle.push(Idle {
            scheme: uri.scheme().cloned(),
            authority: uri.authority().cloned(),
            stream,
            since: Instant::now(),
        });
    }
}
