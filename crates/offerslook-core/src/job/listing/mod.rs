//! All rows of a paged endpoint, in order, and whether they are all.

mod census;
mod pages;
mod rereads;

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
use rereads::ReadAt;

/// A job that reads a list page by page and yields its rows in the order of the list, each once.
///
/// The page number and the limit of the call are kept. A call without them starts at the first page, with pages as large
/// as the endpoint allows; if the server sends shorter ones, the listing asks for pages of that size.
///
/// # Is it complete?
/// If the list is not complete, the last item is [`Error::Incomplete`]. A list without it is complete:
/// - There are as many distinct rows as the API says with the first page, and no page says otherwise.
/// - If the API announces further pages all the same, or the only page is full or not the first of the list, the next page
///   brings no row.
/// - Two pages that are read again at the end have the same rows as before: the first one, and the one after whose read
///   most time went by until a page next to it was read. A list of one page is not read again.
///
/// On a correct server this costs at most two calls. It finds every single change of a list of up to four pages. In a
/// longer list, one kind of change escapes: one row is deleted and another one is added at the same time, between the
/// reads of two neighbouring pages, and the page that was read first is not read again. To find these too, half of the
/// pages would have to be read again. A server that reports the same wrong number of rows with every page is believed. So is
/// a first page other than 1 with as many rows as the total leaves for it, where the page after it is refused.
///
/// # Does it end?
/// A listing goes on while rows are missing, whatever number of pages the API announces. It ends after three consecutive
/// pages that fail or bring hardly a new row, and after 10,000 pages, or 100,000 if the first page announces so many.
pub struct Listing<E: Paged> {
    scheduler: Scheduler<PageCall>,
    pages: Pages<E>,
    census: Census<E::Id>,
    /// Pages that were answered before an earlier one.
    early: BTreeMap<u32, PageResult<E::Row>>,
    rows: VecDeque<E::Row>,
    phase: Phase,
    done: u64,
}

type PageResult<Row> = Result<(ReadAt, Page<Row>), Error>;

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

    fn settle(&mut self, task: Task<PageCall>, now: Moment, result: Result<Page<E::Row>, Error>) {
        match self.scheduler.classify(task, result) {
            Disposition::Success(task, page) if task.about.is_verification => {
                self.census.verify(task.about.page, &page, E::id_of);
            }
            Disposition::Success(task, page) => {
                let number = task.about.page;
                self.pages.learn(number, &page);
                if self.pages.is_start_unknown {
                    self.census.set_start_unknown();
                }
                self.pages.settle(number);
                self.early.insert(number, Ok(((now, task.serial), page)));
            }
            Disposition::Retrying => {}
            Disposition::Refused(Task { about: call, .. }, error) | Disposition::Failed(call, error) => {
                self.page_failed(call, error);
            }
            Disposition::Hopeless(call, error) => {
                self.census.end(call.page, error.clone());
                self.page_failed(call, error);
                drop(self.scheduler.drain());
                self.pages.last = self.pages.last.min(call.page);
            }
        }
    }

    fn page_failed(&mut self, call: PageCall, error: Error) {
        if call.is_verification {
            self.census.end(call.page, error);
        } else {
            self.pages.settle(call.page);
            self.early.insert(call.page, Err(error));
        }
    }

    /// Counts the pages that are due, but no further than to the next rows: a page counts as read when its rows are
    /// handed out, so that a slow consumer holds back the calls.
    fn count_pages(&mut self) {
        while self.phase == Phase::Reading && self.rows.is_empty() {
            let due = self.pages.due;
            let Some(page) = self.early.remove(&due) else { break };
            self.count(due, page);
            self.pages.due = due.saturating_add(1);
            let is_last = due >= self.pages.last;
            let may_be_cut = due == self.pages.first && self.pages.may_first_be_cut();
            if self.census.is_over(may_be_cut) || (is_last && self.census.has_failed()) {
                self.verify();
            } else if is_last {
                self.pages.extend();
            }
        }
    }

    fn count(&mut self, number: u32, page: PageResult<E::Row>) {
        match page {
            Ok((read, page)) => self.rows.extend(self.census.count(number, read, page, E::id_of)),
            Err(error) => self.census.fail(number, error),
        }
    }

    /// No further page is needed: reads some of them again.
    fn verify(&mut self) {
        self.pages.close();
        self.scheduler.drop_retries();
        drop(self.scheduler.abandon());
        self.read_rest();
        self.pages.to_verify = self.census.pages_to_verify().into();
        self.phase = if self.pages.to_verify.is_empty() { Phase::Ending } else { Phase::Verifying };
    }

    /// Ends the listing early. Pages that were read are still handed out.
    fn end(&mut self, error: Error) {
        if matches!(self.phase, Phase::Reading | Phase::Verifying) {
            drop(self.scheduler.drain());
            drop(self.scheduler.abandon());
            self.read_rest();
            self.census.end(self.pages.due, error);
            self.phase = Phase::Ending;
        }
    }

    /// Takes the rows of pages that were read, although pages before them were not.
    fn read_rest(&mut self) {
        for (number, page) in std::mem::take(&mut self.early) {
            self.count(number, page);
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
                    self.settle(task, now, Err(error));
                    continue;
                }
                Step::End(reason) => {
                    self.end(reason);
                    continue;
                }
                Step::Wait(until) => Some(until),
                Step::Idle => None,
            };
            if let Some(error) = self.pages.build_error.take() {
                self.end(error);
                continue;
            }
            if let Some(row) = self.rows.pop_front() {
                self.done += 1;
                return Action::Item(Ok(row));
            }
            if wait.is_none() && self.phase != Phase::Over {
                if self.finish() {
                    continue;
                }
                self.phase = Phase::Over;
                if let Some(incomplete) = self.census.incomplete() {
                    return Action::Item(Err(Error::Incomplete(incomplete)));
                }
            }
            return wait.map_or(Action::Done, |until| self.scheduler.wait(until));
        }
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        if let Some((task, answer)) = self.scheduler.answered(&ticket, now, answer)? {
            self.settle(task, now, answer.and_then(|response| parse::<E>(&response)));
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
