use std::collections::{BTreeSet, VecDeque};

use super::Outcome;
use crate::OfferId;

/// Every id that was taken from the input and not yet handed out, in the asked order.
pub(super) struct Ledger<Row> {
    entries: VecDeque<Entry<Row>>,
    /// The position of the first entry; positions never change.
    first: u64,
    known: BTreeSet<OfferId>,
    /// How many have no outcome yet.
    open: usize,
}

struct Entry<Row> {
    id: OfferId,
    /// The number of the call that was to carry the id first.
    call: u64,
    outcome: Option<Outcome<Row>>,
}

impl<Row> Ledger<Row> {
    pub(super) fn new() -> Self {
        Self { entries: VecDeque::new(), first: 0, known: BTreeSet::new(), open: 0 }
    }

    /// The position of a new id; `None` for one that is in the ledger already.
    pub(super) fn add(&mut self, id: OfferId, call: u64) -> Option<u64> {
        self.known.insert(id).then(|| {
            self.entries.push_back(Entry { id, call, outcome: None });
            self.open += 1;
            self.first + as_u64(self.entries.len()) - 1
        })
    }

    /// Gives an id its outcome. The first one stands.
    pub(super) fn settle(&mut self, position: u64, outcome: Outcome<Row>) {
        let index = position.checked_sub(self.first).and_then(|index| usize::try_from(index).ok());
        if let Some(entry) = index.and_then(|index| self.entries.get_mut(index))
            && entry.outcome.is_none()
        {
            entry.outcome = Some(outcome);
            self.open -= 1;
        }
    }

    /// Gives everything that has no outcome this one.
    pub(super) fn settle_rest(&mut self) {
        for entry in &mut self.entries {
            entry.outcome.get_or_insert(Outcome::NotAttempted);
        }
        self.open = 0;
    }

    /// The oldest id, once it has its outcome.
    pub(super) fn pop(&mut self) -> Option<(OfferId, Outcome<Row>)> {
        let outcome = self.entries.front_mut()?.outcome.take()?;
        let entry = self.entries.pop_front()?;
        self.first += 1;
        self.known.remove(&entry.id);
        Some((entry.id, outcome))
    }

    /// The call of the oldest id.
    pub(super) fn oldest_call(&self) -> Option<u64> {
        self.entries.front().map(|entry| entry.call)
    }

    /// Whether every id has its outcome.
    pub(super) fn is_settled(&self) -> bool {
        self.open == 0
    }
}

fn as_u64(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
