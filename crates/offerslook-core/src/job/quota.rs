use std::{
    cmp::Reverse,
    collections::{BTreeSet, BinaryHeap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use super::{Moment, Rate};
use crate::{
    Response,
    error::{Delivery, Error, TransportError},
    response::pause_asked,
};

/// A rate limit that any number of jobs and clients share. A clone is another handle to the same quota.
///
/// - At most [`Rate::calls`] calls *arrive* at the service in any window. A slot is returned one window after its
///   call was answered, because the call arrived no later than that. A call without an answer may still be on its
///   way: its slot is returned two windows after the call timed out, so it may arrive up to one window late.
/// - The slot of a call that nobody reports as finished is returned as if the call had timed out. A job that nobody
///   polls therefore holds up nobody else.
/// - `Retry-After`, and a 429 without it, pause every job on the quota.
/// - A job that waits for a slot is passed over at most once per slot of the quota.
///
/// Everything that shares a quota has to count its [`Moment`]s from the same epoch. The clients of this project
/// do: they all use one epoch per process.
#[derive(Clone)]
pub struct Quota(Arc<Mutex<State>>);

struct State {
    rate: Rate,
    latest: Moment,
    /// Slots of calls in flight, by the moment at which the call has timed out at the latest.
    in_flight: BTreeSet<(Moment, u64)>,
    returning: BinaryHeap<Reverse<Moment>>,
    waiting: VecDeque<Waiter>,
    pause: Pause,
    serial: u64,
}

/// A job that was told to wait for a slot.
struct Waiter {
    id: u64,
    /// When it was told to ask again.
    due: Moment,
    /// How often a job that came later was served first.
    passed_over: u32,
}

/// No call is sent before it ends.
struct Pause {
    until: Moment,
    reason: Option<Error>,
    /// How many pauses followed each other without a success in between.
    streak: u32,
}

/// Whether a slot is free for a job.
pub(super) enum Availability {
    Free,
    NotBefore(Moment),
    /// The service asked for a longer pause than a job waits for.
    PausedTooLong(Error),
}

/// The longest `Retry-After` that a job waits for; a longer one ends it.
pub(super) const MAX_RETRY_AFTER: Duration = Duration::from_mins(2);
const MIN_PAUSE: Duration = Duration::from_secs(1);
/// A job does not ask for a slot more often than this while all slots are in flight.
const MIN_WAIT: Duration = Duration::from_millis(100);

/// The number of windows after which the slot of a call is returned.
const ANSWERED: u32 = 1;
const UNANSWERED: u32 = 2;

impl Quota {
    /// Creates a quota of this rate, unused so far.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self(Arc::new(Mutex::new(State {
            rate,
            latest: Moment::EPOCH,
            in_flight: BTreeSet::new(),
            returning: BinaryHeap::new(),
            waiting: VecDeque::new(),
            pause: Pause { until: Moment::EPOCH, reason: None, streak: 0 },
            serial: 0,
        })))
    }

    /// Returns the rate.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.state().rate
    }

    /// Registers a job, so that it can wait for slots.
    pub(super) fn register(&self) -> Place {
        let mut state = self.state();
        state.serial += 1;
        Place { quota: self.clone(), id: state.serial }
    }

    /// Pauses everything on this quota from `answered` on, after an answer to a call that was sent at `sent`.
    fn pause(&self, answered: Moment, sent: Moment, error: &Error) {
        let retry_after = error.retry_after();
        let mut state = self.state();
        // Calls that were in flight together report the same overload, which counts once.
        if sent >= state.pause.until {
            state.pause.streak = state.pause.streak.saturating_add(1);
        }
        let window = state.rate.window();
        let doubled = MIN_PAUSE.saturating_mul(2_u32.saturating_pow(state.pause.streak.saturating_sub(1)));
        let least = MIN_PAUSE.max(doubled.min(window));
        let until = answered + retry_after.unwrap_or(window).max(least);
        if until > state.pause.until {
            state.pause.until = until;
            state.pause.reason = Some(error.clone());
        }
    }

    /// Notes that a call succeeded.
    pub(super) fn succeeded(&self) {
        self.state().pause.streak = 0;
    }

    /// The state is consistent after every step, so a panic elsewhere while it was locked does no harm.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Quota {
    /// Creates a quota of the documented rate: 50 calls in 10 seconds.
    fn default() -> Self {
        Self::new(Rate::DOCUMENTED)
    }
}

impl fmt::Debug for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Quota").field(&self.rate()).finish()
    }
}

impl State {
    fn advance(&mut self, now: Moment) {
        self.latest = self.latest.max(now);
        let now = self.latest;
        while let Some((expires, serial)) = self.in_flight.first().copied().filter(|(at, _)| *at <= now) {
            self.in_flight.remove(&(expires, serial));
            self.return_slot(expires, UNANSWERED);
        }
        while self.returning.peek().is_some_and(|Reverse(at)| *at <= now) {
            self.returning.pop();
        }
        // A job that does not come back within a window is not waiting any more.
        let window = self.rate.window();
        self.waiting.retain(|waiter| waiter.due + window >= now);
    }

