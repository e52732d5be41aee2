use std::{
    collections::{VecDeque, hash_map::Entry::Occupied},
    hash::{BuildHasherDefault, Hasher},
};

use crate::{OfferId, error::IdError};

/// A hash map that is the same in every run.
#[expect(clippy::disallowed_types, reason = "its hasher is not the default one")]
type IdMap<V> = std::collections::HashMap<OfferId, V, BuildHasherDefault<IdHasher>>;

/// The finalizer of `MurmurHash3`: every bit of an id affects every bit of its hash.
#[derive(Default)]
struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(self.0 ^ u64::from(*byte));
        }
    }

    fn write_u64(&mut self, id: u64) {
        let id = (id ^ (id >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let id = (id ^ (id >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        self.0 = id ^ (id >> 33);
    }
}

/// Every element that was taken from the input and not yet handed out, in input order.
///
/// An id that repeats while an earlier occurrence is in the buffer shares its outcome.
pub(super) struct OutcomeBuffer<Item> {
    entries: VecDeque<Entry<Item>>,
    /// The position of the first entry. Positions never change.
    first: u64,
    /// How many entries at the front have an outcome.
    settled: usize,
    /// The latest occurrence of each id. Empty as long as the ids ascend, for then none repeats.
    latest: IdMap<u64>,
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
        Self { entries: VecDeque::new(), first: 0, settled: 0, latest: IdMap::default(), repeats: 0 }
    }

    /// Adds the next element of the input. Returns its position if the id has to be asked for, or `None` if it
    /// shares the outcome of an earlier occurrence.
    pub(super) fn push(&mut self, id: OfferId) -> Option<u64> {
        let position = self.first + as_u64(self.entries.len());
        let ascends = self.latest.is_empty() && self.entries.back().is_none_or(|last| last.id < id);
        let earlier = if ascends { None } else { self.note(id, position) };
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

    /// Notes the latest occurrence of an id. Returns the one before.
    fn note(&mut self, id: OfferId, position: u64) -> Option<u64> {
        if self.latest.is_empty() {
            self.latest
                .extend(self.entries.iter().zip(self.first..).map(|(entry, position)| (entry.id, position)));
        }
        self.latest.insert(id, position)
    }

    /// Gives an id its outcome. The first outcome stands.
    pub(super) fn settle(&mut self, position: u64, outcome: Result<Item, IdError>) {
        let Some(entry) = self.entry(position) else { return };
        let mut next = entry.next;
        let repeat = next.map(|_| outcome.clone());
        entry.outcome.get_or_insert(outcome);
        while let Some(entry) = next.and_then(|position| self.entry(position)) {
            entry.outcome = entry.outcome.take().or_else(|| repeat.clone());
            next = entry.next;
        }
        self.count_settled();
    }

    /// Gives every id without an outcome this one.
    pub(super) fn settle_rest(&mut self, outcome: &IdError) {
        for entry in self.entries.iter_mut().skip(self.settled) {
            entry.outcome.get_or_insert_with(|| Err(outcome.clone()));
        }
        self.settled = self.entries.len();
    }

    /// Returns the oldest element if it has its outcome.
    pub(super) fn pop(&mut self) -> Option<(OfferId, Result<Item, IdError>)> {
        self.entries.front()?.outcome.as_ref()?;
        let entry = self.entries.pop_front()?;
        if !self.latest.is_empty() {
            if let Occupied(latest) = self.latest.entry(entry.id) {
                if *latest.get() == self.first {
                    latest.remove();
                }
            }
        }
        self.first += 1;
        self.settled = self.settled.saturating_sub(1);
        self.repeats -= usize::from(entry.is_repeat);
        Some((entry.id, entry.outcome?))
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
