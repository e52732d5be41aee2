use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc::Sender},
    thread,
    time::Instant,
};

use offerslook_core::{
    Delivery, TransportError, TransportKind,
    drive::Event,
    job::{Attempt, AttemptId},
};

use super::{Transport, shared::Shared};
use crate::runtime::moment;

/// The threads that make the calls of one run: as many as there are calls in flight, and at most as many as the options
/// allow. They live until the pool is closed.
pub(super) struct Pool<T: Transport>(Arc<Inner<T>>);

struct Inner<T: Transport> {
    client: Arc<Shared<T>>,
    transport: Arc<T>,
    queue: Mutex<Queue>,
    changed: Condvar,
    events: Sender<Event>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<(Attempt, Instant)>,
    /// The calls that are being made. A thread whose call is cancelled no longer counts, and ends with the call.
    running: BTreeSet<AttemptId>,
    idle: usize,
    threads: usize,
    is_closed: bool,
}

impl<T: Transport> Pool<T> {
    pub(super) fn new(client: Arc<Shared<T>>, transport: Arc<T>, events: Sender<Event>) -> Self {
        let queue = Mutex::default();
        Self(Arc::new(Inner { client, transport, queue, changed: Condvar::new(), events }))
    }

    pub(super) fn submit(&self, attempt: Attempt) {
        let mut queue = self.0.queue();
        queue.waiting.push_back((attempt, Instant::now()));
        self.provide_thread(queue);
    }

    /// Has a thread for every call that waits, as far as that is allowed.
    fn provide_thread(&self, mut queue: MutexGuard<'_, Queue>) {
        if queue.idle >= queue.waiting.len() {
            // A thread that wakes up while the queue is locked would have to wait at once.
            drop(queue);
            self.0.changed.notify_one();
        } else if queue.threads < self.0.client.max_in_flight() {
            let inner = Arc::clone(&self.0);
            let spawned = thread::Builder::new().name("offerslook".to_owned()).spawn(move || inner.work());
            match spawned {
                Ok(_) => queue.threads += 1,
                Err(cause) => self.0.fail_last(&mut queue, cause),
            }
        }
    }

    pub(super) fn cancel(&self, id: AttemptId) {
        let mut queue = self.0.queue();
        queue.waiting.retain(|(attempt, _)| attempt.ticket.id() != id);
        if queue.running.remove(&id) {
            queue.threads -= 1;
            self.provide_thread(queue);
        }
    }

    /// Discards the calls that wait for a thread, and ends each thread with its current call.
    pub(super) fn close(&self) {
        let mut queue = self.0.queue();
        queue.is_closed = true;
        queue.waiting.clear();
        self.0.changed.notify_all();
    }
}

impl<T: Transport> Inner<T> {
    fn work(&self) {
        let mut finished = None;
        while let Some((attempt, queued)) = self.next(finished) {
            let Attempt { ticket, request, timeout, .. } = attempt;
            let left = timeout.saturating_sub(queued.elapsed());
            let answer = self.client.exchange(&self.transport, request, left);
            ticket.completion().finish(moment(Instant::now()), &answer);
            finished = Some(ticket.id());
            // Nobody listens any more once the run is dropped.
            let _ = self.events.send(Event::Answer(ticket, answer));
        }
    }

    /// Waits for the next call after one that is finished. `None`: the pool is closed, or that call was cancelled.
    fn next(&self, finished: Option<AttemptId>) -> Option<(Attempt, Instant)> {
        let mut queue = self.queue();
        if finished.is_some_and(|id| !queue.running.remove(&id)) {
            return None;
        }
        loop {
            if queue.is_closed {
                return None;
            }
            if let Some((attempt, queued)) = queue.waiting.pop_front() {
                queue.running.insert(attempt.ticket.id());
                return Some((attempt, queued));
            }
            queue.idle += 1;
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
            queue.idle -= 1;
        }
    }

    /// Answers the call that needs a thread that the system does not give.
    fn fail_last(&self, queue: &mut Queue, cause: std::io::Error) {
        let unstarted = if queue.threads == 0 { queue.waiting.pop_back() } else { None };
        if let Some((attempt, _)) = unstarted {
            let error = TransportError::new(TransportKind::NeverAnswered, Delivery::NotSent)
                .with_host(attempt.request.uri().host())
                .with_source(cause);
            let _ = self.events.send(Event::Answer(attempt.ticket, Err(error)));
        }
    }

    /// The queue is consistent after every step, so a panic elsewhere while it was locked does no harm.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Transport> Drop for Pool<T> {
    fn drop(&mut self) {
        self.close();
    }
}
