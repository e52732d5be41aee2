//! A rate limit that jobs and clients share, kept in this process or in a store.

mod local;
mod place;
mod stored;

use std::{
    collections::{BTreeSet, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use super::{
    Moment, Rate,
    store::{Fallback, QuotaStore, StoreError, StoreErrorKind, StoreReply},
};
use crate::{
    Response,
    error::{Delivery, Error, TransportError},
    response::pause_asked,
};
use local::{LocalSlots, SlotKey};
pub(super) use place::{Availability, Place};
use stored::StoredSlots;
pub(super) use stored::{Message, Need};

/// A rate limit that any number of jobs and clients share. A clone is another handle to the same quota.
///
/// - At most [`Rate::calls`] calls *arrive* at the service in any window. A slot is returned one window after its
///   call was answered, because the call arrived no later than that. A call without an answer may still be on its
///   way, so its slot is returned two windows after the call timed out. The limit holds as long as the call arrives
///   within one window of its timeout.
/// - The slot of a call that nobody reports as finished is returned as if the call had timed out, so a job that
///   nobody polls does not block other jobs.
/// - `Retry-After`, and a 429 without it, pause every job on the quota.
/// - A job that waits for a slot is passed over at most once per slot of the quota.
///
/// [`Quota::new`] keeps it in this process. [`Quota::stored`] shares it with other programs through a store.
///
/// Everything that shares a quota has to count its [`Moment`]s from the same epoch. The clients of this project
/// do: they all use one epoch per process. Programs that share a store need not.
#[derive(Clone)]
pub struct Quota(Arc<Mutex<State>>);

struct State {
    rate: Rate,
    latest: Moment,
    slots: Slots,
    waiting: VecDeque<Waiter>,
    pause: Pause,
    serial: u64,
    /// The jobs that use the quota and are not over.
    active: BTreeSet<u64>,
}

enum Slots {
    Local(LocalSlots),
    Stored(Box<StoredSlots>),
}

/// A job that was told to wait for a slot.
struct Waiter {
    id: u64,
    /// When it was told to ask again.
    due: Moment,
    /// How often a job that came later was served first.
    passed_over: u32,
}

/// A pause of the quota: no call is sent before it ends.
struct Pause {
    until: Moment,
    reason: Option<Error>,
    /// The number of consecutive pauses without a success between them.
    streak: u32,
    /// The end of a pause that was not reported to the store yet.
    unreported: Option<Moment>,
}

/// The longest `Retry-After` that a job waits for; a longer one ends it.
pub(super) const MAX_RETRY_AFTER: Duration = Duration::from_secs(120);
const MIN_PAUSE: Duration = Duration::from_secs(1);
/// A job does not ask for a slot more often than this while all slots are in flight.
const MIN_WAIT: Duration = Duration::from_millis(100);

impl Quota {
    /// Creates a quota of this rate, unused so far.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self::on(rate, Slots::Local(LocalSlots::new(rate)))
    }

    /// Creates a handle to a quota that is kept in a store, and shared with all programs that use the same one.
    ///
    /// The first three promises above hold for all of them together, except while a program uses its
    /// [`Fallback::Local`]. If a program dies, its slots are returned two windows after the latest moment at which
    /// their calls can have timed out.
    ///
    /// The drivers ask the store while they run jobs; see [`Action::Quota`](super::Action::Quota).
    #[must_use]
    pub fn stored(rate: Rate, store: impl QuotaStore, fallback: Fallback) -> Self {
        Self::on(rate, Slots::Stored(Box::new(StoredSlots::new(Arc::new(store), fallback))))
    }

    fn on(rate: Rate, slots: Slots) -> Self {
        Self(Arc::new(Mutex::new(State {
            rate,
            latest: Moment::EPOCH,
            slots,
            waiting: VecDeque::new(),
            pause: Pause { until: Moment::EPOCH, reason: None, streak: 0, unreported: None },
            serial: 0,
            active: BTreeSet::new(),
        })))
    }

    /// Returns the rate.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.state().rate
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
            state.pause.unreported = Some(until);
        }
    }

    /// Notes that a call succeeded.
    pub(super) fn succeeded(&self) {
        self.state().pause.streak = 0;
    }

    /// Returns how often in a row the store did not reply.
    pub(super) fn store_failures(&self) -> u32 {
        match &self.state().slots {
            Slots::Local(_) => 0,
            Slots::Stored(stored) => stored.failures(),
        }
    }

    /// Takes the reply of the store to an attempt to ask it.
    pub(super) fn replied(&self, attempt: u64, now: Moment, reply: Result<StoreReply, StoreError>) {
        let mut state = self.state();
        state.advance(now);
        let now = state.latest;
        let Slots::Stored(stored) = &mut state.slots else { return };
        let (reported, paused_until) = stored.replied(attempt, now, reply);
        if state.pause.unreported == reported {
            state.pause.unreported = None;
        }
        if let Some(until) = paused_until.filter(|until| *until > state.pause.until) {
            let pause = until.since(now).as_secs();
            let text = format!("the service asked another program on it to wait for {pause} more seconds");
            state.pause.until = until;
            state.pause.reason =
                Some(Error::QuotaStore(StoreError::new(StoreErrorKind::PausedTooLong, text)));
        }
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
        match &mut self.slots {
            Slots::Local(slots) => slots.advance(now),
            Slots::Stored(slots) => slots.advance(now),
        }
        // A job that does not come back within a window is not waiting any more.
        let window = self.rate.window();
        self.waiting.retain(|waiter| waiter.due + window >= now);
    }

    /// Returns when this job should ask for a slot again, or `None` if one is free now for a call of this duration.
    fn not_before(&self, id: u64, call: Duration) -> Option<Moment> {
        if self.pause.until > self.latest {
            return Some(self.pause.until);
        }
        // Waiters that were passed over once per slot are served first.
        let ahead = self.waiting.iter().take_while(|waiter| waiter.id != id);
        let reserved = ahead.filter(|waiter| waiter.passed_over >= self.rate.calls().get()).count();
        let free = match &self.slots {
            Slots::Local(slots) => slots.free(),
            Slots::Stored(slots) => slots.free(self.latest, call),
        };
        if free > reserved {
            return None;
        }
        // Where all slots are in flight, or promised to others, one may be free within a window.
        let within_window = self.latest + self.rate.window().max(MIN_WAIT);
        Some(match &self.slots {
            Slots::Local(slots) => slots.next_return().map_or(within_window, |at| within_window.min(at)),
            Slots::Stored(_) if free > 0 => within_window.min(self.latest + MIN_WAIT),
            Slots::Stored(slots) => slots.not_before(id, self.latest),
        })
    }

    fn take(&mut self, id: u64, call: Duration) -> SlotKey {
        let place = self.waiting.iter().position(|waiter| waiter.id == id);
        for waiter in self.waiting.iter_mut().take(place.unwrap_or(usize::MAX)) {
            waiter.passed_over = waiter.passed_over.saturating_add(1);
        }
        if let Some(place) = place {
            self.waiting.remove(place);
        }
        self.serial += 1;
        let key = (self.latest + call, self.serial);
        match &mut self.slots {
            Slots::Local(slots) => slots.take(key),
            Slots::Stored(slots) => slots.take(self.latest, call, key),
        }
        key
    }
}

/// One call's slot of the quota. Nothing happens when it is dropped: the slot is returned after the call has timed
/// out, because the call may still be on its way.
#[derive(Clone)]
pub(super) struct Slot {
    quota: Quota,
    key: SlotKey,
    sent: Moment,
    finished: Arc<OnceLock<Moment>>,
}

impl Slot {
    /// Notes that the call is over: returns the slot in time, and pauses the quota if the service asks for it.
    pub(super) fn finish(&self, now: Moment, answer: &Result<Response, TransportError>) {
        let is_answered = !matches!(answer, Err(error) if error.delivery == Delivery::Unknown);
        let mut state = self.quota.state();
        state.advance(now);
        let finished = *self.finished.get_or_init(|| state.latest);
        match &mut state.slots {
            Slots::Local(slots) => slots.finish(self.key, finished, is_answered),
            Slots::Stored(slots) => slots.finish(self.key, finished, is_answered),
        }
        drop(state);
        if let Some(error) = answer.as_ref().ok().and_then(pause_asked) {
            self.quota.pause(finished, self.sent, &error);
        }
    }
}
