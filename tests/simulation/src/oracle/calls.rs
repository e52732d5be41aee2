use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use offerslook_core::{
    error::{Delivery, Error, ErrorClass, NextStep, StopCause},
    job::{Moment, Options, Progress},
};

use super::super::{
    behaviour::{Behaviour, Fault, Revocation},
    plan::{JobPlan, Kind, Plan},
    server::ReplyKind,
};
use super::{QuotaModel, Violation, check};

/// What a job was told about one call.
#[derive(Clone, Debug)]
pub(in super::super) enum Answer {
    Reply(ReplyKind, Option<Duration>),
    Failure(Delivery),
}

/// An attempt that the job waits for.
struct Live {
    ids: Vec<u64>,
    attempt: u32,
    expires: Moment,
}

/// Checks the calls of one job: when each is sent, and what the job does after its answer.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing that happened")]
pub(in super::super) struct Calls<'p> {
    plan: &'p JobPlan,
    behaviour: &'p Behaviour,
    window: Duration,
    /// The latest moment that the job was told.
    latest: Moment,
    deadline: Option<Moment>,
    /// Why nothing may be sent any more.
    closed: Option<&'static str>,
    live: BTreeMap<usize, Live>,
    /// Attempts that the job does not wait for any more, and that the driver was not told to cancel.
    abandoned: BTreeSet<usize>,
    pub(in super::super) sends: u64,
    pub(in super::super) retries: u32,
    successes: u32,
    /// An answer had a row for an id that was asked for.
    has_rows: bool,
    refusals: u32,
    lone_refusals: u32,
    /// One more retry was needed than the job may make.
    was_budget_spent: bool,
    /// Calls that may be sent again, and how often each was sent.
    to_retry: BTreeMap<Vec<u64>, Vec<u32>>,
    /// The ids of changes that may have been made.
    spent: BTreeSet<u64>,
    pub(in super::super) was_stopped: bool,
    /// A call brought something else than rows.
    pub(in super::super) was_disturbed: bool,
}

const FIRST_BACKOFF: Duration = Duration::from_millis(500);
const MAX_BACKOFF: Duration = Duration::from_secs(30);

impl<'p> Calls<'p> {
    pub(in super::super) fn new(plan: &'p Plan, job: &'p JobPlan) -> Self {
        Self {
            plan: job,
            behaviour: &plan.server,
            window: plan.quota.window(),
            latest: Moment::EPOCH,
            deadline: None,
            closed: None,
            live: BTreeMap::new(),
            abandoned: BTreeSet::new(),
            sends: 0,
            retries: 0,
            successes: 0,
            has_rows: false,
            refusals: 0,
            lone_refusals: 0,
            was_budget_spent: false,
            to_retry: BTreeMap::new(),
            spent: BTreeSet::new(),
            was_stopped: false,
            was_disturbed: false,
        }
    }

    /// Returns `true` if a change of this id may have been made.
    pub(in super::super) fn is_spent(&self, id: u64) -> bool {
        self.spent.contains(&id)
    }

    /// Returns `true` if somebody else ended the job early.
    pub(in super::super) fn is_stopped_or_late(&self) -> bool {
        self.was_stopped || self.is_late()
    }

    pub(in super::super) fn is_closed(&self) -> bool {
        self.closed.is_some() || self.is_late()
    }

    fn is_late(&self) -> bool {
        self.deadline.is_some_and(|deadline| self.latest >= deadline)
    }

    /// The job is polled.
    pub(in super::super) fn polled(&mut self, now: Moment) {
        self.latest = self.latest.max(now);
        if let Some(max_time) = self.plan.max_time {
            self.deadline.get_or_insert(self.latest + max_time);
        }
        if self.is_late() {
            self.abandon();
        }
    }

    /// The job does not wait for its calls any more. Returns `true` if there were any.
    pub(in super::super) fn abandon(&mut self) -> bool {
        let any = !self.live.is_empty();
        self.abandoned.extend(std::mem::take(&mut self.live).into_keys());
        any
    }

    pub(in super::super) fn stopped(&mut self) {
        self.was_stopped = true;
        self.closed = Some("it was stopped");
        self.abandon();
    }

    /// The job tells its driver to cancel an attempt.
    pub(in super::super) fn cancelled(&mut self, flight: usize) -> Result<(), Violation> {
        if self.abandoned.remove(&flight) {
            return Ok(());
        }
        let Some(live) = self.live.remove(&flight) else {
            let what = format!("call {flight} is cancelled, though it is over or was cancelled before");
            return Err(Violation { promise: "8 (cancel once)", what });
        };
        let is_over = self.is_closed() || self.plan.kind == Kind::Numbers;
        check(live.expires <= self.latest || is_over, "8 (cancel)", || {
            format!("call {flight} is cancelled at {:?}, and has until {:?}", self.latest, live.expires)
        })?;
        self.was_disturbed |= live.expires <= self.latest;
        // A change is in doubt now.
        if !self.plan.kind.is_change() {
            self.may_be_retried(live);
        }
        Ok(())
    }

