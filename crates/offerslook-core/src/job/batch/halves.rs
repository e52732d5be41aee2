use std::collections::{BTreeMap, VecDeque};

use super::Asked;

/// Looks for the culprit in calls that were refused: each is halved, and both halves are asked before going
/// deeper, until the culprit stands alone.
pub(super) struct Halves {
    splits: BTreeMap<u64, Split>,
    next: u64,
    queue: VecDeque<(u64, Vec<Asked>)>,
    limit: usize,
}

struct Split {
    size: usize,
    open: u8,
    succeeded: u8,
    refused: Vec<Vec<Asked>>,
}

/// What came of one half.
pub(super) enum Half {
    Succeeded,
    Refused(Vec<Asked>),
    /// Its ids have their outcome already.
    Settled,
}

impl Halves {
    pub(super) fn new() -> Self {
        Self { splits: BTreeMap::new(), next: 0, queue: VecDeque::new(), limit: usize::MAX }
    }

    /// How many ids a call may carry, as far as is known.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// Halves a refused call. It has at least two ids.
    pub(super) fn split(&mut self, mut asked: Vec<Asked>) {
        let size = asked.len();
        let second = asked.split_off(size.div_ceil(2));
        self.splits.insert(self.next, Split { size, open: 2, succeeded: 0, refused: Vec::new() });
        self.queue.extend([(self.next, asked), (self.next, second)]);
        self.next += 1;
    }

    /// The next half to ask, and which split it is of.
    pub(super) fn pop(&mut self) -> Option<(u64, Vec<Asked>)> {
        self.queue.pop_front()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// What came of a half. Once both are answered, those that were refused are halved in turn.
    pub(super) fn answered(&mut self, split: u64, half: Half) {
        let Some(entry) = self.splits.get_mut(&split) else { return };
        entry.open -= 1;
        match half {
            Half::Succeeded => entry.succeeded += 1,
            Half::Refused(asked) => entry.refused.push(asked),
            Half::Settled => {}
        }
        if entry.open > 0 {
            return;
        }
        let Some(done) = self.splits.remove(&split) else { return };
        if done.succeeded == 2 {
            // No id was at fault, so the size was.
            self.limit = self.limit.min(done.size.div_ceil(2));
        }
        for asked in done.refused {
            self.split(asked);
        }
    }
}
