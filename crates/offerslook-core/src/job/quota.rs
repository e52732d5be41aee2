use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    fmt,
    num::NonZeroU32,
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::Moment;

/// So many calls in any window of this length.
///
/// Its text form is `CALLS/SECONDS`, such as `50/10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    calls: NonZeroU32,
    window: Duration,
}

impl Rate {
    /// The documented quota of a network: 50 calls in 10 seconds, shared by all its affiliates.
    pub const DOCUMENTED: Self =
        Self { calls: NonZeroU32::MIN.saturating_add(49), window: Duration::from_secs(10) };

    /// So many calls in a window of this length; `None` for a window of no length.
    #[must_use]
    pub fn new(calls: NonZeroU32, window: Duration) -> Option<Self> {
        (!window.is_zero()).then_some(Self { calls, window })
    }

    /// How many calls fit in a window.
    #[must_use]
    pub fn calls(self) -> NonZeroU32 {
        self.calls
    }

    /// How long the window is.
    #[must_use]
    pub fn window(self) -> Duration {
        self.window
    }
}

/// Text that is no rate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a quota: write CALLS/SECONDS, both above zero, such as 50/10")]
pub struct ParseRateError(String);

impl FromStr for Rate {
    type Err = ParseRateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once('/')
            .and_then(|(calls, seconds)| {
                let window = Duration::try_from_secs_f64(seconds.trim().parse().ok()?).ok()?;
                Self::new(calls.trim().parse().ok()?, window)
            })
            .ok_or_else(|| ParseRateError(text.to_owned()))
    }
}

/// The shared quota: every job and every single call of one client draws from the same one. A clone is
/// another handle to it.
///
/// A slot is given back one window after its call was *answered*: the call arrived no later than that, so
/// no jitter of the network brings more calls into a window than the rate allows. A call that was given up
/// may still be on its way: its slot is given back after two windows, so that it may arrive up to one window
/// late. Where a network holds it back for longer than that, there is no such bound.
#[derive(Clone)]
pub struct Quota(Arc<Mutex<State>>);

struct State {
    rate: Rate,
    latest: Moment,
    in_flight: usize,
    /// Slots whose call was dropped at a moment that nobody told.
    orphans: usize,
    returning: BinaryHeap<Reverse<Moment>>,
}

impl Quota {
    /// A quota of this rate, unused so far.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        let state =
            State { rate, latest: Moment::EPOCH, in_flight: 0, orphans: 0, returning: BinaryHeap::new() };
        Self(Arc::new(Mutex::new(state)))
    }

    /// The rate.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.state().rate
    }

    /// Takes a slot, or says when to ask again. Until then none is free.
    pub(super) fn take(&self, now: Moment) -> Result<Slot, Moment> {
        let mut state = self.state();
        state.advance(now);
        let now = state.latest;
        let used = state.in_flight + state.returning.len();
        if used < usize::try_from(state.rate.calls.get()).unwrap_or(usize::MAX) {
            state.in_flight += 1;
            Ok(Slot { quota: self.clone(), held: true })
        } else {
            // Where all slots are in flight, in other jobs perhaps, none is free within a window from now.
            Err(state.returning.peek().map_or(now + state.rate.window, |Reverse(moment)| *moment))
        }
    }

    /// The state is whole at every step, so a panic elsewhere while it was locked does no harm.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn advance(&mut self, now: Moment) {
        self.latest = self.latest.max(now);
        for _ in 0..std::mem::take(&mut self.orphans) {
            self.give_back_after(UNANSWERED);
        }
        while self.returning.peek().is_some_and(|Reverse(moment)| *moment <= self.latest) {
            self.returning.pop();
        }
    }

    fn give_back_after(&mut self, windows: u32) {
        self.returning.push(Reverse(self.latest + self.rate.window.saturating_mul(windows)));
    }
}

impl fmt::Debug for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Quota").field(&self.rate()).finish()
    }
}

/// After how many windows the slot of a call is given back.
const ANSWERED: u32 = 1;
const UNANSWERED: u32 = 2;

/// One call's part of the quota. Dropped, its call counts as given up at the next moment that is told.
pub(super) struct Slot {
    quota: Quota,
    held: bool,
}

impl Slot {
    /// The call was answered, or never sent.
    pub(super) fn answered(self, now: Moment) {
        self.give_back_after(ANSWERED, now);
    }

    /// The call was given up.
    pub(super) fn unanswered(self, now: Moment) {
        self.give_back_after(UNANSWERED, now);
    }

    fn give_back_after(mut self, windows: u32, now: Moment) {
        self.release(|state| {
            state.advance(now);
            state.give_back_after(windows);
        });
    }

    /// No call was made.
    pub(super) fn unused(mut self) {
        self.release(|_| ());
    }

    fn release(&mut self, how: impl FnOnce(&mut State)) {
        if std::mem::take(&mut self.held) {
            let mut state = self.quota.state();
            state.in_flight -= 1;
            how(&mut state);
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.release(|state| state.orphans += 1);
    }
}
