use crate::OfferId;

/// Ids that are known to have a row, sorted. They frame the ids of a proof.
#[derive(Default)]
pub(super) struct Sentinels {
    ids: Vec<OfferId>,
    /// Two sentinels alone filled the largest answer seen, so their rows prove nothing: use all of them.
    use_all: bool,
}

const MAX_SENTINELS: usize = 8;

impl Sentinels {
    /// Returns the sentinels for a proof: the least and the greatest, because a server that sends a limited number of
    /// rows by id always sends one of those. `None` while there are too few.
    pub(super) fn choose(&self) -> Option<Vec<OfferId>> {
        match self.ids.as_slice() {
            ids @ [_, _, _, ..] if self.use_all => Some(ids.to_vec()),
            [least, .., greatest] if !self.use_all => Some(vec![*least, *greatest]),
            _ => None,
        }
    }

    /// Returns an id to probe with; another one for a second probe.
    pub(super) fn probe(&self, is_second: bool) -> Option<OfferId> {
        let index = if is_second { 0 } else { self.ids.len() / 2 };
        self.ids.get(index).copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

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
    }

    /// Drops a sentinel that let a proof down, unless only two are left.
    pub(super) fn distrust(&mut self, id: OfferId) {
        if self.ids.len() > 2 {
            self.ids.retain(|known| *known != id);
        }
    }
}
