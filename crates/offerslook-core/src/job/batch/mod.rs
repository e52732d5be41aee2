//! Any number of ids through an endpoint that takes many: chunking, accounting, and finding out what the
//! service does with an id that it does not like.

mod doubts;
mod halves;
mod ledger;
mod outcome;
mod plan;

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::Arc,
};

pub use outcome::{BatchItem, Notice, Outcome};

use super::{
    Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket,
    scheduler::{Scheduler, Step, Task, Verdict},
};
use crate::{
    Account, Batched, OfferId, Response,
    error::{Error, StopCause, TransportError},
    parse,
};
use plan::{Call, Plan, Purpose};

/// One id in a call.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Asked {
    id: OfferId,
    position: u64,
    doubted: bool,
}

/// Asks for any number of ids and hands out exactly one outcome for each, in the asked order.
///
/// An id that repeats while its first occurrence is not yet handed out is folded into it. Folding the
/// others is the caller's, since that takes memory for all of them.
pub struct Batch<E: Batched, I: Iterator> {
    scheduler: Scheduler<Call>,
    plan: Plan<E, I>,
    notices: VecDeque<Notice<E::Row>>,
    ended: bool,
    done: u64,
}

impl<E: Batched, I: Iterator<Item = OfferId>> Batch<E, I> {
    /// The job of asking for these ids. The seed is of the jitter between attempts.
    pub fn new(
        account: Account,
        ids: impl IntoIterator<IntoIter = I>,
        options: Options,
        quota: Quota,
        seed: u64,
    ) -> Self {
        Self {
            plan: Plan::new(account, ids.into_iter(), &options),
            scheduler: Scheduler::new(options, quota, E::SPEC.idempotent, seed),
            notices: VecDeque::new(),
            ended: false,
            done: 0,
        }
    }

    fn settle(&mut self, task: Task<Call>, result: Result<Vec<E::Row>, Error>) {
        match self.scheduler.judge(task, result) {
            Verdict::Success(call, rows) => self.succeeded(&call, rows),
            Verdict::Retrying => {}
            Verdict::Refused(call, error) => self.refused(call, error),
            Verdict::Failed(call, error) => {
                let in_doubt = matches!(error, Error::InDoubt(_));
                let error = Arc::new(error);
                self.plan.conclude(&call, || {
                    let error = Arc::clone(&error);
                    if in_doubt { Outcome::InDoubt(error) } else { Outcome::Failed(error) }
                });
                self.plan.close(&call, false);
            }
            Verdict::Hopeless(call, error) => {
                let error = Arc::new(error);
                if matches!(*error, Error::InDoubt(_)) {
                    self.plan.conclude(&call, || Outcome::InDoubt(Arc::clone(&error)));
                }
                self.end(error);
            }
        }
    }

    fn succeeded(&mut self, call: &Call, rows: Vec<E::Row>) {
        let index_of: BTreeMap<OfferId, usize> =
            call.asked.iter().enumerate().map(|(index, asked)| (asked.id, index)).collect();
        let mut found: Vec<Option<E::Row>> = call.asked.iter().map(|_| None).collect();
        for row in rows {
            match index_of.get(&E::id_of(&row)).and_then(|index| found.get_mut(*index)) {
                None => self.notices.push_back(Notice::UnaskedRow(row)),
                Some(Some(_)) => self.notices.push_back(Notice::SecondRow(row)),
                Some(place) => *place = Some(row),
            }
        }
        if self.plan.answered(call, found, E::SPEC.idempotent) {
            self.notices.push_back(Notice::DoubtsDropped);
        }
        self.plan.close(call, true);
    }

    fn refused(&mut self, call: Call, error: Error) {
        if call.purpose == Purpose::Probe {
            // An id that was fine before is refused too: it is not the ids.
            return self.end(Arc::new(error));
        }
        let alone = call.asked.len() == 1;
        if alone {
            let error = Arc::new(error);
            self.plan.conclude(&call, || Outcome::Refused(Arc::clone(&error)));
            self.plan.close(&call, false);
            self.count_refusal(error);
        } else if E::SPEC.idempotent {
            self.plan.halve(call);
            self.count_refusal(Arc::new(error));
        } else {
            // Part of the change may have been made.
            let error = Arc::new(Error::InDoubt(error.into()));
            self.plan.conclude(&call, || Outcome::InDoubt(Arc::clone(&error)));
            self.count_refusal(error);
        }
    }

    fn count_refusal(&mut self, error: Arc<Error>) {
        if !self.plan.may_go_on_after_refusal(E::SPEC.idempotent) {
            self.end(error);
        }
    }

    /// No new calls: every further one would end the same way. Those in the air may still be answered.
    fn end(&mut self, error: Arc<Error>) {
        if !self.ended {
            self.ended = true;
            self.notices.push_back(Notice::Stopped(error));
            drop(self.scheduler.drain());
        }
    }

    /// No new calls, and those in the air are given up.
    fn halt(&mut self, cause: StopCause) {
        let is_settled = self.plan.is_settled();
        for call in self.scheduler.abandon() {
            if !E::SPEC.idempotent {
                let error = Arc::new(Error::InDoubt(Error::Stopped(cause).into()));
                self.plan.conclude(&call, || Outcome::InDoubt(Arc::clone(&error)));
            }
        }
        if is_settled {
            drop(self.scheduler.drain());
        } else {
            self.end(Arc::new(Error::Stopped(cause)));
        }
    }

    /// The next outcome that is due. When no call is left, there is one for everything.
    fn pop(&mut self, idle: bool) -> Option<(OfferId, Outcome<E::Row>)> {
        let popped = self.plan.ledger.pop();
        if popped.is_some() || !idle {
            return popped;
        }
        self.plan.ledger.settle_rest();
        self.plan.ledger.pop().or_else(|| Some((self.plan.next_id()?, Outcome::NotAttempted)))
    }
}

impl<E: Batched, I: Iterator<Item = OfferId>> Job for Batch<E, I> {
    type Item = BatchItem<E::Row>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        if self.scheduler.is_late(now) {
            self.halt(StopCause::DeadlinePassed);
        }
        loop {
            if let Some(error) = self.plan.build_error.take() {
                self.end(Arc::new(error.into()));
            }
            if let Some(notice) = self.notices.pop_front() {
                return Action::Item(BatchItem::Notice(notice));
            }
            let (wait, idle) = match self.scheduler.step(&mut self.plan) {
                Step::Send(attempt) => return Action::Send(attempt),
                Step::GivenUp(task, error) => {
                    self.settle(task, Err(error));
                    continue;
                }
                Step::Wait(until) => (Action::Wait { until }, false),
                Step::Idle if self.plan.build_error.is_some() => continue,
                Step::Idle => (Action::Done, true),
            };
            if let Some((id, outcome)) = self.pop(idle) {
                self.done += 1;
                return Action::Item(BatchItem::Outcome { id, outcome });
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

impl<E: Batched, I: Iterator<Item = OfferId>> fmt::Debug for Batch<E, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
