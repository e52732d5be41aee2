use super::call::Call;
use crate::OfferId;

/// Ids that are known to have a row, sorted. They frame the ids of a proof.
#[derive(Default)]
pub(super) struct Sentinels {
    ids: Vec<OfferId>,
    /// The largest answer had no more rows than two sentinels bring, so their rows alone prove nothing: use all
    /// sentinels.
    use_all: bool,
    /// There were ever enough for a proof. Some may be gone since.
    ever_sufficed: bool,
}

/// Minimum number of sentinels in a proof.
pub(super) const MIN_SENTINELS: usize = 2;
const MAX_SENTINELS: usize = 8;

impl Sentinels {
    /// Returns the sentinels for a proof of this size: the least and the greatest, because a server that sends a
    /// limited number of rows by id always sends one of those. `None` while there are too few.
    pub(super) fn choose(&self, size: usize) -> Option<Vec<OfferId>> {
        let (min, max) =
            if self.use_all { (3, size.saturating_sub(1).max(3)) } else { (MIN_SENTINELS, MIN_SENTINELS) };
        let count = self.ids.len().min(max);
        let (least, rest) = self.ids.split_at(count.div_ceil(2));
        let (_, greatest) = rest.split_at(rest.len() - count / 2);
        (count >= min).then(|| [least, greatest].concat())
    }

    /// Returns an id for the n-th probe in a row.
    pub(super) fn probe(&self, nth: usize) -> Option<OfferId> {
        let middle = self.ids.len() / 2;
        self.ids.iter().cycle().nth(middle + nth).copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Returns whether there were ever enough for a proof.
    pub(super) fn ever_sufficed(&self) -> bool {
        self.ever_sufficed
    }

    /// Sets whether a proof uses all sentinels.
    pub(super) fn set_use_all(&mut self, use_all: bool) {
        self.use_all = use_all;
    }

    pub(super) fn learn(&mut self, id: OfferId) {
        if let Err(index) = self.ids.binary_search(&id) {
            self.ids.insert(index, id);
        }
        if self.ids.len() > MAX_SENTINELS {
            self.ids.remove(self.ids.len() / 2);
        }
        self.ever_sufficed |= self.ids.len() >= MIN_SENTINELS;
    }

    /// Drops a sentinel whose row was missing or whose call was refused, unless only two are left.
    pub(super) fn distrust(&mut self, id: OfferId) {
        if self.ids.len() > MIN_SENTINELS {
            self.forget(id);
        }
    }

    /// Drops a sentinel.
    pub(super) fn forget(&mut self, id: OfferId) {
        self.ids.retain(|known| *known != id);
    }
}

/// The number of ids that a server certainly looks at if it sorts the ids of a call: counted from the least id, and
/// from the greatest.
///
/// The position of the sentinels in the request cannot expose such a server. An id that is not between the sentinels
/// in the order of ids is therefore proved only by a call that is no larger than this.
#[derive(Default)]
pub(super) struct SortedReach {
    from_least: usize,
    from_greatest: usize,
    /// A proof failed because it was larger than this.
    is_exceeded: bool,
}

impl SortedReach {
    /// Learns from a call and the least and the greatest of its ids that had a row.
    pub(super) fn learn(&mut self, call: &Call, (least, greatest): (OfferId, OfferId)) {
        if self.from_least.min(self.from_greatest) >= call.size() {
            return;
        }
        let up_to_greatest = call.ids().filter(|id| *id <= greatest).count();
        let down_to_least = call.ids().filter(|id| *id >= least).count();
        self.from_least = self.from_least.max(up_to_greatest);
        self.from_greatest = self.from_greatest.max(down_to_least);
    }

    /// Notes that a proof was too large.
    pub(super) fn exceed(&mut self) {
        self.is_exceeded = true;
    }

    /// Returns the size that the next proof of this id should not exceed. There is no limit until a proof was too
    /// large: large proofs show sooner whether the server truncates.
    pub(super) fn planned_size(&self, id: OfferId, sentinels: &[OfferId]) -> usize {
        if self.is_exceeded { self.max_size(id, sentinels) } else { usize::MAX }
    }

    /// Returns the largest call that can prove this id missing. `sentinels` are sorted.
    pub(super) fn max_size(&self, id: OfferId, sentinels: &[OfferId]) -> usize {
        match sentinels.binary_search(&id) {
            Err(0) => self.from_greatest,
            Err(index) if index == sentinels.len() => self.from_least,
            _ => usize::MAX,
        }
    }
}
