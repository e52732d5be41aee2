//! What all jobs have in common: when a call may be sent, and what a failed one means.

use std::collections::{BTreeMap, VecDeque};

use super::{
    Attempt, ForeignTicket, Moment, Options, Progress, Quota, Ticket, backoff, quota::Slot, ticket::Issuer,
};
use crate::{
    Request, Response,
    error::{Delivery, Error, ErrorClass, NextStep, TransportError, TransportKind},
    types::Secrets,
};

/// One call, and what its job wants to remember about it.
pub(super) struct Task<T> {
    pub(super) about: T,
    request: Request,
    attempts: u32,
}

impl<T> Task<T> {
    pub(super) fn new(request: Request, about: T) -> Self {
        Self { about, request, attempts: 0 }
    }
}

/// A call, and what came of sending it.
pub(super) type Answered<T> = (Task<T>, Result<Response, Error>);

struct InFlight<T> {
    task: Task<T>,
    slot: Slot,
    give_up: Moment,
}

/// Where a scheduler gets the calls of its job from.
pub(super) trait Source<T> {
    /// Whether there is a call to make now.
    fn has_next(&mut self) -> bool;

    /// That call.
    fn next(&mut self) -> Option<Task<T>>;
}

/// What the job has to do next, as far as its calls go.
pub(super) enum Step<T> {
    Send(Attempt),
    /// Nothing was told of a call for too long.
    GivenUp(Task<T>, Error),
    Wait(Option<Moment>),
    /// No call is ready, asleep or in the air, and there is no fresh one.
    Idle,
}

/// What an answer does to its call.
pub(super) enum Verdict<T, O> {
    Success(T, O),
    /// It will be sent again.
    Retrying,
    /// Its content is at fault.
    Refused(T, Error),
    /// This call has failed for good.
    Failed(T, Error),
    /// And so would every further one.
    Hopeless(T, Error),
}

pub(super) struct Scheduler<T> {
    issuer: Issuer,
    options: Options,
    quota: Quota,
    idempotent: bool,
    jitter: fastrand::Rng,
    now: Moment,
    deadline: Option<Moment>,
    /// No call is sent before.
    gate: Moment,
    ready: VecDeque<Task<T>>,
    asleep: BTreeMap<(Moment, u64), Task<T>>,
    in_flight: BTreeMap<u64, InFlight<T>>,
    serial: u64,
    sent: u64,
    /// When the next call may be sent, where the quota or the gate is what it waits for.
    not_before: Option<Moment>,
    successes: u32,
    retries: u32,
    draining: bool,
}

impl<T> Scheduler<T> {
    pub(super) fn new(options: Options, quota: Quota, idempotent: bool, seed: u64) -> Self {
        Self {
            issuer: Issuer::default(),
            options,
            quota,
            idempotent,
            jitter: fastrand::Rng::with_seed(seed),
            now: Moment::EPOCH,
            deadline: None,
            gate: Moment::EPOCH,
            ready: VecDeque::new(),
            asleep: BTreeMap::new(),
            in_flight: BTreeMap::new(),
            serial: 0,
            sent: 0,
            not_before: None,
            successes: 0,
            retries: 0,
            draining: false,
        }
    }

    /// Takes note of the time. True where the job has run out of it.
    pub(super) fn is_late(&mut self, now: Moment) -> bool {
        self.now = self.now.max(now);
        let now = self.now;
        let deadline = *self.deadline.get_or_insert_with(|| {
            self.options.max_time.map_or(Moment::after_epoch(std::time::Duration::MAX), |time| now + time)
        });
        now >= deadline
    }

    /// The next step. The source is asked for a call only when it could be sent at once.
    pub(super) fn step(&mut self, source: &mut impl Source<T>) -> Step<T> {
        let now = self.now;
        if let Some(lost) = self.in_flight.first_entry().filter(|entry| entry.get().give_up <= now) {
            let InFlight { task, slot, .. } = lost.remove();
            slot.unanswered(now);
            let error = TransportError::new(TransportKind::NeverAnswered, Delivery::Unknown)
                .with_host(task.request.uri().host());
            return Step::GivenUp(task, error.into());
        }
        while let Some(sleeper) = self.asleep.first_entry().filter(|entry| entry.key().0 <= now) {
            self.ready.push_back(sleeper.remove());
        }
        let room = if self.successes > 0 { self.options.max_in_flight.get() } else { 1 };
        let may_send =
            self.in_flight.len() < room && !self.draining && (!self.ready.is_empty() || source.has_next());
        self.not_before = if !may_send {
            None
        } else if self.gate > now {
            Some(self.gate)
        } else {
            match self.quota.take(now) {
                Err(later) => Some(later),
                Ok(slot) => {
                    if let Some(task) = self.ready.pop_front().or_else(|| source.next()) {
                        return Step::Send(self.send(task, slot));
                    }
                    slot.unused();
                    None
                }
            }
        };
        let give_up = self.in_flight.first_key_value().map(|(_, call)| call.give_up);
        let awake = self.asleep.first_key_value().map(|((moment, _), _)| *moment);
        match [self.not_before, give_up, awake].into_iter().flatten().min() {
            None => Step::Idle,
            Some(until) => Step::Wait(Some(self.deadline.map_or(until, |deadline| until.min(deadline)))),
        }
    }

