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
        self.splits.insert(self.next, Split { size, open: 2, succeeded: 0 });
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

    /// A half is over. Where it was refused, its own halves stand behind the other half in the queue.
    pub(super) fn answered(&mut self, split: u64, succeeded: bool) {
        let Some(entry) = self.splits.get_mut(&split) else { return };
        entry.open -= 1;
        entry.succeeded += u8::from(succeeded);
        if entry.succeeded == 2 {
            // No id was at fault, so the size was.
            self.limit = self.limit.min(entry.size.div_ceil(2));
        }
        if entry.open == 0 {
            self.splits.remove(&split);
        }
    }
}
