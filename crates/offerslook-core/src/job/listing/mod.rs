//! All rows of a paged endpoint, in order, and whether they are all.

mod census;
mod pages;

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
};

use super::{
    Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket,
    scheduler::{Disposition, Scheduler, Step, Task},
};
use crate::{
    Account, Page, Paged, Response,
    error::{Error, StopCause, TransportError},
    parse,
};
use census::Census;
use pages::{PageCall, Pages};

/// A job that reads a list page by page and yields its rows in the order of the list, each once.
///
/// If the list is not complete, the last item is [`Error::Incomplete`]. It is complete when the rows are as many as
/// the API says there are, that number did not change, and pages that are read again at the end are unchanged: the
/// first one, and the one before the last one. This costs at most two calls.
///
/// One kind of change escapes these checks: a row of a page in the middle is deleted after that page was read and
/// another row is added to the list before the next page is read. Only reading the list twice would show it.
///
/// The page number and the limit of the call are kept. A call without them starts at the first page, with pages as large
/// as the endpoint allows.
pub struct Listing<E: Paged> {
    scheduler: Scheduler<PageCall>,
    pages: Pages<E>,
    census: Census<E::Id>,
    /// Pages that were answered before an earlier one.
    early: BTreeMap<u32, Result<Page<E::Row>, Error>>,
    rows: VecDeque<E::Row>,
    phase: Phase,
    done: u64,
}

/// What a listing is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Reading,
    /// All pages are read; some are read again.
    Verifying,
    /// Only rows that were read are left to hand out.
    Ending,
    Over,
}

impl<E: Paged> Listing<E> {
    /// Creates the job. The seed determines the jitter between attempts.
    pub fn new(account: Account, call: E, options: Options, quota: &Quota, seed: u64) -> Self {
        let pages = Pages::new(account, call, options.max_in_flight());
        let census = Census::new(pages.first, pages.skipped_rows());
        Self {
            scheduler: Scheduler::new(options, quota, E::SPEC.idempotent, seed),
            pages,
            census,
            early: BTreeMap::new(),
            rows: VecDeque::new(),
            phase: Phase::Reading,
            done: 0,
        }
    }

    fn settle(&mut self, task: Task<PageCall>, result: Result<Page<E::Row>, Error>) {
        match self.scheduler.classify(task, result) {
            Disposition::Success(task, page) => {
                let number = task.about.page;
                if task.about.is_verification {
                    self.census.verify(number, &page, E::id_of);
                } else {
                    self.pages.learn(number, &page);
                    self.early.insert(number, Ok(page));
                }
            }
            Disposition::Retrying => {}
            Disposition::Refused(task, error) => self.page_failed(task.about, error),
            Disposition::Failed(call, error) => self.page_failed(call, error),
            Disposition::Hopeless(call, error) => {
                self.page_failed(call, error);
                drop(self.scheduler.drain());
                self.pages.last = self.pages.last.min(call.page);
            }
        }
    }

    fn page_failed(&mut self, call: PageCall, error: Error) {
        if call.is_verification {
            self.census.fail_verification(call.page, error);
        } else {
            self.early.insert(call.page, Err(error));
        }
    }

    /// Counts the pages that are due, but no further than to the next rows: a page counts as read when its rows are
    /// handed out, so that a slow consumer holds back the calls.
    fn count_pages(&mut self) {
        while self.phase == Phase::Reading && self.rows.is_empty() {
            let due = self.pages.due;
            let Some(page) = self.early.remove(&due) else { break };
            match page {
                Ok(page) => self.rows.extend(self.census.count(due, page, E::id_of)),
                Err(error) => self.census.fail(due, error),
            }
            self.pages.due = due.saturating_add(1);
            let is_last = due >= self.pages.last;
            if self.census.is_over() || (is_last && (self.census.has_failed() || !self.pages.extend())) {
                self.verify();
            }
        }
    }

    /// Every page is read: reads some of them again.
    fn verify(&mut self) {
        self.phase = Phase::Verifying;
        self.early.clear();
        self.pages.close();
        drop(self.scheduler.abandon());
        self.pages.to_verify = self.census.pages_to_verify().into();
    }

    /// Ends the listing early. Pages that were read are still handed out.
    fn end(&mut self, error: Error) {
        if matches!(self.phase, Phase::Reading | Phase::Verifying) {
            drop(self.scheduler.drain());
            drop(self.scheduler.abandon());
            self.read_rest();
            if self.phase == Phase::Verifying {
                self.census.fail_verification(self.pages.first, error);
            } else {
                self.census.fail(self.pages.due, error);
            }
            self.phase = Phase::Ending;
        }
    }

    /// Takes the rows of pages that were read, although pages before them were not.
    fn read_rest(&mut self) {
        for (number, page) in std::mem::take(&mut self.early) {
            match page {
                Ok(page) => self.rows.extend(self.census.count(number, page, E::id_of)),
                Err(error) => self.census.fail(number, error),
            }
        }
    }

    /// Nothing is left to wait for. Returns `true` if there is more to hand out.
    fn finish(&mut self) -> bool {
        if self.phase == Phase::Reading {
            self.read_rest();
        }
        self.phase = Phase::Ending;
        !self.rows.is_empty()
    }
}

impl<E: Paged> Job for Listing<E> {
    type Item = Result<E::Row, Error>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        if self.scheduler.is_late(now) {
            self.end(Error::Stopped(StopCause::DeadlinePassed));
        }
        loop {
            self.count_pages();
            let wait = match self.scheduler.step(&mut self.pages) {
                Step::Send(attempt) => return Action::Send(attempt),
                Step::Cancel(id) => return Action::Cancel(id),
                Step::TimedOut(task, error) => {
                    self.settle(task, Err(error));
                    continue;
                }
                Step::End(reason) => {
                    self.end(reason);
                    continue;
                }
                Step::Wait(until) => Action::Wait { until },
                Step::Idle => Action::Done,
            };
            if let Some(error) = self.pages.build_error.take() {
                self.end(error);
                continue;
            }
            if let Some(row) = self.rows.pop_front() {
                self.done += 1;
                return Action::Item(Ok(row));
            }
            if matches!(wait, Action::Done) && self.phase != Phase::Over {
                if self.finish() {
                    continue;
                }
                self.phase = Phase::Over;
                if let Some(incomplete) = self.census.incomplete() {
                    return Action::Item(Err(Error::Incomplete(incomplete)));
                }
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
        self.end(Error::Stopped(StopCause::Requested));
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
