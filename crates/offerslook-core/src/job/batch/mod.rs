//! Any number of ids through an endpoint that takes many, with exactly one outcome per id.
//!
//! The work is divided: [`Planner`] decides which ids the next call carries and what an answer proves,
//! [`OutcomeBuffer`] puts the outcomes in input order, and [`Batch`] connects both to the scheduler.

mod answer;
mod bisection;
mod call;
mod call_size;
mod elements;
mod input;
mod learning;
mod outcome_buffer;
mod planner;
mod proof;
mod refusals;
mod report;
mod sentinels;

use std::{fmt, marker::PhantomData};

pub use report::{Noted, Report};

use super::{
    Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket,
    scheduler::{Disposition, Scheduler, Source, Step, Task},
};
use crate::{
    Account, Batched, IntoOfferId, OfferId, OfferIds, Response,
    endpoint::{Rows, UnusableRow},
    error::{Error, IdError, StopCause, TransportError},
    response::parse_redacted,
};
use answer::read_rows;
use call::Call;
use elements::Elements;
use input::room_for_ids;
use planner::{Planner, Policy};

/// A job that asks for any number of ids and yields exactly one outcome per element of the input, in input order.
///
/// An id that repeats shares the outcome of an earlier occurrence that was not handed out yet, and is asked for again
/// otherwise. A run that ends early yields the remaining elements as [`IdError::NotAttempted`] and then one `Err` with
/// the reason. It does not read on in an input that may be endless, which is one whose [`Iterator::size_hint`] has no
/// upper bound: such an input ends with the elements that were taken by then.
///
/// An id of 0 ends the input: the ids before it get their outcomes, and then comes [`Error::InvalidOfferId`].
///
/// Where the endpoint changes something, the ids are [`OfferIds`], which are deduplicated: nothing is sent twice.
pub struct Batch<E: Batched, I: Iterator> {
    scheduler: Scheduler<Call>,
    calls: Calls<E, I>,
    report: Report,
    reason: Option<Error>,
    has_ended: bool,
    done: u64,
    /// How many items [`Job::ready`] may return before the scheduler is asked again.
    burst: usize,
}

/// How many items are handed out for each time the scheduler is asked. It is asked before the first one, so a call that
/// becomes due waits for the consumer of these.
const MAX_BURST: usize = 32;

/// Where the calls of a batch come from.
struct Calls<E: Batched, I: Iterator> {
    account: Account,
    planner: Planner,
    elements: Elements<E::Item, I>,
    build_error: Option<Error>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Batched> Batch<E, <OfferIds as IntoIterator>::IntoIter> {
    /// Creates the job for an endpoint that changes something. The seed determines the jitter between attempts.
    #[must_use]
    pub fn of_changes(account: Account, ids: OfferIds, options: Options, quota: &Quota, seed: u64) -> Self {
        Self::build(account, ids.into_iter(), options, quota, seed)
    }
}

impl<E: Batched, I: Iterator<Item: IntoOfferId>> Batch<E, I> {
    /// Creates the job. The seed determines the jitter between attempts.
    ///
    /// An endpoint that changes something does not compile here, because an id that repeats would be sent twice; see
    /// [`Batch::of_changes`].
    pub fn new(
        account: Account,
        ids: impl IntoIterator<IntoIter = I>,
        options: Options,
        quota: &Quota,
        seed: u64,
    ) -> Self {
        const { assert!(E::SPEC.idempotent, "a batch of changes takes deduplicated ids: use Batch::of_changes") };
        Self::build(account, ids.into_iter(), options, quota, seed)
    }

    fn build(account: Account, ids: I, options: Options, quota: &Quota, seed: u64) -> Self {
        let policy = match (E::SPEC.idempotent, options.trust_missing_rows()) {
            (false, _) => Policy::Change,
            (true, true) => Policy::Trust,
            (true, false) => Policy::Prove,
        };
        let max_ids = options.ids_per_request().min(E::MAX_IDS_PER_CALL).max(1);
        let (room, build_error) = match room_for_ids::<E>(&account) {
            Ok(room) => (room, None),
            Err(error) => (0, Some(error.into())),
        };
        let elements = Elements::new(ids, options.max_in_flight(), max_ids);
        let planner = Planner::new(policy, max_ids, room);
        Self {
            scheduler: Scheduler::new(options, quota, E::SPEC.idempotent, seed),
            calls: Calls { account, planner, elements, build_error, endpoint: PhantomData },
            report: Report::default(),
            reason: None,
            has_ended: false,
            done: 0,
            burst: 0,
        }
    }

    /// Returns what the batch has noticed besides its outcomes so far.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    fn settle(&mut self, task: Task<Call>, result: Result<Rows<E::Row>, Error>) {
        let planner = &mut self.calls.planner;
        match self.scheduler.classify(task, result) {
            Disposition::Success(task, rows) => {
                let answer = read_rows::<E>(&task, rows, &mut self.calls.elements.buffer, &mut self.report);
                planner.answered(&task.about, task.serial, &answer);
            }
            Disposition::Retrying => {}
            Disposition::Refused(task, error) => {
                if planner.refused(task.about, task.serial, &error) {
                    self.end(error);
                }
            }
            Disposition::Failed(call, error) => planner.failed(&call, &failure(error)),
            Disposition::Hopeless(call, error) => {
                if matches!(error, Error::InDoubt(_)) {
                    planner.failed(&call, &IdError::InDoubt(error.clone()));
                }
                self.end(error);
            }
        }
        self.apply_outcomes();
    }

