use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use super::local::{LocalSlots, SlotKey};
use crate::job::{
    Moment,
    store::{
        EndedSlot, Fallback, QuotaRequest, QuotaStore, SlotEnd, SlotId, StoreError, StoreErrorKind,
        StoreReply,
    },
};

/// This program's share of a quota in a store: the slots that it was granted, and what it has yet to report.
///
/// One request is outstanding at a time. Its ticket may come back late or never: a request without a reply is repeated
/// with the same id, and only the reply to the latest repetition counts.
pub(super) struct StoredSlots {
    pub(super) store: Arc<dyn QuotaStore>,
    fallback: Option<LocalSlots>,
    granted: VecDeque<Granted>,
    in_flight: BTreeMap<SlotKey, SlotId>,
    ended: Vec<Ended>,
    /// The id of the next request, or of the one that is repeated.
    request: u64,
    attempt: u64,
    asked: Option<Asked>,
    not_before: Moment,
    failures: u32,
    was_reached: bool,
    /// The error that ends the job that asked.
    failure: Option<(u64, StoreError)>,
}

/// A slot that is not used yet.
struct Granted {
    slot: SlotId,
    /// If unused, it is returned at this moment.
    use_by: Moment,
    /// Its call has timed out by then.
    held_until: Moment,
}

struct Ended {
    slot: SlotId,
    end: SlotEnd,
    at: Moment,
}

/// The request that is outstanding.
struct Asked {
    attempt: u64,
    place: u64,
    sent: Moment,
    expires: Moment,
    hold: Duration,
    is_wanted: bool,
    /// How many of the ended slots it reports.
    ended: usize,
    pause: Option<Moment>,
}

/// A request for the store.
pub(in crate::job) struct Message {
    pub(in crate::job) request: QuotaRequest,
    pub(in crate::job) attempt: u64,
    pub(in crate::job) timeout: Duration,
    pub(in crate::job) store: Arc<dyn QuotaStore>,
}

/// What a job needs of the store.
#[derive(Clone, Copy)]
pub(in crate::job) struct Need {
    /// How many calls the job could send now.
    pub(in crate::job) slots: usize,
    /// The time from sending a call until it has timed out.
    pub(in crate::job) call: Duration,
    /// Whether this is the last report: the job has no calls left, and no other job can report for it.
    pub(in crate::job) is_last: bool,
}

/// How long a slot may be used, counted from its request.
const USE_BY: Duration = Duration::from_secs(5);
/// How long the store may take to reply.
const TIMEOUT: Duration = Duration::from_secs(2);
/// How long to wait, beyond the timeout, for the driver to report the reply.
const GRACE: Duration = Duration::from_secs(1);
/// How often a job checks for slots that another job has asked for.
const POLL: Duration = Duration::from_millis(20);
/// Maximum number of slots to ask for at a time for one job, so that some are left for other programs.
const LOT: usize = 5;
const MIN_BACKOFF: Duration = Duration::from_millis(500);
const MAX_BACKOFF: Duration = Duration::from_secs(5);

impl StoredSlots {
    pub(super) fn new(store: Arc<dyn QuotaStore>, fallback: Fallback) -> Self {
        let fallback = match fallback {
            Fallback::Wait => None,
            Fallback::Local(rate) => Some(LocalSlots::new(rate)),
        };
        Self {
            store,
            fallback,
            granted: VecDeque::new(),
            in_flight: BTreeMap::new(),
            ended: Vec::new(),
            request: 1,
            attempt: 0,
            asked: None,
            not_before: Moment::EPOCH,
            failures: 0,
            was_reached: false,
            failure: None,
        }
    }

    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    pub(super) fn advance(&mut self, now: Moment) {
        while let Some(late) = self.in_flight.first_entry().filter(|entry| entry.key().0 <= now) {
            let ((at, _), slot) = late.remove_entry();
            self.ended.push(Ended { slot, end: SlotEnd::TimedOut, at });
        }
        while self.granted.front().is_some_and(|granted| granted.use_by <= now) {
            let late = self.granted.pop_front();
            self.ended.extend(late.map(|late| Ended { slot: late.slot, end: SlotEnd::Unused, at: now }));
        }
        if let Some(fallback) = &mut self.fallback {
            fallback.advance(now);
        }
        if let Some(lost) = self.asked.take_if(|asked| asked.expires <= now) {
            let error = StoreError::new(StoreErrorKind::Unreachable, "it did not reply in time");
            self.failed(lost.place, lost.expires, error);
        }
    }