    fn send(&mut self, mut task: Task<T>, slot: Slot) -> Attempt {
        task.attempts += 1;
        self.sent += 1;
        self.not_before = None;
        self.serial += 1;
        let timeout = self.options.transport.timeout;
        let ticket = Ticket { issuer: self.issuer.clone(), serial: self.serial };
        let request = task.request.clone();
        let give_up = self.now + timeout + Options::GRACE;
        self.in_flight.insert(self.serial, InFlight { task, slot, give_up });
        Attempt { ticket, request, timeout }
    }

    /// The call that is answered; `None` if it was given up before.
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
        Ok(self.in_flight.remove(&ticket.serial).map(|InFlight { task, slot, .. }| {
            match &answer {
                Err(error) if error.delivery == Delivery::Unknown => slot.unanswered(self.now),
                _ => slot.answered(self.now),
            }
            (task, answer.map_err(Error::from))
        }))
    }

    /// What the result of a call does to it: sends it again where that may help, and is allowed.
    pub(super) fn judge<O>(&mut self, task: Task<T>, result: Result<O, Error>) -> Verdict<T, O> {
        let error = match result {
            Ok(output) => {
                self.successes = self.successes.saturating_add(1);
                return Verdict::Success(task.about, output);
            }
            Err(error) => error.redacted(&Secrets::of(&task.request)),
        };
        let meaning = error.class().unwrap_or(ErrorClass::Unexpected);
        let reaction = meaning.next_step(self.successes > 0);
        let retry_after = error.retry_after();
        let closed_for = retry_after.or(error.is_rate_limited().then(|| self.quota.rate().window()));
        if let Some(closed_for) = closed_for {
            self.gate = self.gate.max(self.now + closed_for);
        }
        let too_long = retry_after.is_some_and(|wait| wait > Options::MAX_RETRY_AFTER);
        // Access is checked before any work is done; what a refusal means is for the job to say.
        let turned_away =
            matches!(meaning, ErrorClass::Authentication | ErrorClass::Forbidden | ErrorClass::Refused);
        let in_doubt = !(self.idempotent || turned_away || error.is_known_undone());
        let error = if in_doubt { Error::InDoubt(error.into()) } else { error };
        match reaction {
            NextStep::Stop => Verdict::Hopeless(task.about, error),
            _ if too_long => Verdict::Hopeless(task.about, error),
            _ if in_doubt => Verdict::Failed(task.about, error),
            NextStep::Retry => self.retry(task, error),
            NextStep::Bisect => Verdict::Refused(task.about, error),
        }
    }

    fn retry<O>(&mut self, task: Task<T>, error: Error) -> Verdict<T, O> {
        let attempts = task.attempts;
        let budget_spent = self.retries >= self.options.retry_budget.saturating_add(self.successes);
        if self.draining || (budget_spent && attempts < self.options.attempts.get()) {
            return Verdict::Hopeless(task.about, exhausted(error, attempts));
        }
        if attempts >= self.options.attempts.get() {
            return Verdict::Failed(task.about, exhausted(error, attempts));
        }
        self.retries = self.retries.saturating_add(1);
        let wait = if self.gate > self.now {
            std::time::Duration::ZERO
        } else {
            backoff::delay(attempts, &mut self.jitter)
        };
        self.serial += 1;
        self.asleep.insert((self.now + wait, self.serial), task);
        Verdict::Retrying
    }

    /// No new calls; the ones in the air may still be answered. Hands back those that wait to be sent again.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = T> + use<T> {
        self.draining = true;
        let asleep = std::mem::take(&mut self.asleep).into_values();
        std::mem::take(&mut self.ready).into_iter().chain(asleep).map(|task| task.about)
    }

    /// Gives up what is in the air, too.
    pub(super) fn abandon(&mut self) -> impl Iterator<Item = T> + use<T> {
        std::mem::take(&mut self.in_flight).into_values().map(|call| call.task.about)
    }

    /// How far the calls are; what is done is for the job to say.
    pub(super) fn progress(&self) -> Progress {
        Progress {
            done: 0,
            calls: self.sent,
            retries: self.retries.into(),
            in_flight: self.in_flight.len(),
            waiting_until: self.not_before,
        }
    }
}

fn exhausted(error: Error, attempts: u32) -> Error {
    if attempts > 1 { Error::Exhausted { attempts, last: error.into() } } else { error }
}