    /// Puts the outcomes that the planner has decided into the buffer.
    fn apply_outcomes(&mut self) {
        self.report.truncated_at = self.calls.planner.truncated_at();
        for (asked, outcome) in self.calls.planner.take_outcomes() {
            let outcome = self.undecodable_is_no_refusal(asked.id, outcome);
            self.calls.elements.buffer.settle(asked.position, Err(outcome));
        }
    }

    /// An undecodable answer to a call with a single id does not mean that the API refused the id. If other answers
    /// decode, the row of this id is unusable.
    fn undecodable_is_no_refusal(&mut self, id: OfferId, outcome: IdError) -> IdError {
        let IdError::Refused(Error::Decode(error)) = outcome else { return outcome };
        if !self.calls.planner.has_seen_rows() {
            return IdError::Failed(Error::Decode(error));
        }
        self.report.unusable_rows.note(UnusableRow::alone(id, &error));
        IdError::Unanswered
    }

    /// Returns the next element that has its outcome.
    fn pop(&mut self) -> Option<<Self as Job>::Item> {
        let (id, outcome) = self.calls.elements.buffer.pop()?;
        self.done += 1;
        match outcome {
            Err(IdError::Unanswered) => self.report.unproved.note(id),
            Err(IdError::NoRow) if self.calls.planner.trusts() => self.report.assumed_missing += 1,
            _ => {}
        }
        Some(Ok((id, outcome)))
    }

    /// Sends no new calls: every further one would end the same way. Those in flight may still be answered.
    fn end(&mut self, reason: Error) {
        if !self.has_ended {
            self.has_ended = true;
            self.reason = Some(reason);
            drop(self.scheduler.drain());
        }
    }

    /// Sends no new calls and cancels those in flight.
    fn halt(&mut self, cause: StopCause) {
        let elements = &mut self.calls.elements;
        let mut has_all_outcomes = || elements.buffer.unsettled_span() == 0 && elements.input.is_exhausted();
        let is_over = self.has_ended || has_all_outcomes();
        let abandoned: Vec<Call> = self.scheduler.abandon().collect();
        if self.calls.planner.is_change() {
            let in_doubt = IdError::InDoubt(Error::InDoubt(Error::Stopped(cause).into()));
            for call in &abandoned {
                self.calls.planner.failed(call, &in_doubt);
            }
            self.apply_outcomes();
        }
        if !is_over {
            self.end(Error::Stopped(cause));
        }
    }

    /// Returns the next element when no call is left to wait for: every element gets an outcome now. `None` once
    /// everything was handed out.
    fn finish(&mut self) -> Option<<Self as Job>::Item> {
        let elements = &mut self.calls.elements;
        if !self.has_ended {
            let invalid = elements.input.take_invalid()?;
            self.end(invalid);
            return self.reason.take().map(Err);
        }
        let reason = self.reason.as_ref()?;
        let not_attempted = IdError::NotAttempted(reason.clone());
        elements.buffer.settle_rest(&not_attempted);
        if let Some(item) = self.pop() {
            return Some(item);
        }
        if let Some(id) = self.calls.elements.input.next_of_rest() {
            self.done += 1;
            return Some(Ok((id, Err(not_attempted))));
        }
        self.reason.take().map(Err)
    }
}

fn failure(error: Error) -> IdError {
    if matches!(error, Error::InDoubt(_)) { IdError::InDoubt(error) } else { IdError::Failed(error) }
}

impl<E: Batched, I: Iterator<Item: IntoOfferId>> Source<Call> for Calls<E, I> {
    fn has_next(&mut self, outstanding: usize) -> bool {
        self.planner.has_next(&mut self.elements, outstanding)
    }

    fn next(&mut self, outstanding: usize) -> Option<Task<Call>> {
        let call = self.planner.plan(&mut self.elements, outstanding)?;
        let ids = OfferIds::new(call.ids())?;
        match self.account.request(&E::of(ids)) {
            Ok(request) => Some(Task::new(request, call)),
            Err(error) => {
                self.build_error = Some(error.into());
                None
            }
        }
    }
}

impl<E: Batched, I: Iterator<Item: IntoOfferId>> Job for Batch<E, I> {
    type Item = Result<(OfferId, Result<E::Item, IdError>), Error>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        if self.scheduler.is_late(now) {
            self.halt(StopCause::DeadlinePassed);
        }
        loop {
            if let Some(error) = self.calls.build_error.take() {
                self.end(error);
            }
            let wait = match self.scheduler.step(&mut self.calls) {
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
                Step::Wait(until) => Some(until),
                Step::Idle if self.calls.build_error.is_some() => continue,
                Step::Idle => None,
            };
            self.burst = MAX_BURST;
            let mut item = self.ready();
            if item.is_none() && wait.is_none() {
                if !self.has_ended && self.calls.planner.conclude() {
                    self.apply_outcomes();
                    continue;
                }
                item = self.finish();
            }
            return match item {
                Some(item) => Action::Item(item),
                None => wait.map_or(Action::Done, |until| self.scheduler.wait(until)),
            };
        }
    }

    fn ready(&mut self) -> Option<Self::Item> {
        self.burst = self.burst.checked_sub(1)?;
        self.pop()
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        if let Some((task, answer)) = self.scheduler.answered(&ticket, now, answer)? {
            let rows = answer.and_then(|response| parse_redacted::<E>(&response, || task.secrets()));
            self.settle(task, rows);
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

impl<E: Batched, I: Iterator> fmt::Debug for Batch<E, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("done", &self.done).finish_non_exhaustive()
    }
}
