use std::{collections::BTreeMap, time::Duration};

use offerslook_core::job::{Moment, Options, Rate};

use super::{Violation, check};

/// A model of the quota that all jobs share: slots, the pause, and who waits.
pub(in super::super) struct QuotaModel {
    rate: Rate,
    /// The latest moment that any job was told.
    pub(in super::super) latest: Moment,
    /// The latest moment at which a call ended, which the quota knows for certain.
    latest_end: Moment,
    /// By attempt: when its slot counts as that of a call that timed out.
    in_flight: BTreeMap<usize, Moment>,
    returning: Vec<Moment>,
    /// The service has asked for a longer pause than a job waits for.
    was_paused_too_long: bool,
    /// Everything may be paused until then: a pause without a length, or one that is repeated, takes up to a window.
    pub(in super::super) may_pause_until: Moment,
    /// Nothing may be sent before.
    paused_until: Moment,
    waiting: BTreeMap<usize, Waiter>,
    serial: u64,
    /// Whether the clock runs as it should, so that every job has the same time.
    is_steady: bool,
}

/// A job that was told to wait for a slot.
#[derive(Clone, Copy)]
struct Waiter {
    /// Its place in the queue, for those who come later.
    since: u64,
    /// Its place, for those who come earlier: a job that was not polled for a while may have kept its place.
    place: u64,
    due: Moment,
    passed_over: u32,
    /// Whether its driver polls it when it is due.
    is_prompt: bool,
}

/// How late a driver may poll a job that still counts as prompt.
const PROMPT: Duration = Duration::from_millis(3);
const MIN_PAUSE: Duration = Duration::from_secs(1);

impl QuotaModel {
    pub(in super::super) fn new(rate: Rate, is_steady: bool) -> Self {
        Self {
            rate,
            latest: Moment::EPOCH,
            latest_end: Moment::EPOCH,
            in_flight: BTreeMap::new(),
            returning: Vec::new(),
            was_paused_too_long: false,
            may_pause_until: Moment::EPOCH,
            paused_until: Moment::EPOCH,
            waiting: BTreeMap::new(),
            serial: 0,
            is_steady,
        }
    }

    /// A job is told this moment.
    pub(in super::super) fn advance(&mut self, now: Moment) {
        self.latest = self.latest.max(now);
        let window = self.rate.window();
        for (_, expires) in self.in_flight.extract_if(.., |_, expires| *expires <= now) {
            self.returning.push(expires + 2 * window);
        }
        let latest = self.latest;
        self.returning.retain(|at| *at > latest);
        self.waiting.retain(|_, waiter| waiter.due + window >= latest);
    }

    fn slots(&self) -> usize {
        usize::try_from(self.rate.calls().get()).unwrap_or(usize::MAX)
    }

    fn used(&self) -> usize {
        self.in_flight.len() + self.returning.len()
    }

    /// A job sends a call.
    pub(in super::super) fn send(
        &mut self,
        job: usize,
        flight: usize,
        timeout: Duration,
    ) -> Result<(), Violation> {
        let Self { latest, paused_until, .. } = *self;
        check(latest >= paused_until, "8 (shared pause)", || {
            format!("a call is sent at {latest:?}, and everything pauses until {paused_until:?}")
        })?;
        check(self.used() < self.slots() || !self.is_steady, "2 (slots)", || {
            format!("a call is sent at {latest:?}, and all {} slots are in use", self.used())
        })?;
        self.in_flight.insert(flight, latest + timeout + Options::GRACE);
        let most = self.rate.calls().get();
        let place = self.waiting.remove(&job).map_or(u64::MAX, |waiter| waiter.place);
        let is_any_left = self.used() < self.slots();
        for (waiter, Waiter { since, due, passed_over, is_prompt, .. }) in &mut self.waiting {
            // One that is polled late has itself to blame.
            if *due + PROMPT < latest || !*is_prompt {
                *passed_over = 0;
            } else if *since < place && !is_any_left && self.is_steady {
                *passed_over += 1;
            }
            check(*passed_over <= most, "fairness", || {
                format!("job {waiter} waits for a slot and was passed over {passed_over} times, of {most}")
            })?;
        }
        Ok(())
    }

    /// A call is over: it was answered, or it failed.
    pub(in super::super) fn finish(&mut self, flight: usize, now: Moment, may_arrive: bool) {
        self.advance(now);
        self.latest_end = self.latest_end.max(now);
        if self.in_flight.remove(&flight).is_some() {
            let windows = if may_arrive { 2 } else { 1 };
            self.returning.push(self.latest + self.rate.window() * windows);
        }
    }

    /// The service asked to wait, with `Retry-After` or with a 429, in the answer to the call that ended last.
    pub(in super::super) fn pause(&mut self, retry_after: Option<Duration>) {
        let length = retry_after.unwrap_or(self.rate.window()).max(MIN_PAUSE);
        self.paused_until = self.paused_until.max(self.latest_end + length);
        let window = self.rate.window();
        self.may_pause_until = self.may_pause_until.max(self.latest + length.max(window));
        self.was_paused_too_long |= length > Options::MAX_RETRY_AFTER;
    }

    /// Returns `true` if the service ever asked for a longer pause than a job waits for.
    pub(in super::super) fn was_paused_too_long(&self) -> bool {
        self.was_paused_too_long
    }

    /// A job waits: for a slot if there is a moment at which it may be sent.
    pub(in super::super) fn wait(&mut self, job: usize, due: Option<Moment>) -> Result<(), Violation> {
        let Some(due) = due else {
            self.waiting.remove(&job);
            return Ok(());
        };
        self.serial += 1;
        let new = Waiter { since: self.serial, place: self.serial, due, passed_over: 0, is_prompt: true };
        let waiter = self.waiting.entry(job).or_insert(new);
        if !waiter.is_prompt {
            *waiter = Waiter { place: waiter.place, ..new };
        }
        waiter.due = due;
        let free = self.slots().saturating_sub(self.used());
        let others = self.waiting.len() - 1;
        let must_wait = !self.is_steady || self.latest < self.may_pause_until || free <= others;
        check(must_wait, "2 (slots come back)", || {
            format!(
                "job {job} waits until {due:?}, and {free} slots are free, for which {others} others wait"
            )
        })
    }

    /// The driver of a job does not poll it for a while. The job may have asked for a slot before: one window later it
    /// holds up nobody.
    pub(in super::super) fn neglect(&mut self, job: usize) {
        self.serial += 1;
        let due = self.latest + self.rate.window();
        let new = Waiter { since: self.serial, place: self.serial, due, passed_over: 0, is_prompt: false };
        let waiter = self.waiting.entry(job).or_insert(new);
        waiter.due = due;
        waiter.is_prompt = false;
    }

    /// A job is over, or is dropped.
    pub(in super::super) fn leave(&mut self, job: usize) {
        self.waiting.remove(&job);
    }
}