    fn none_is_expired(&self) -> Result<(), Violation> {
        let expired = self.live.iter().find(|(_, live)| live.expires <= self.latest);
        check(expired.is_none(), "8 (cancel)", || {
            format!("call {:?} has timed out and is not cancelled", expired.map(|(flight, _)| flight))
        })
    }

    /// The job yields the error that ends it.
    pub(in super::super) fn ended(&mut self, error: &Error, quota: &QuotaModel) -> Result<(), Violation> {
        let class = error.class();
        let is_justified = match error {
            Error::Stopped(StopCause::Requested) => self.was_stopped,
            Error::Stopped(StopCause::DeadlinePassed) => self.is_late(),
            _ if class == Some(ErrorClass::RateLimited) && quota.was_paused_too_long() => true,
            _ if class.is_some_and(|class| class.next_step(true) == NextStep::Bisect) => {
                self.refuses_everything() || self.closed.is_some()
            }
            _ => self.closed.is_some() || self.was_budget_spent || quota.was_paused_too_long(),
        };
        self.closed.get_or_insert("it has ended");
        check(is_justified || self.plan.ids.contains(&0), "7 (no job ends without need)", || {
            format!("it ends with: {error}")
        })
    }

    /// Returns `true` if the job may believe that not the ids are at fault, but the job.
    fn refuses_everything(&self) -> bool {
        let mut faults = self.behaviour.possible_faults();
        let may_refuse = self.behaviour.refuses_after.is_some()
            || self.behaviour.anonymous_rows > 0
            || matches!(self.behaviour.revoked_after, Some((_, Revocation::Forbidden)))
            || faults.any(|fault| matches!(fault, Fault::Refused(_)));
        let is_spoiled = self.behaviour.spoiled.is_some_and(|spoiled| spoiled.are_refused);
        (self.plan.kind.is_change() && self.refusals >= 16)
            || ((may_refuse || is_spoiled) && self.refusals >= 3)
            || (!self.has_rows && self.lone_refusals >= 16)
    }

    /// The job sends a call.
    pub(in super::super) fn sent(
        &mut self,
        flight: usize,
        ids: Vec<u64>,
        timeout: Duration,
    ) -> Result<(), Violation> {
        self.sends += 1;
        let plan = self.plan;
        if let Some(why) = self.closed {
            return Err(Violation { promise: "7", what: format!("a call is sent although {why}") });
        }
        check(!self.is_late(), "8", || "a call is sent after the deadline".to_owned())?;
        let left = self.deadline.map_or(Duration::MAX, |deadline| deadline.since(self.latest));
        check(timeout == plan.timeout.min(left), "8", || format!("the timeout is {timeout:?}"))?;
        let room = if self.successes > 0 { plan.max_in_flight } else { 1 };
        check(self.live.len() < room, "3", || format!("{} calls are in flight already", self.live.len()))?;
        let most = if plan.kind.is_call() { plan.ids.len() } else { plan.max_ids() };
        check(ids.len() <= most, "1", || format!("a call carries {} ids", ids.len()))?;
        check(!ids.contains(&0), "1", || "a call carries the id 0".to_owned())?;
        if plan.kind.is_change() {
            for id in &ids {
                check(self.spent.insert(*id), "4", || format!("the change of offer {id} is sent again"))?;
            }
        }
        let earlier = self.to_retry.get_mut(&ids).and_then(Vec::pop).unwrap_or(0);
        if earlier > 0 {
            self.retries += 1;
            let most = plan.retry_budget.saturating_add(self.successes);
            check(self.retries <= most, "7", || format!("retry {} of {most}", self.retries))?;
        }
        let expires = self.latest + plan.timeout + Options::GRACE;
        self.live.insert(flight, Live { ids, attempt: earlier + 1, expires });
        Ok(())
    }

    /// The job is told of a call, whether it cares or not.
    pub(in super::super) fn told(&mut self, now: Moment) {
        self.latest = self.latest.max(now);
    }

