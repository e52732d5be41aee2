//! What all jobs have in common: when a call may be sent, and what to do when one fails.

use std::{collections::VecDeque, time::Duration};

use super::{
    Action, Attempt, AttemptId, ForeignTicket, Moment, Options, Progress, Quota, QuotaCall, Ticket, backoff,
    quota::{Availability, Message, Need, Place, Slot},
    ticket::{Issuer, Subject},
};
use crate::{
    Request, Response,
    error::{Error, ErrorClass, NextStep, TransportError, TransportKind},
    types::Secrets,
};

/// One call, with what its job needs to know about it.
pub(super) struct Task<T> {
    pub(super) about: T,
    /// The number of its latest sending; later ones are larger.
    pub(super) serial: u64,
    request: Request,
    attempts: u32,
}

impl<T> Task<T> {
    pub(super) fn new(request: Request, about: T) -> Self {
        Self { about, serial: 0, request, attempts: 0 }
    }

    /// Returns the credentials of its request, to be redacted from the answer.
    pub(super) fn secrets(&self) -> Secrets {
        Secrets::of(&self.request)
    }
}

/// A call with its answer.
pub(super) type Answered<T> = (Task<T>, Result<Response, Error>);

struct InFlight<T> {
    task: Task<T>,
    expires: Moment,
}

/// Where a scheduler gets the calls of its job from.
pub(super) trait Source<T> {
    /// Returns whether there may be a call to send now. Exact while no call is outstanding: in flight, or waiting for
    /// a retry.
    fn has_next(&mut self, outstanding: usize) -> bool;

    /// Returns the next call to send now, if there is one.
    fn next(&mut self, outstanding: usize) -> Option<Task<T>>;
}

/// What the job has to do next, as far as its calls are concerned.
pub(super) enum Step<T> {
    Send(Attempt),
    Cancel(AttemptId),
    /// A call was not answered in time.
    TimedOut(Task<T>, Error),
    /// The job has to end for this reason.
    End(Error),
    Wait(Option<Moment>),
    /// No call is ready, waiting for a retry or in flight, and there is no new one.
    Idle,
}

/// What an answer means for its call.
pub(super) enum Disposition<T, O> {
    Success(Task<T>, O),
    /// The call will be sent again.
    Retrying,
    /// The API refused the content of the call.
    Refused(Task<T>, Error),
    /// The call has failed for good.
    Failed(T, Error),
    /// The call has failed for good, and so would every further one.
    Hopeless(T, Error),
}

pub(super) struct Scheduler<T> {
    issuer: Issuer,
    options: Options,
    place: Place,
    idempotent: bool,
    jitter: fastrand::Rng,
    now: Moment,
    deadline: Option<Moment>,
    ready: VecDeque<Task<T>>,
    /// The calls that wait for a retry, in the order of its time.
    retry_queue: VecDeque<(Moment, Task<T>)>,
    /// The calls in flight, in the order of their serials, which is that of their expiry.
    in_flight: VecDeque<InFlight<T>>,
    cancelled: VecDeque<AttemptId>,
    serial: u64,
    sent: u64,
    /// When the next call may be sent, if the quota is what it waits for.
    not_before: Option<Moment>,
    /// No call is left: all that is left to do is to report to the store of the quota.
    is_flushing: bool,
    successes: u32,
    retries: u32,
    draining: bool,
}

impl<T> Scheduler<T> {
    pub(super) fn new(options: Options, quota: &Quota, idempotent: bool, seed: u64) -> Self {
        Self {
            issuer: Issuer::default(),
            options,
            place: Place::new(quota),
            idempotent,
            jitter: fastrand::Rng::with_seed(seed),
            now: Moment::EPOCH,
            deadline: None,
            ready: VecDeque::new(),
            retry_queue: VecDeque::new(),
            in_flight: VecDeque::new(),
            cancelled: VecDeque::new(),
            serial: 0,
            sent: 0,
            not_before: None,
            is_flushing: false,
            successes: 0,
            retries: 0,
            draining: false,
        }
    }

    /// Advances the clock. Returns `true` once the deadline has passed.
    pub(super) fn is_late(&mut self, now: Moment) -> bool {
        self.now = self.now.max(now);
        let now = self.now;
        let deadline = *self.deadline.get_or_insert_with(|| {
            self.options.max_time().map_or(Moment::after_epoch(Duration::MAX), |time| now + time)
        });
        now >= deadline
    }

