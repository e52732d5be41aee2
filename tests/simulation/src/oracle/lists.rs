use std::collections::BTreeSet;

use offerslook_core::error::{Error, Incomplete, IncompleteReason};

use super::super::{
    endpoints::DEFAULT_LIMIT,
    job_under_test::{Cause, Yield},
    lists::{ListBehaviour, ListChange, PageCap, Total},
    plan::{JobPlan, Plan},
    statistics::Statistics,
};
use super::{Violation, check};

/// Checks what a listing yields: every row once, and the truth about whether these are all rows.
pub(in super::super) struct Lists<'p> {
    plan: &'p JobPlan,
    behaviour: ListBehaviour,
    is_calm: bool,
    rows: BTreeSet<u64>,
    /// The rows of the pages that the job took.
    received: BTreeSet<u64>,
    pages: BTreeSet<usize>,
    end: Option<Cause>,
}

impl<'p> Lists<'p> {
    pub(in super::super) fn new(plan: &'p Plan, job: &'p JobPlan) -> Self {
        Self {
            plan: job,
            behaviour: plan.server.list,
            is_calm: plan.is_calm(job),
            rows: BTreeSet::new(),
            received: BTreeSet::new(),
            pages: BTreeSet::new(),
            end: None,
        }
    }

    pub(in super::super) fn count(&self) -> usize {
        self.rows.len()
    }

    pub(in super::super) fn see(
        &mut self,
        seen: &Yield,
        statistics: &mut Statistics,
    ) -> Result<(), Violation> {
        check(self.end.is_none(), "9 (the error is the last item)", || format!("{seen:?} comes after it"))?;
        match seen {
            Yield::Row(id) => {
                statistics.rows += 1;
                check(self.received.contains(id), "9", || format!("row {id} was never sent"))?;
                check(self.rows.insert(*id), "9 (each row once)", || format!("row {id} comes twice"))
            }
            Yield::End(error) => {
                statistics.incomplete += 1;
                self.end = Some(error.clone());
                Ok(())
            }
            _ => Err(Violation { promise: "9", what: format!("a listing yields {seen:?}") }),
        }
    }

    /// The job took this page.
    pub(in super::super) fn received(&mut self, rows: &[u64]) {
        self.received.extend(rows);
    }

    /// The job asks for a page.
    pub(in super::super) fn asks_for(&mut self, page: usize, limit: usize) -> Result<(), Violation> {
        self.pages.insert(page);
        let (first, wanted) = self.start();
        let is_chosen = self.plan.first_page.is_some();
        check(
            page >= first && limit <= wanted && (limit == wanted || !is_chosen),
            "9 (the caller's page and limit)",
            || format!("page {page} with a limit of {limit} is asked for, not from {first} on with {wanted}"),
        )?;
        // Rows that are waiting for their turn are bounded.
        let ahead = 4 * self.plan.max_in_flight;
        let waiting = self.received.difference(&self.rows).count();
        check(waiting <= ahead * limit, "10", || {
            format!("page {page} is asked for, and {waiting} rows wait")
        })?;
        let (step, _) = self.behaviour.page_size(limit);
        let last = first + self.plan.ids.len() / step + 1;
        check(page <= last + ahead + MAX_EMPTY_PAGES, "9 (always ends)", || {
            format!("page {page} is asked for, and the last one is {last}")
        })
    }

    fn start(&self) -> (usize, usize) {
        let (page, limit) = self.plan.first_page.unwrap_or((1, DEFAULT_LIMIT));
        (usize::try_from(page).unwrap_or(usize::MAX), usize::try_from(limit).unwrap_or(usize::MAX))
    }

    /// The rows that the listing has to have, after so many calls.
    fn expected(&self, calls: u64) -> BTreeSet<u64> {
        let (page, limit) = self.start();
        let (step, _) = self.behaviour.page_size(limit);
        self.behaviour.list_at(&self.plan.ids, calls).into_iter().skip((page - 1) * step).collect()
    }