    /// The job took this answer.
    pub(in super::super) fn answered(&mut self, flight: usize, answer: &Answer) -> Result<(), Violation> {
        let Some(live) = self.live.remove(&flight) else {
            return Err(Violation { promise: "1", what: "an answer counts that came too late".to_owned() });
        };
        let is_change = self.plan.kind.is_change();
        let kind = match answer {
            Answer::Failure(delivery) => {
                self.was_disturbed = true;
                match delivery {
                    Delivery::NotSent => self.undone(live),
                    Delivery::Unknown if is_change => {}
                    Delivery::Unknown => self.may_be_retried(live),
                }
                return Ok(());
            }
            Answer::Reply(kind, _) => kind,
        };
        self.was_disturbed |= !matches!(kind, ReplyKind::Rows(_) | ReplyKind::Page(..) | ReplyKind::PastEnd);
        match kind {
            ReplyKind::Rows(rows) => {
                self.successes += 1;
                self.has_rows |= !rows.usable.is_empty();
            }
            ReplyKind::Page(..) => self.successes += 1,
            ReplyKind::Limited | ReplyKind::TurnedAway => self.undone(live),
            ReplyKind::Transient if is_change => {}
            ReplyKind::Transient => self.may_be_retried(live),
            ReplyKind::Denied(403) if self.successes > 0 => self.refused(&live),
            ReplyKind::Denied(_) => {
                // Access is checked before any work is done.
                self.forget(&live);
                self.closed.get_or_insert("the key is not accepted");
            }
            // The change may have been made.
            ReplyKind::Undecodable if is_change => self.refusals += 1,
            ReplyKind::Refused | ReplyKind::PastEnd | ReplyKind::Undecodable => self.refused(&live),
            ReplyKind::Foreign => {
                self.closed.get_or_insert("it is not the API that answers");
            }
        }
        Ok(())
    }

    /// A refusal of one id says that nothing was done.
    fn refused(&mut self, live: &Live) {
        self.refusals += 1;
        if live.ids.len() == 1 {
            self.lone_refusals += 1;
            self.forget(live);
        }
        if self.plan.kind.is_call() {
            self.closed.get_or_insert("the call was refused");
        }
    }

    fn forget(&mut self, live: &Live) {
        for id in &live.ids {
            self.spent.remove(id);
        }
    }

    fn undone(&mut self, live: Live) {
        self.forget(&live);
        self.may_be_retried(live);
    }

    fn may_be_retried(&mut self, live: Live) {
        if live.attempt <= self.plan.retries {
            self.to_retry.entry(live.ids).or_default().push(live.attempt);
        }
        let planned: usize = self.to_retry.values().map(Vec::len).sum();
        let planned = u32::try_from(planned).unwrap_or(u32::MAX);
        self.was_budget_spent |=
            self.retries + planned > self.plan.retry_budget.saturating_add(self.successes);
    }

    /// The job waits.
    pub(in super::super) fn waits(
        &mut self,
        until: Option<Moment>,
        quota: &QuotaModel,
        progress: Progress,
    ) -> Result<(), Violation> {
        self.none_is_expired()?;
        if progress.in_flight == 0 && (self.closed.is_some() || self.plan.kind == Kind::Numbers) {
            self.abandon();
        }
        check(progress.in_flight == self.live.len(), "3", || {
            format!("{} calls are in flight, and it says {}", self.live.len(), progress.in_flight)
        })?;
        self.counts(progress)?;
        let latest = self.latest;
        let Some(until) = until else {
            return check(!self.live.is_empty(), "8", || "it waits for nothing".to_owned());
        };
        check(until > latest, "8", || format!("it waits until {until:?}, and it is {latest:?}"))?;
        check(self.deadline.is_none_or(|deadline| until <= deadline), "8", || {
            format!("it waits until {until:?}, beyond the deadline")
        })?;
        let longest = (2 * self.window)
            .max(self.plan.timeout + Options::GRACE)
            .max(Options::MAX_RETRY_AFTER)
            .max(MAX_BACKOFF);
        let wait = until.since(quota.latest.max(latest));
        check(wait <= longest, "8", || format!("it waits for {wait:?}"))?;
        if self.live.is_empty() && progress.waiting_until.is_none() {
            let attempts = self.to_retry.values().flatten().max().copied().unwrap_or(0);
            let doubled = FIRST_BACKOFF * 2_u32.saturating_pow(attempts.saturating_sub(1));
            let wait = until.since(latest);
            check(wait <= doubled.min(MAX_BACKOFF), "8", || {
                format!("it backs off for {wait:?} after {attempts} attempts")
            })?;
        }
        Ok(())
    }

    /// The job is done.
    pub(in super::super) fn finish(&mut self, progress: Progress) -> Result<(), Violation> {
        check(progress.in_flight == 0, "1", || format!("done, and says {progress:?}"))?;
        self.abandon();
        self.counts(progress)
    }

    fn counts(&self, progress: Progress) -> Result<(), Violation> {
        check(progress.calls == self.sends, "1", || format!("{} calls were sent: {progress:?}", self.sends))
    }
}
