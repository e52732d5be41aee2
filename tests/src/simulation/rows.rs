use std::collections::BTreeSet;

use offerslook_core::{Paged, job::IncompleteReason};

use super::{
    behaviour::Paging,
    broken::{Broken, check},
    endpoints::Numbers,
    plan::JobPlan,
    subject::Seen,
    tally::Tally,
};

/// Checks what a listing hands out: its rows once and in order, and whether they are all.
pub(super) struct Rows<'p> {
    plan: &'p JobPlan,
    paging: Option<Paging>,
    /// How far in the list the last row stands, a row that was added in front being the first.
    position: usize,
    pub(super) handed: u64,
    incomplete: Option<IncompleteReason>,
    /// How many rows the list had, as the job was told.
    pub(super) totals: BTreeSet<usize>,
}

impl<'p> Rows<'p> {
    pub(super) fn new(plan: &'p JobPlan, paging: Option<Paging>) -> Self {
        Self { plan, paging, position: 0, handed: 0, incomplete: None, totals: BTreeSet::new() }
    }

    pub(super) fn see(&mut self, seen: &Seen, tally: &mut Tally) -> Result<(), Broken> {
        check(self.incomplete.is_none(), "9", || format!("{seen:?} after the last word"))?;
        if let Seen::Incomplete(incomplete) = seen {
            tally.incomplete += 1;
            self.incomplete = Some(incomplete.reason.clone());
            return check(incomplete.rows == self.handed, "9", || {
                format!("{} rows were handed out: {incomplete}", self.handed)
            });
        }
        let Seen::Row(id) = *seen else {
            return Err(Broken { promise: "9", what: format!("a listing hands out {seen:?}") });
        };
        tally.rows += 1;
        self.handed += 1;
        let position = match id {
            0 => 1,
            u64::MAX => self.plan.ids.len() + 2,
            id => self.plan.ids.iter().position(|row| *row == id).map_or(0, |index| index + 2),
        };
        check(position > self.position, "9", || format!("row {id} does not come next"))?;
        self.position = position;
        Ok(())
    }

    /// Pages start only so far ahead of the one whose rows are due.
    pub(super) fn asks_for(&self, page: u64) -> Result<(), Broken> {
        let ahead = 4 * u64::try_from(self.plan.max_in_flight.get()).unwrap_or(u64::MAX);
        let due = self.handed / u64::from(Numbers::MAX_ROWS_PER_PAGE.get()) + 2;
        check(self.paging.is_some() || page <= due + ahead, "10", || format!("page {page} is asked for"))
    }

    /// Without another word, the rows are all there are, and the word that there is names what is wrong.
    /// `was_disturbed` tells whether a page may have failed.
    pub(super) fn finish(&self, was_disturbed: bool) -> Result<(), Broken> {
        let Self { totals, handed, incomplete, .. } = self;
        let whole = totals.len() == 1 && totals.iter().all(|total| u64::try_from(*total) == Ok(*handed));
        let is_true = match incomplete {
            None => whole,
            Some(IncompleteReason::PageFailed { .. }) => was_disturbed,
            Some(IncompleteReason::PageRepeated { .. } | IncompleteReason::RowsDiffer { .. }) => {
                self.paging.is_some()
            }
            Some(IncompleteReason::TotalChanged { .. }) => totals.len() > 1,
            // The server always says how many there are.
            Some(_) => false,
        };
        check(is_true, "9", || {
            format!("{incomplete:?} is said of {handed} rows, the totals being {totals:?}")
        })
    }
}
