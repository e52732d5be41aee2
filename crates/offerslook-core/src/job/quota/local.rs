use std::{
    cmp::Reverse,
    collections::{BTreeSet, BinaryHeap},
};

use crate::job::{Moment, Rate};

/// The key of a call in flight: the latest moment at which it has timed out, and a serial number.
pub(super) type SlotKey = (Moment, u64);

/// The slots of a rate that is kept in this process.
pub(super) struct LocalSlots {
    rate: Rate,
    in_flight: BTreeSet<SlotKey>,
    returning: BinaryHeap<Reverse<Moment>>,
}

/// The number of windows after which the slot of a call is returned.
const ANSWERED: u32 = 1;
const UNANSWERED: u32 = 2;

impl LocalSlots {
    pub(super) fn new(rate: Rate) -> Self {
        Self { rate, in_flight: BTreeSet::new(), returning: BinaryHeap::new() }
    }

    pub(super) fn advance(&mut self, now: Moment) {
        while let Some((expires, serial)) = self.in_flight.first().copied().filter(|(at, _)| *at <= now) {
            self.in_flight.remove(&(expires, serial));
            self.return_slot(expires, UNANSWERED);
        }
        while self.returning.peek().is_some_and(|Reverse(at)| *at <= now) {
            self.returning.pop();
        }
    }

    fn return_slot(&mut self, at: Moment, windows: u32) {
        self.returning.push(Reverse(at + self.rate.window().saturating_mul(windows)));
    }

    pub(super) fn free(&self) -> usize {
        let slots = usize::try_from(self.rate.calls().get()).unwrap_or(usize::MAX);
        slots.saturating_sub(self.in_flight.len() + self.returning.len())
    }

    /// Returns when the next slot is returned. `None` if all are free or in flight.
    pub(super) fn next_return(&self) -> Option<Moment> {
        self.returning.peek().map(|Reverse(at)| *at)
    }

    pub(super) fn take(&mut self, key: SlotKey) {
        self.in_flight.insert(key);
    }

    pub(super) fn finish(&mut self, key: SlotKey, finished: Moment, is_answered: bool) {
        if self.in_flight.remove(&key) {
            self.return_slot(finished, if is_answered { ANSWERED } else { UNANSWERED });
        }
    }
}
