use std::collections::{BTreeMap, VecDeque};

use crate::{OfferId, error::IdError};

/// Every element that was taken from the input and not yet handed out, in input order.
///
/// An id that repeats while an earlier occurrence is in the buffer shares its outcome.
pub(super) struct OutcomeBuffer<Item> {
    entries: VecDeque<Entry<Item>>,
    /// The position of the first entry. Positions never change.
    first: u64,
    /// How many entries at the front have an outcome.
    settled: usize,
    /// The latest occurrence of each id.
    latest: BTreeMap<OfferId, u64>,
    /// How many entries are repeats of an earlier one.
    repeats: usize,
}

struct Entry<Item> {
    id: OfferId,
    is_repeat: bool,
    outcome: Option<Result<Item, IdError>>,
    /// The next occurrence of the same id, which gets the same outcome.
    next: Option<u64>,
}

impl<Item: Clone> OutcomeBuffer<Item> {
    pub(super) fn new() -> Self {
        Self { entries: VecDeque::new(), first: 0, settled: 0, latest: BTreeMap::new(), repeats: 0 }
    }

    /// Adds the next element of the input. Returns its position if the id has to be asked for, or `None` if it
    /// shares the outcome of an earlier occurrence.
    pub(super) fn push(&mut self, id: OfferId) -> Option<u64> {
        let position = self.first + as_u64(self.entries.len());
        let earlier = self.latest.insert(id, position);
        let mut outcome = None;
        if let Some(entry) = earlier.and_then(|earlier| self.entry(earlier)) {
            entry.next = Some(position);
            outcome.clone_from(&entry.outcome);
            self.repeats += 1;
        }
        self.entries.push_back(Entry { id, is_repeat: earlier.is_some(), outcome, next: None });
        self.count_settled();
        earlier.is_none().then_some(position)
    }

    /// Gives an id its outcome. The first outcome stands.
    pub(super) fn settle(&mut self, position: u64, outcome: &Result<Item, IdError>) {
        let mut next = Some(position);
        while let Some(entry) = next.and_then(|position| self.entry(position)) {
            entry.outcome.get_or_insert_with(|| outcome.clone());
            next = entry.next;
        }
        self.count_settled();
    }

    /// Gives every id without an outcome this one.
    pub(super) fn settle_rest(&mut self, outcome: &IdError) {
        for entry in &mut self.entries {
            entry.outcome.get_or_insert_with(|| Err(outcome.clone()));
        }
        self.settled = self.entries.len();
    }

    /// Returns the oldest element if it has its outcome.
    pub(super) fn pop(&mut self) -> Option<(OfferId, Result<Item, IdError>)> {
        let outcome = self.entries.front_mut()?.outcome.take()?;
        let entry = self.entries.pop_front()?;
        if self.latest.get(&entry.id) == Some(&self.first) {
            self.latest.remove(&entry.id);
        }
        self.first += 1;
        self.settled = self.settled.saturating_sub(1);
        self.repeats -= usize::from(entry.is_repeat);
        Some((entry.id, outcome))
    }

    /// The number of elements from the oldest one without an outcome on.
    pub(super) fn unsettled_span(&self) -> usize {
        self.entries.len() - self.settled
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn repeats(&self) -> usize {
        self.repeats
    }

    fn entry(&mut self, position: u64) -> Option<&mut Entry<Item>> {
        let index = position.checked_sub(self.first).and_then(|index| usize::try_from(index).ok())?;
        self.entries.get_mut(index)
    }

    fn count_settled(&mut self) {
        while self.entries.get(self.settled).is_some_and(|entry| entry.outcome.is_some()) {
            self.settled += 1;
        }
    }
}

fn as_u64(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