    fn usable(&self, now: Moment, call: Duration) -> impl Iterator<Item = usize> {
        let granted = self.granted.iter().enumerate();
        granted.filter(move |(_, slot)| now + call <= slot.held_until).map(|(place, _)| place)
    }

    /// Returns whether the jobs go on without the store.
    fn is_local(&self) -> bool {
        self.failures > 0 && self.was_reached && self.fallback.is_some()
    }

    pub(super) fn free(&self, now: Moment, call: Duration) -> usize {
        let local = self.fallback.as_ref().filter(|_| self.is_local()).map_or(0, LocalSlots::free);
        self.usable(now, call).count() + local
    }

    /// Returns when this job has to look for a slot again.
    pub(super) fn not_before(&self, place: u64, now: Moment) -> Moment {
        let asked = match &self.asked {
            Some(asked) if asked.place == place => asked.expires,
            Some(asked) => asked.expires.min(now + POLL),
            None => self.not_before.max(now),
        };
        let local = self.fallback.as_ref().filter(|_| self.is_local()).and_then(LocalSlots::next_return);
        local.map_or(asked, |local| local.min(asked))
    }

    pub(super) fn take(&mut self, now: Moment, call: Duration, key: SlotKey) {
        let place = self.usable(now, call).next();
        match place.and_then(|place| self.granted.remove(place)) {
            Some(granted) => _ = self.in_flight.insert(key, granted.slot),
            None => self.fallback.iter_mut().for_each(|fallback| fallback.take(key)),
        }
    }

    pub(super) fn finish(&mut self, key: SlotKey, finished: Moment, is_answered: bool) {
        if let Some(slot) = self.in_flight.remove(&key) {
            let end = if is_answered { SlotEnd::Answered } else { SlotEnd::TimedOut };
            self.ended.push(Ended { slot, end, at: finished });
        } else if let Some(fallback) = &mut self.fallback {
            fallback.finish(key, finished, is_answered);
        }
    }

    /// Returns the error that ends this job.
    pub(super) fn take_failure(&mut self, place: u64) -> Option<StoreError> {
        self.failure.take_if(|(failed, _)| *failed == place).map(|(_, error)| error)
    }

    /// Returns when the next report is due, even if no slot is needed: early enough for other programs to use the
    /// slots as soon as they are free.
    pub(super) fn report_due(&self, now: Moment, window: Duration, pause: Option<Moment>) -> Option<Moment> {
        if self.asked.is_some() {
            return None;
        }
        if self.failures > 0 {
            return Some(self.not_before);
        }
        let pause = pause.map(|_| now);
        let ended = self.ended.iter().map(|ended| match ended.end {
            SlotEnd::Unused => ended.at,
            SlotEnd::Answered | SlotEnd::TimedOut => ended.at + window / 2,
        });
        let unused = self.granted.front().map(|granted| granted.use_by);
        pause.into_iter().chain(ended).chain(unused).min()
    }

    /// Returns how long the last job has to wait, so that its report reaches the store. `None` if there is nothing to
    /// report.
    pub(super) fn flush_due(&self, place: u64, now: Moment) -> Option<Moment> {
        match &self.asked {
            Some(asked) => Some(asked.expires).filter(|_| asked.place == place),
            None if self.failures > 0 => None,
            None => Some(now).filter(|_| !self.ended.is_empty() || !self.granted.is_empty()),
        }
    }

