//! `SplitMix64`, implemented here because its output must never change: generated offers and probabilistic
//! faults depend on it.

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Returns the output for a state: uniform bits, always the same for the same state.
pub(crate) fn split_mix(state: u64) -> u64 {
    let z = state.wrapping_add(STEP);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(state: u64) -> Self {
        Self(state)
    }

    /// Returns the next number below a limit. Append new calls at the end of a sequence: an earlier one
    /// changes every later number.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        let number = split_mix(self.0);
        self.0 = self.0.wrapping_add(STEP);
        number.checked_rem(limit).unwrap_or_default()
    }

    /// Picks between 1 and `max` adjacent items of a list, which wraps around.
    pub(crate) fn pick<'a, T>(
        &mut self,
        list: &'a [T],
        max: u64,
    ) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let length = u64::try_from(list.len()).unwrap_or(u64::MAX);
        let start = self.below(length);
        let count = 1 + self.below(max);
        let [start, count] = [start, count].map(|number| usize::try_from(number).unwrap_or(0));
        list.iter().cycle().skip(start).take(count)
    }
}