    fn return_slot(&mut self, at: Moment, windows: u32) {
        self.returning.push(Reverse(at + self.rate.window().saturating_mul(windows)));
    }

    fn slots(&self) -> usize {
        usize::try_from(self.rate.calls().get()).unwrap_or(usize::MAX)
    }

    /// Returns when this job should ask for a slot again, or `None` if one is free for it now.
    fn not_before(&self, id: u64) -> Option<Moment> {
        if self.pause.until > self.latest {
            return Some(self.pause.until);
        }
        // Those who were passed over once per slot are served first.
        let ahead = self.waiting.iter().take_while(|waiter| waiter.id != id);
        let reserved = ahead.filter(|waiter| waiter.passed_over >= self.rate.calls().get()).count();
        let free = self.slots().saturating_sub(self.in_flight.len() + self.returning.len());
        if free > reserved {
            return None;
        }
        // Where all slots are in flight, or promised to others, one may be free within a window.
        let within_window = self.latest + self.rate.window().max(MIN_WAIT);
        Some(self.returning.peek().map_or(within_window, |Reverse(at)| within_window.min(*at)))
    }

    fn take(&mut self, id: u64, use_by: Duration) -> (Moment, u64) {
        let place = self.waiting.iter().position(|waiter| waiter.id == id);
        for waiter in self.waiting.iter_mut().take(place.unwrap_or(usize::MAX)) {
            waiter.passed_over = waiter.passed_over.saturating_add(1);
        }
        if let Some(place) = place {
            self.waiting.remove(place);
        }
        self.serial += 1;
        let slot = (self.latest + use_by, self.serial);
        self.in_flight.insert(slot);
        slot
    }
}

/// A job's place among those that wait for a slot. Dropping it gives the place up.
pub(super) struct Place {
    quota: Quota,
    id: u64,
}

impl Place {
    pub(super) fn quota(&self) -> &Quota {
        &self.quota
    }

    /// Returns whether a slot is free for this job.
    pub(super) fn availability(&self, now: Moment) -> Availability {
        let mut state = self.quota.state();
        state.advance(now);
        let pause = state.pause.until.since(state.latest);
        match &state.pause.reason {
            Some(reason) if pause > MAX_RETRY_AFTER => Availability::PausedTooLong(reason.clone()),
            _ => state.not_before(self.id).map_or(Availability::Free, Availability::NotBefore),
        }
    }

    /// Takes a slot, unless another thread was faster. The call it is for has timed out `use_by` from now, at the
    /// latest.
    pub(super) fn take(&self, now: Moment, use_by: Duration) -> Result<Slot, Moment> {
        let mut state = self.quota.state();
        state.advance(now);
        match state.not_before(self.id) {
            Some(later) => Err(later),
            None => Ok(Slot {
                key: state.take(self.id, use_by),
                sent: state.latest,
                finished: Arc::default(),
                quota: self.quota.clone(),
            }),
        }
    }

    /// Notes that the job waits for a slot, and asks again at this moment.
    pub(super) fn wait(&self, due: Moment) {
        let mut state = self.quota.state();
        match state.waiting.iter_mut().find(|waiter| waiter.id == self.id) {
            Some(waiter) => waiter.due = due,
            None => state.waiting.push_back(Waiter { id: self.id, due, passed_over: 0 }),
        }
    }

    /// Notes that the job does not wait for a slot now.
    pub(super) fn leave(&self) {
        self.quota.state().waiting.retain(|waiter| waiter.id != self.id);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave();
    }
}

/// One call's slot of the quota. Nothing happens when it is dropped: the slot is returned after the call has timed
/// out, because the call may still be on its way.
#[derive(Clone)]
pub(super) struct Slot {
    quota: Quota,
    key: (Moment, u64),
    sent: Moment,
    finished: Arc<OnceLock<Moment>>,
}

impl Slot {
    /// Notes that the call is over: returns the slot in time, and pauses the quota if the service asks for it.
    fn finish(&self, now: Moment, answer: &Result<Response, TransportError>) {
        let is_answered = !matches!(answer, Err(error) if error.delivery == Delivery::Unknown);
        let mut state = self.quota.state();
        state.advance(now);
        let finished = *self.finished.get_or_init(|| state.latest);
        if state.in_flight.remove(&self.key) {
            state.return_slot(finished, if is_answered { ANSWERED } else { UNANSWERED });
        }
        drop(state);
        if let Ok(response) = answer
            && let Some(error) = pause_asked(response)
        {
            self.quota.pause(finished, self.sent, &error);
        }
    }
}

/// Reports to the quota that a call has ended, from the task or thread of the call, even while nobody polls the job.
///
/// [`Job::answered`](super::Job::answered) does the same. Only the first report counts.
#[derive(Clone)]
pub struct Completion(pub(super) Slot);

impl Completion {
    /// Reports the end of the call, so that its slot is returned in time and a pause that the service asks for begins at
    /// once.
    pub fn finish(&self, now: Moment, answer: &Result<Response, TransportError>) {
        self.0.finish(now, answer);
    }
}

impl fmt::Debug for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Completion").finish_non_exhaustive()
    }
}