    /// Returns the next request, if it is time for one.
    pub(super) fn message(
        &mut self,
        place: u64,
        now: Moment,
        need: Need,
        others: usize,
        window: Duration,
        pause: Option<Moment>,
    ) -> Option<Message> {
        let is_wanted =
            need.slots > 0 && self.not_before <= now && self.usable(now, need.call).next().is_none();
        let is_due = self.report_due(now, window, pause).is_some_and(|due| due <= now);
        if self.asked.is_some() || !(is_wanted || is_due || need.is_last) {
            return None;
        }
        if need.is_last {
            let unused = self.granted.drain(..).map(|granted| granted.slot);
            self.ended.extend(unused.map(|slot| Ended { slot, end: SlotEnd::Unused, at: now }));
        }
        let want = if is_wanted { need.slots.min(LOT) + others } else { 0 };
        let hold = USE_BY.saturating_add(need.call);
        self.attempt += 1;
        self.asked = Some(Asked {
            attempt: self.attempt,
            place,
            sent: now,
            expires: now + TIMEOUT + GRACE,
            hold,
            is_wanted,
            ended: self.ended.len(),
            pause,
        });
        let ended = |ended: &Ended| EndedSlot { slot: ended.slot, end: ended.end, age: now.since(ended.at) };
        let request = QuotaRequest {
            id: self.request,
            want: u32::try_from(want).unwrap_or(u32::MAX),
            ended: self.ended.iter().map(ended).collect(),
            pause: pause.map(|until| until.since(now)).filter(|pause| !pause.is_zero()),
            hold,
        };
        Some(Message { request, attempt: self.attempt, timeout: TIMEOUT, store: Arc::clone(&self.store) })
    }

    /// Takes the reply to an attempt. Returns the end of the pause that the attempt reported, and that of one that
    /// the store asks for.
    pub(super) fn replied(
        &mut self,
        attempt: u64,
        now: Moment,
        reply: Result<StoreReply, StoreError>,
    ) -> (Option<Moment>, Option<Moment>) {
        // Slots count from the moment at which they were asked for, so the reply to an earlier attempt is of no use.
        let Some(asked) = self.asked.take_if(|asked| asked.attempt == attempt) else { return (None, None) };
        let reply = match reply {
            Ok(reply) => reply,
            Err(error) => {
                self.failed(asked.place, now, error);
                return (None, None);
            }
        };
        let request = self.request;
        self.request += 1;
        self.failures = 0;
        self.was_reached = true;
        self.ended.drain(..asked.ended);
        let mut paused_until = None;
        match reply {
            // The reply to a mere report says nothing about slots.
            StoreReply::Granted { .. } if !asked.is_wanted => {}
            StoreReply::Granted { slots, next } => {
                self.granted.extend((0..slots).map(|index| Granted {
                    slot: SlotId { request, index },
                    use_by: asked.sent + USE_BY,
                    held_until: asked.sent + asked.hold,
                }));
                self.not_before = now + next;
            }
            StoreReply::NotBefore(wait) | StoreReply::Closed(wait) => self.not_before = now + wait,
            StoreReply::Paused(wait) => paused_until = Some(now + wait),
        }
        (asked.pause, paused_until)
    }

    /// Drops the outstanding request of a job that is gone, since nobody will report its reply. The request is
    /// repeated.
    pub(super) fn abandon(&mut self, place: u64) {
        self.asked.take_if(|asked| asked.place == place);
    }

    fn failed(&mut self, place: u64, now: Moment, error: StoreError) {
        let doubled = MIN_BACKOFF.saturating_mul(2_u32.saturating_pow(self.failures));
        self.failures = self.failures.saturating_add(1);
        self.not_before = now + doubled.min(MAX_BACKOFF);
        if error.kind() != StoreErrorKind::Unreachable || !self.was_reached {
            self.failure = Some((place, error));
        }
    }
}