    /// Decides the next step. The source is asked for a call only when the call can be sent at once.
    pub(super) fn step(&mut self, source: &mut impl Source<T>) -> Step<T> {
        if let Some(id) = self.cancelled.pop_front() {
            return Step::Cancel(id);
        }
        let now = self.now;
        let is_late = self.in_flight.front().is_some_and(|call| call.expires <= now);
        if let Some(InFlight { task, .. }) = is_late.then(|| self.in_flight.pop_front()).flatten() {
            self.cancelled.push_back(AttemptId(task.serial));
            let error =
                TransportError::from(TransportKind::NeverAnswered).with_host(task.request.uri().host());
            return Step::TimedOut(task, error.into());
        }
        let due = self.retry_queue.partition_point(|(at, _)| *at <= now);
        self.ready.extend(self.retry_queue.drain(..due).map(|(_, task)| task));
        self.not_before = None;
        self.is_flushing = false;
        if self.may_send(source) {
            match self.place.availability(now, self.use_by()) {
                Availability::Never(reason) => return Step::End(reason),
                Availability::NotBefore(later) => self.not_before = Some(later),
                Availability::Free => {
                    let outstanding = self.outstanding();
                    if let Some(task) = self.ready.pop_front().or_else(|| source.next(outstanding)) {
                        match self.place.take(now, self.use_by()) {
                            Ok(slot) => return Step::Send(self.send(task, slot)),
                            Err(later) => {
                                self.ready.push_front(task);
                                self.not_before = Some(later);
                            }
                        }
                    }
                }
            }
        }
        let expires = self.in_flight.front().map(|call| call.expires);
        let retry = self.retry_queue.front().map(|(at, _)| *at);
        match [self.not_before, expires, retry].into_iter().flatten().min() {
            None => {
                self.place.leave();
                let flushed = self.place.flush_due(now);
                self.is_flushing = flushed.is_some();
                if flushed.is_none() {
                    self.place.retire();
                }
                flushed.map_or(Step::Idle, |until| Step::Wait(Some(until)))
            }
            Some(until) => {
                let until =
                    [self.place.report_due(), self.deadline].into_iter().flatten().fold(until, Moment::min);
                Step::Wait(Some(until))
            }
        }
    }

    /// Returns the action that waits, and takes the job's place among those that wait for a slot. If it is time to ask
    /// the store of the quota, that comes first.
    pub(super) fn wait<Item>(&mut self, until: Option<Moment>) -> Action<Item> {
        match self.not_before {
            Some(due) => self.place.wait(due),
            None => self.place.leave(),
        }
        let slots = self.not_before.map_or(0, |_| self.room().saturating_sub(self.in_flight.len()));
        let need = Need { slots, call: self.use_by(), is_last: self.is_flushing };
        match self.place.message(self.now, need) {
            Some(message) => Action::Quota(self.quota_call(message)),
            None => Action::Wait { until },
        }
    }

    /// A reply to the store's message goes to the quota, so no job takes its ticket for that of a call.
    fn quota_call(&self, message: Message) -> QuotaCall {
        let Message { request, attempt, timeout, store } = message;
        let subject = Subject::Message(self.place.quota().clone());
        let ticket = Ticket { issuer: Issuer::default(), serial: attempt, subject };
        QuotaCall { ticket, request, timeout, store }
    }

    fn may_send(&self, source: &mut impl Source<T>) -> bool {
        self.in_flight.len() < self.room()
            && !self.draining
            && (!self.ready.is_empty() || source.has_next(self.outstanding()))
    }

    /// Returns how many calls may be in flight.
    fn room(&self) -> usize {
        if self.successes > 0 { self.options.max_in_flight() } else { 1 }
    }

    fn outstanding(&self) -> usize {
        self.in_flight.len() + self.ready.len() + self.retry_queue.len()
    }

    /// How long after it was sent a call has timed out, at the latest.
    fn use_by(&self) -> Duration {
        self.options.transport().timeout.saturating_add(Options::GRACE)
    }

    fn send(&mut self, mut task: Task<T>, slot: Slot) -> Attempt {
        self.sent += 1;
        self.serial += 1;
        task.attempts += 1;
        task.serial = self.serial;
        let ticket =
            Ticket { issuer: self.issuer.clone(), serial: self.serial, subject: Subject::Call(slot) };
        let request = task.request.clone();
        let expires = self.now + self.use_by();
        self.in_flight.push_back(InFlight { task, expires });
        // No exchange outlives its job, even where the driver cannot cancel it.
        let left = self.deadline.map_or(Duration::MAX, |deadline| deadline.since(self.now));
        Attempt { ticket, request, timeout: self.options.transport().timeout.min(left) }
    }

