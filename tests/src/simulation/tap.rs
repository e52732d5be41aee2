use std::{cell::Cell, rc::Rc};

use offerslook_core::OfferId;

/// How much of its input a job has taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Tap(Rc<Cell<usize>>);

impl Tap {
    /// These ids, counted as they are taken.
    pub(super) fn count(&self, ids: Vec<u64>) -> impl Iterator<Item = OfferId> + use<> {
        let taken = Rc::clone(&self.0);
        ids.into_iter().filter_map(OfferId::new).inspect(move |_| taken.set(taken.get() + 1))
    }

    pub(super) fn taken(&self) -> usize {
        self.0.get()
    }
}
