use std::collections::BTreeSet;

use offerslook_core::Paged;

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
    incomplete: bool,
    /// How many rows the list had, as the job was told.
    pub(super) totals: BTreeSet<usize>,
}

impl<'p> Rows<'p> {
    pub(super) fn new(plan: &'p JobPlan, paging: Option<Paging>) -> Self {
        Self { plan, paging, position: 0, handed: 0, incomplete: false, totals: BTreeSet::new() }
    }

    pub(super) fn see(&mut self, seen: &Seen, tally: &mut Tally) -> Result<(), Broken> {
        check(!self.incomplete, "9", || format!("{seen:?} after the last word"))?;
        if let Seen::Incomplete(incomplete) = seen {
            tally.incomplete += 1;
            self.incomplete = true;
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
        let due = self.handed / u64::from(Numbers::MOST_ROWS.get()) + 2;
        check(self.paging.is_some() || page <= due + ahead, "10", || format!("page {page} is asked for"))
    }

    /// Without another word, the rows are all there are. `was_disturbed` tells whether anything went wrong.
    pub(super) fn finish(&self, was_disturbed: bool) -> Result<(), Broken> {
        let Self { totals, handed, .. } = self;
        if self.incomplete {
            let repeats = matches!(self.paging, Some(Paging::Repeats(_)));
            return check(was_disturbed || repeats || totals.len() > 1, "9", || {
                format!("it does not trust {handed} rows, and the totals are {totals:?}")
            });
        }
        let whole = totals.len() == 1 && totals.iter().all(|total| u64::try_from(*total) == Ok(*handed));
        check(whole, "9", || {
            format!("it takes {handed} rows for the whole list, and the totals are {totals:?}")
        })
    }
}