    /// The job is done, after so many calls of all jobs, and so many of its own.
    pub(in super::super) fn finish(
        &self,
        (calls, own): (u64, u64),
        was_disturbed: bool,
        statistics: &mut Statistics,
    ) -> Result<(), Violation> {
        self.wastes_nothing(own)?;
        let expected = [self.expected(0), self.expected(calls)];
        let is_whole = expected.contains(&self.rows);
        let Some(error) = &self.end else {
            statistics.complete += 1;
            if !is_whole && self.is_undetectable(was_disturbed) {
                statistics.undetected += 1;
                return Ok(());
            }
            return check(is_whole, "9 (complete only if it is)", || {
                format!("{} rows are said to be all, of {expected:?}", self.rows.len())
            });
        };
        let read = self.received.difference(&self.rows).count();
        let is_stopped = matches!(**error, Error::Stopped(_));
        let list_at = |calls| self.behaviour.list_at(&self.plan.ids, calls);
        let has_changed = list_at(0) != list_at(calls);
        check(read == 0 || is_stopped || was_disturbed || has_changed, "9 (no page is discarded)", || {
            format!("{read} rows were received and not yielded")
        })?;
        check(was_disturbed || has_changed || self.is_defective(), "9 (complete if it is)", || {
            format!("nothing happened to the list, and it ends with: {error}")
        })?;
        if let Error::Incomplete(Incomplete { rows, reason, .. }) = &**error {
            check(usize::try_from(*rows) == Ok(self.rows.len()), "9", || {
                format!("{} rows were yielded: {error}", self.rows.len())
            })?;
            let is_true = match reason {
                IncompleteReason::PageFailed { .. } => {
                    was_disturbed || self.behaviour.refuses_past_end || self.is_defective()
                }
                IncompleteReason::Changed => has_changed || self.behaviour.repeats_from.is_some(),
                IncompleteReason::TotalUnknown => self.behaviour.total_rows == Total::Unsaid,
                _ => true,
            };
            check(is_true, "9 (the true reason)", || format!("it ends with: {error}"))?;
        }
        Ok(())
    }

    /// On an honest server, a listing needs two calls more than the least possible, at the most.
    fn wastes_nothing(&self, own: u64) -> Result<(), Violation> {
        let (page, limit) = self.start();
        if !self.is_calm || self.behaviour != ListBehaviour::default() {
            return Ok(());
        }
        let rows = self.plan.ids.len().saturating_sub((page - 1) * limit);
        let least = rows.div_ceil(limit).max(1);
        let most = u64::try_from(least + 2).unwrap_or(u64::MAX);
        check(own <= most, "9 (no waste)", || format!("{own} calls for {rows} rows, {limit} at a time"))
    }

    /// Returns `true` if the server never sends the whole list, or never says how long it is.
    fn is_defective(&self) -> bool {
        let ListBehaviour { total_rows, page_cap, max_limit, refused_page, repeats_from, .. } =
            self.behaviour;
        let (page, limit) = self.start();
        !matches!(total_rows, Total::True)
            || matches!(page_cap, Some(PageCap::Gaps(most)) if most < limit)
            || max_limit.is_some_and(|most| most < limit)
            || refused_page.is_some()
            || repeats_from.is_some()
            || (page > 1 && page_cap.is_some())
            || (page > 1 && (page - 1) * limit >= self.plan.ids.len())
    }

    /// Returns `true` for the known limits: a change left the total and the first page as they were, or a listing that
    /// begins later than with page 1 was sent other rows, and the page that would show it was refused.
    fn is_undetectable(&self, was_disturbed: bool) -> bool {
        let ListBehaviour { page_cap, repeats_from, refuses_past_end, .. } = self.behaviour;
        let (page, limit) = self.start();
        let begins_elsewhere =
            matches!(page_cap, Some(PageCap::Shorter(_))) || repeats_from.is_some_and(|from| page >= from);
        if page > 1 && begins_elsewhere {
            return refuses_past_end || was_disturbed;
        }
        let Some((_, ListChange::Replace { .. })) = self.behaviour.change else { return false };
        let (step, size) = self.behaviour.page_size(limit);
        let first_page = |calls| -> Vec<u64> {
            let list = self.behaviour.list_at(&self.plan.ids, calls);
            list.into_iter().skip((page - 1) * step).take(size).collect()
        };
        first_page(0) == first_page(u64::MAX)
    }
}

/// The maximum number of pages that bring nothing new before a listing ends.
const MAX_EMPTY_PAGES: usize = 8;
