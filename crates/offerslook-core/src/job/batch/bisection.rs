use std::collections::BTreeMap;

use super::call::{Call, Purpose};

/// Searches refused calls for the ids at fault, depth first: each call is split in two, down to single ids.
#[derive(Default)]
pub(super) struct Bisection {
    /// The calls to make next, the last one first.
    stack: Vec<Call>,
    splits: BTreeMap<u64, Split>,
    serial: u64,
}

struct Split {
    size: usize,
    open: u8,
    succeeded: u8,
}

impl Bisection {
    pub(super) fn push(&mut self, call: Call) {
        self.stack.push(call);
    }

    pub(super) fn pop(&mut self) -> Option<Call> {
        self.stack.pop()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.stack.is_empty()
    }

    /// Splits a refused call in two. It asks for at least two ids.
    pub(super) fn split(&mut self, call: Call) {
        let mut first = call.asked;
        let size = first.len();
        let second = first.split_off(size.div_ceil(2));
        self.serial += 1;
        self.splits.insert(self.serial, Split { size, open: 2, succeeded: 0 });
        for asked in [second, first] {
            let half = Call::new(asked, Vec::new(), Purpose::Bisect);
            self.stack.push(Call { split: Some(self.serial), ..half });
        }
    }

    /// Notes that a half is over. Returns the size of the split if both halves succeeded: then no id was at fault.
    pub(super) fn half_is_over(&mut self, split: Option<u64>, succeeded: bool) -> Option<usize> {
        let id = split?;
        let entry = self.splits.get_mut(&id)?;
        entry.open = entry.open.saturating_sub(1);
        entry.succeeded += u8::from(succeeded);
        let size = (entry.succeeded == 2).then_some(entry.size);
        if entry.open == 0 {
            self.splits.remove(&id);
        }
        size
    }
}
