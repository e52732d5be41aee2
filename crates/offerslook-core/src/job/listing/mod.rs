//! All rows of a paged endpoint, in order, and whether they are all.

mod completeness;

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    num::NonZeroU32,
    sync::Arc,
};

pub use completeness::{Incomplete, IncompleteReason};

use super::{
    Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket,
    scheduler::{Scheduler, Source, Step, Task, Verdict},
};
use crate::{
    Account, Page, Paged, Response,
    error::{Error, StopCause, TransportError},
    parse,
};
use completeness::Census;

/// Walks through all pages of a list and hands out its rows in the list's order, each once.
///
/// Where the list is not complete, the last item is an [`Incomplete`].
pub struct Listing<E: Paged> {
    scheduler: Scheduler<u32>,
    pages: Pages<E>,
    census: Census<E::Id>,
    /// Pages that were answered before an earlier one.
    early: BTreeMap<u32, Result<Page<E::Row>, Arc<Error>>>,
    rows: VecDeque<E::Row>,
    /// The page that ended the walk, though earlier ones may still be in the air.
    hopeless: Option<(u32, Arc<Error>)>,
    done: u64,
    over: bool,
}

/// Which pages are to be asked for.
struct Pages<E> {
    account: Account,
    call: E,
    limit: NonZeroU32,
    next: u32,
    /// The page whose rows are due.
    due: u32,
    last: u32,
    most_ahead: u32,
    build_error: Option<Error>,
}

impl<E: Paged> Listing<E> {
    /// The job of reading the whole list that this call asks for, with pages as large as they may be.
    pub fn new(account: Account, call: E, options: Options, quota: Quota, seed: u64) -> Self {
        let most_ahead = u32::try_from(options.max_in_flight.get()).unwrap_or(u32::MAX).saturating_mul(4);
        Self {
            scheduler: Scheduler::new(options, quota, E::SPEC.idempotent, seed),
            pages: Pages {
                account,
                call,
                limit: E::MAX_ROWS_PER_PAGE,
                next: 1,
                due: 1,
                last: 1,
                most_ahead,
                build_error: None,
            },
            census: Census::new(),
            early: BTreeMap::new(),
            rows: VecDeque::new(),
            hopeless: None,
            done: 0,
            over: false,
        }
    }

    fn settle(&mut self, task: Task<u32>, result: Result<Page<E::Row>, Error>) {
        match self.scheduler.judge(task, result) {
            Verdict::Success(number, page) => {
                // Where nobody says how many pages there are, an empty one is the last.
                let no_total = if page.rowset.is_empty() { 0 } else { number.saturating_add(1) };
                self.pages.last = self.pages.last.max(page.total_pages.unwrap_or(no_total));
                self.early.insert(number, Ok(page));
            }
            Verdict::Retrying => {}
            Verdict::Refused(number, error) | Verdict::Failed(number, error) => {
                self.early.insert(number, Err(Arc::new(error)));
            }
            Verdict::Hopeless(number, error) => {
                drop(self.scheduler.drain());
                self.hopeless.get_or_insert((number, Arc::new(error)));
            }
        }
    }

    /// Counts the pages that are due, but no further than to the next rows: a page counts as done when its
    /// rows are handed out, so that a slow consumer holds back the calls.
    fn count(&mut self) {
        while self.rows.is_empty()
            && !self.census.is_over()
            && let Some(page) = self.early.remove(&self.pages.due)
        {
            match page {
                Ok(page) => self.rows.extend(self.census.count(self.pages.due, page, E::id_of)),
                Err(error) => self.census.fail(self.pages.due, error),
            }
            self.pages.due += 1;
        }
        if self.census.is_over() {
            self.finish();
        }
    }

    /// No further page is wanted.
    fn finish(&mut self) {
        drop(self.scheduler.drain());
        drop(self.scheduler.abandon());
        self.early.clear();
    }

    fn halt(&mut self, cause: StopCause) {
        if !self.over && !self.census.is_over() && self.pages.due <= self.pages.last {
            self.census.fail(self.pages.due, Arc::new(Error::Stopped(cause)));
            self.finish();
        }
    }
}

impl<E: Paged> Source<u32> for Pages<E> {
    fn has_next(&mut self) -> bool {
        self.next <= self.last && self.next - self.due < self.most_ahead && self.build_error.is_none()
    }

    fn next(&mut self) -> Option<Task<u32>> {
        let number = self.next;
        let call = self.call.at(NonZeroU32::new(number)?, self.limit);
        match self.account.request(&call) {
            Ok(request) => {
                self.next += 1;
                Some(Task::new(request, number))
            }
            Err(error) => {
                self.build_error = Some(error.into());
                None
            }
        }
    }
}

impl<E: Paged> Job for Listing<E> {
    type Item = Result<E::Row, Incomplete>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        if self.scheduler.is_late(now) {
            self.halt(StopCause::DeadlinePassed);
        }
        loop {
            self.count();
            let (wait, idle) = match self.scheduler.step(&mut self.pages) {
                Step::Send(attempt) => return Action::Send(attempt),
                Step::GivenUp(task, error) => {
                    self.settle(task, Err(error));
                    continue;
                }
                Step::Wait(until) => (Action::Wait { until }, false),
                Step::Idle => (Action::Done, true),
            };
            if let Some(error) = self.pages.build_error.take() {
                self.census.fail(self.pages.next, Arc::new(error));
                self.finish();
                continue;
            }
            if let Some(row) = self.rows.pop_front() {
                self.done += 1;
                return Action::Item(Ok(row));
            }
            if idle
                && !self.census.is_over()
                && let Some((page, error)) = self.hopeless.take()
            {
                self.census.fail(page, error);
            }
            if idle
                && !std::mem::replace(&mut self.over, true)
                && let Some(incomplete) = self.census.verdict()
            {
                return Action::Item(Err(incomplete));
            }
            return wait;
        }
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        if let Some((task, answer)) = self.scheduler.answered(&ticket, now, answer)? {
            self.settle(task, answer.and_then(|response| parse::<E>(&response)));
        }
        Ok(())
    }

    fn stop(&mut self, _now: Moment) {
        self.halt(StopCause::Requested);
    }

    fn progress(&self) -> Progress {
        Progress { done: self.done, ..self.scheduler.progress() }
    }
}

impl<E: Paged> fmt::Debug for Listing<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