    /// Returns the call that was answered, or `None` if it had timed out before.
    pub(super) fn answered(
        &mut self,
        ticket: &Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<Option<Answered<T>>, ForeignTicket> {
        if ticket.issuer != self.issuer {
            return Err(ForeignTicket);
        }
        self.now = self.now.max(now);
        ticket.completion().finish(self.now, &answer);
        let index = self.in_flight.binary_search_by_key(&ticket.serial, |call| call.task.serial);
        let call = index.ok().and_then(|index| self.in_flight.remove(index));
        Ok(call.map(|call| (call.task, answer.map_err(Error::from))))
    }

    /// Decides what the result of a call means. Schedules a retry where one may help and is allowed.
    pub(super) fn classify<O>(&mut self, task: Task<T>, result: Result<O, Error>) -> Disposition<T, O> {
        let error = match result {
            Ok(output) => {
                self.successes = self.successes.saturating_add(1);
                self.place.quota().succeeded();
                return Disposition::Success(task, output);
            }
            Err(error) => error.redacted(&Secrets::of(&task.request)),
        };
        let class = error.class().unwrap_or(ErrorClass::Unexpected);
        // Access is checked before any work is done; what a refusal means is for the job to decide.
        let rejected =
            matches!(class, ErrorClass::Authentication | ErrorClass::Forbidden | ErrorClass::Refused);
        let in_doubt = !(self.idempotent || rejected || error.is_known_undone());
        let error = if in_doubt { Error::InDoubt(error.into()) } else { error };
        match class.next_step(self.successes > 0) {
            NextStep::Stop => Disposition::Hopeless(task.about, error),
            _ if in_doubt => Disposition::Failed(task.about, error),
            NextStep::Retry => self.retry(task, error),
            NextStep::Bisect => Disposition::Refused(task, error),
        }
    }

    fn retry<O>(&mut self, task: Task<T>, error: Error) -> Disposition<T, O> {
        let attempts = task.attempts;
        let is_last = attempts >= self.options.attempts();
        let budget_spent = self.retries >= self.options.retry_budget().saturating_add(self.successes);
        if self.draining || (budget_spent && !is_last) {
            return Disposition::Hopeless(task.about, exhausted(error, attempts));
        }
        if is_last {
            return Disposition::Failed(task.about, exhausted(error, attempts));
        }
        self.retries = self.retries.saturating_add(1);
        // After a pause of the quota there is no need to wait any longer.
        let is_paused = error.retry_after().is_some() || error.is_rate_limited();
        let wait = if is_paused { Duration::ZERO } else { backoff::delay(attempts, &mut self.jitter) };
        let at = self.now + wait;
        let index = self.retry_queue.partition_point(|(other, _)| *other <= at);
        self.retry_queue.insert(index, (at, task));
        Disposition::Retrying
    }

    /// Sends no new calls; those in flight may still be answered. Returns the calls that waited for a retry.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = T> + use<T> {
        self.draining = true;
        let retries = std::mem::take(&mut self.retry_queue).into_iter().map(|(_, task)| task);
        std::mem::take(&mut self.ready).into_iter().chain(retries).map(|task| task.about)
    }

    /// Drops the calls that wait for a retry.
    pub(super) fn drop_retries(&mut self) {
        self.ready.clear();
        self.retry_queue.clear();
    }

    /// Cancels the calls in flight and returns them.
    pub(super) fn abandon(&mut self) -> impl Iterator<Item = T> + use<T> {
        let in_flight = std::mem::take(&mut self.in_flight);
        self.cancelled.extend(in_flight.iter().map(|call| AttemptId(call.task.serial)));
        in_flight.into_iter().map(|call| call.task.about)
    }

    /// Returns the progress of the calls; the number of results is for the job to fill in.
    pub(super) fn progress(&self) -> Progress {
        Progress {
            done: 0,
            calls: self.sent,
            retries: self.retries.into(),
            in_flight: self.in_flight.len(),
            waiting_until: self.not_before,
            store_failures: self.place.quota().store_failures(),
        }
    }
}

fn exhausted(error: Error, attempts: u32) -> Error {
    if attempts > 1 { Error::Exhausted { attempts, last: error.into() } } else { error }
}
