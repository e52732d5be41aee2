use crate::split_mix::{STEP, split_mix};

/// Evenly spread numbers of an offer.
pub(super) struct Draws(u64);

impl Draws {
    /// The bits that stand for an id.
    pub(super) fn bits(seed: u64, id: u64) -> u64 {
        split_mix(split_mix(seed) ^ id)
    }

    /// The numbers that follow these bits.
    pub(super) fn after(bits: u64) -> Self {
        Self(bits)
    }

    /// The next number, below the given one. New ones go to the end, lest every later one change.
    pub(super) fn below(&mut self, most: u64) -> u64 {
        let drawn = split_mix(self.0);
        self.0 = self.0.wrapping_add(STEP);
        drawn.checked_rem(most).unwrap_or_default()
    }

    /// Neighbours in a list: at least one, and at most a number of them.
    pub(super) fn some<'a, T>(
        &mut self,
        list: &'a [T],
        most: u64,
    ) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let length = u64::try_from(list.len()).unwrap_or(u64::MAX);
        let start = self.below(length);
        let count = 1 + self.below(most);
        let [start, count] = [start, count].map(|number| usize::try_from(number).unwrap_or(0));
        list.iter().cycle().skip(start).take(count)
    }
}
