use std::{
    fmt,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    time::Instant,
};

use offerslook_core::{
    drive::{BlockingCalls, Event},
    job::{Attempt, AttemptId, Moment, QuotaAnswer, QuotaCall},
};

use super::{Transport, pool::Pool, shared::Shared};
use crate::runtime::moment;

/// The calls of one job: on a pool of threads, or each on the thread that asks for it.
pub struct Calls<T: Transport> {
    client: Arc<Shared<T>>,
    /// `None`: each call is made at once, on the thread that asks for it.
    pool: Option<Pool<T>>,
    /// The transport whose connections are those of this job alone.
    fork: Option<Arc<T>>,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
}

impl<T: Transport> Calls<T> {
    pub(super) fn on_this_thread(client: Arc<Shared<T>>) -> Self {
        let (sender, receiver) = channel();
        Self { client, pool: None, fork: None, sender, receiver }
    }

    pub(super) fn on_threads(client: Arc<Shared<T>>) -> Self {
        let fork = client.transport().fork().map(Arc::new);
        let transport = Arc::clone(fork.as_ref().unwrap_or(client.transport()));
        let (sender, receiver) = channel();
        let pool = Pool::new(Arc::clone(&client), transport, sender.clone());
        Self { client, pool: Some(pool), fork, sender, receiver }
    }
}

impl<T: Transport> BlockingCalls for Calls<T> {
    fn now(&self) -> Moment {
        moment(Instant::now())
    }

    fn start(&mut self, attempt: Attempt) {
        if let Some(pool) = &self.pool {
            return pool.submit(attempt);
        }
        let Attempt { ticket, request, timeout, .. } = attempt;
        let answer = self.client.exchange(self.client.transport(), request, timeout);
        // The receiver is in the same struct.
        let _ = self.sender.send(Event::Answer(ticket, answer));
    }

    fn cancel(&mut self, id: AttemptId) {
        if let Some(pool) = &self.pool {
            pool.cancel(id);
        }
    }

    fn ask_quota(&mut self, call: QuotaCall) -> Option<QuotaAnswer> {
        let sender = self.sender.clone();
        call.ask(move |(ticket, reply)| {
            // Nobody listens any more once the run is dropped.
            let _ = sender.send(Event::Quota(ticket, reply));
        });
        None
    }

    fn wait(&mut self, until: Option<Moment>) -> Event {
        match until {
            Some(until) => self.receiver.recv_timeout(until.since(self.now())).unwrap_or(Event::Woken),
            None => self.receiver.recv().unwrap_or(Event::Woken),
        }
    }

    fn abort(&mut self) {
        if let Some(pool) = &self.pool {
            pool.close();
        }
        if let Some(fork) = &self.fork {
            fork.abort();
        }
    }

    fn waker(&self) -> Box<dyn Fn() + Send + Sync> {
        let sender = self.sender.clone();
        Box::new(move || {
            let _ = sender.send(Event::Woken);
        })
    }
}

impl<T: Transport> fmt::Debug for Calls<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").finish_non_exhaustive()
    }
}
