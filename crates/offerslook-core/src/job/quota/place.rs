use std::{sync::Arc, time::Duration};

use super::{MAX_RETRY_AFTER, Message, Need, Quota, Slot, Slots, Waiter};
use crate::{error::Error, job::Moment};

/// Whether a slot is free for a job.
pub(in crate::job) enum Availability {
    Free,
    NotBefore(Moment),
    /// The service asked for a longer pause than a job waits for, or the store cannot be used.
    Never(Error),
}

/// A job's registration with a quota. Dropping it unregisters the job.
pub(in crate::job) struct Place {
    quota: Quota,
    id: u64,
}

impl Place {
    /// Registers a job, so that it can wait for slots.
    pub(in crate::job) fn new(quota: &Quota) -> Self {
        let mut state = quota.state();
        state.serial += 1;
        let id = state.serial;
        state.active.insert(id);
        Self { quota: quota.clone(), id }
    }

    pub(in crate::job) fn quota(&self) -> &Quota {
        &self.quota
    }

    /// Returns whether a slot is free for a call of this job. `call` is the time after which the call has timed out.
    pub(in crate::job) fn availability(&self, now: Moment, call: Duration) -> Availability {
        let mut state = self.quota.state();
        state.advance(now);
        state.active.insert(self.id);
        let failure = match &mut state.slots {
            Slots::Stored(slots) => slots.take_failure(self.id),
            Slots::Local(_) => None,
        };
        if let Some(error) = failure {
            return Availability::Never(Error::QuotaStore(error));
        }
        let pause = state.pause.until.since(state.latest);
        match &state.pause.reason {
            Some(reason) if pause > MAX_RETRY_AFTER => Availability::Never(reason.clone()),
            _ => state.not_before(self.id, call).map_or(Availability::Free, Availability::NotBefore),
        }
    }

    /// Takes a slot, unless another thread was faster. `call` is the time after which the call has timed out.
    pub(in crate::job) fn take(&self, now: Moment, call: Duration) -> Result<Slot, Moment> {
        let mut state = self.quota.state();
        state.advance(now);
        match state.not_before(self.id, call) {
            Some(later) => Err(later),
            None => Ok(Slot {
                key: state.take(self.id, call),
                sent: state.latest,
                finished: Arc::default(),
                quota: self.quota.clone(),
            }),
        }
    }

    /// Notes that the job waits for a slot, and asks again at this moment.
    pub(in crate::job) fn wait(&self, due: Moment) {
        let mut state = self.quota.state();
        match state.waiting.iter_mut().find(|waiter| waiter.id == self.id) {
            Some(waiter) => waiter.due = due,
            None => state.waiting.push_back(Waiter { id: self.id, due, passed_over: 0 }),
        }
    }

    /// Notes that the job does not wait for a slot now.
    pub(in crate::job) fn leave(&self) {
        self.quota.state().waiting.retain(|waiter| waiter.id != self.id);
    }

    /// Marks the job as over. Asking for a slot again makes it active.
    pub(in crate::job) fn retire(&self) {
        self.quota.state().active.remove(&self.id);
    }

    /// Returns when the next report to the store is due, even if the job needs no slot.
    pub(in crate::job) fn report_due(&self) -> Option<Moment> {
        let state = self.quota.state();
        match &state.slots {
            Slots::Local(_) => None,
            Slots::Stored(slots) => {
                slots.report_due(state.latest, state.rate.window(), state.pause.unreported)
            }
        }
    }

    /// Returns how long a job that has no calls left has to wait, so that its last report reaches the store. `None`
    /// if there is nothing to report, or if another job will report it.
    pub(in crate::job) fn flush_due(&self, now: Moment) -> Option<Moment> {
        let mut state = self.quota.state();
        state.advance(now);
        match &state.slots {
            Slots::Stored(slots) if state.active.iter().all(|id| *id == self.id) => {
                slots.flush_due(self.id, state.latest)
            }
            _ => None,
        }
    }

    /// Returns the request for the store, if it is time for one.
    pub(in crate::job) fn message(&self, now: Moment, need: Need) -> Option<Message> {
        let mut state = self.quota.state();
        state.advance(now);
        let (now, window, pause) = (state.latest, state.rate.window(), state.pause.unreported);
        let others = state.waiting.iter().filter(|waiter| waiter.id != self.id).count();
        let slots = if state.pause.until > now { 0 } else { need.slots };
        let Slots::Stored(stored) = &mut state.slots else { return None };
        stored.message(self.id, now, Need { slots, ..need }, others, window, pause)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave();
        let mut state = self.quota.state();
        state.active.remove(&self.id);
        if let Slots::Stored(slots) = &mut state.slots {
            slots.abandon(self.id);
        }
    }
}
