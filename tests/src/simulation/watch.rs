use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use offerslook_core::{
    error::{Delivery, Error, StopCause},
    job::{Moment, Options, Progress},
};

use super::{
    broken::{Broken, check},
    plan::{JobPlan, Kind},
    server::Meant,
};

/// What a job was told about one call.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Reply(Meant, Option<Duration>),
    Failure(Delivery),
}

/// One sending that the job waits for.
struct Live {
    ids: Vec<u64>,
    attempt: u32,
    expires: Moment,
}

/// Watches the calls of one job: when each is sent, and what the job may do after its answer.
pub(super) struct Watch<'p> {
    plan: &'p JobPlan,
    window: Duration,
    /// The latest moment that the job was told.
    latest: Moment,
    deadline: Option<Moment>,
    /// Nothing may be sent before.
    gate: Moment,
    /// Why nothing may be sent any more.
    closed: Option<&'static str>,
    live: BTreeMap<usize, Live>,
    /// Those whose time is over. The job gives them up as soon as it looks after its calls.
    lost: BTreeMap<usize, Live>,
    pub(super) sends: u64,
    successes: u32,
    pub(super) retries: u32,
    refusals: u32,
    /// One more repeat was needed than the job may make.
    was_budget_spent: bool,
    /// The calls that may be sent again, and how often they were sent.
    to_repeat: BTreeMap<Vec<u64>, Vec<u32>>,
    /// The ids of changes that may have been made.
    spent: BTreeSet<u64>,
    was_asked_to_stop: bool,
    /// A call brought something else than rows.
    pub(super) was_disturbed: bool,
}

/// As long as a job may wait before a second attempt, and as long as ever, where neither the quota nor the gate holds it back.
const FIRST_BACKOFF: Duration = Duration::from_millis(500);
const LONGEST_BACKOFF: Duration = Duration::from_secs(30);

impl<'p> Watch<'p> {
    pub(super) fn new(plan: &'p JobPlan, window: Duration) -> Self {
        Self {
            plan,
            window,
            latest: Moment::EPOCH,
            deadline: None,
            gate: Moment::EPOCH,
            closed: None,
            live: BTreeMap::new(),
            lost: BTreeMap::new(),
            sends: 0,
            successes: 0,
            retries: 0,
            refusals: 0,
            was_budget_spent: false,
            to_repeat: BTreeMap::new(),
            spent: BTreeSet::new(),
            was_asked_to_stop: false,
            was_disturbed: false,
        }
    }

    pub(super) fn is_spent(&self, id: u64) -> bool {
        self.spent.contains(&id)
    }

    /// Whether somebody else ended the job early.
    pub(super) fn was_asked_to_stop(&self) -> bool {
        self.was_asked_to_stop || self.is_late()
    }

    fn is_late(&self) -> bool {
        self.deadline.is_some_and(|deadline| self.latest >= deadline)
    }

    /// The job is asked what to do. Hands back the sendings that it gives up by itself.
    pub(super) fn asked(&mut self, now: Moment) -> Vec<usize> {
        self.latest = self.latest.max(now);
        if let Some(max_time) = self.plan.max_time {
            self.deadline.get_or_insert(self.latest + max_time);
        }
        let all = self.is_late();
        let latest = self.latest;
        let lost: BTreeMap<_, _> =
            self.live.extract_if(.., |_, live| all || live.expires <= latest).collect();
        self.was_disturbed |= !lost.is_empty();
        let flights = lost.keys().copied().collect();
        self.lost.extend(lost);
        flights
    }

    /// The job has looked after its calls.
    fn give_up_lost(&mut self) {
        for (_, live) in std::mem::take(&mut self.lost) {
            // A change is of unknown fate now.
            if !self.plan.kind.changes() {
                self.may_be_repeated(live);
            }
        }
    }

    /// The job has given up all that was in the air, having what it needs.
    pub(super) fn let_go(&mut self) -> bool {
        !std::mem::take(&mut self.live).is_empty()
    }

    pub(super) fn stopped(&mut self) {
        self.was_asked_to_stop = true;
        self.closed = Some("it was stopped");
        self.live.clear();
        self.lost.clear();
    }

    /// The job has handed out its last word on why it ends.
    pub(super) fn ended(&mut self, error: &Error) -> Result<(), Broken> {
        self.give_up_lost();
        let justified = match error {
            Error::Stopped(StopCause::Requested) => self.was_asked_to_stop,
            Error::Stopped(StopCause::DeadlinePassed) => self.is_late(),
            // Both must be seen from outside, or it is a guess.
            _ => self.closed.is_some() || self.was_budget_spent || self.refusals >= 16,
        };
        self.closed.get_or_insert("it has ended");
        check(justified, "7", || format!("the job ends without need: {error}"))
    }

    pub(super) fn sent(&mut self, flight: usize, ids: Vec<u64>, timeout: Duration) -> Result<(), Broken> {
        self.sends += 1;
        self.give_up_lost();
        let plan = self.plan;
        if let Some(why) = self.closed {
            return Err(Broken { promise: "7", what: format!("a call is sent although {why}") });
        }
        check(!self.is_late(), "8", || "a call is sent after the deadline".to_owned())?;
        check(self.latest >= self.gate, "8", || {
            format!("a call is sent at {:?}, and the gate is closed until {:?}", self.latest, self.gate)
        })?;
        let room = if self.successes > 0 { plan.max_in_flight.get() } else { 1 };
        check(self.live.len() < room, "3", || format!("{} calls are in the air already", self.live.len()))?;
        let most = match plan.kind {
            Kind::Links => plan.ids_per_request.get().min(Options::MAX_IDS_PER_CALL),
            Kind::Applications => plan.ids_per_request.get().min(100),
            Kind::OneLink | Kind::OneApplication => plan.ids.len(),
            Kind::Numbers => 1,
        };
        check(ids.len() <= most, "1", || format!("a call carries {} ids", ids.len()))?;
        if plan.kind.changes() {
            for id in &ids {
                check(self.spent.insert(*id), "4", || format!("the change of offer {id} is sent again"))?;
            }
        }
        let earlier = self.to_repeat.get_mut(&ids).and_then(Vec::pop).unwrap_or(0);
        if earlier > 0 {
            self.retries += 1;
            let most = plan.retry_budget.saturating_add(self.successes);
            check(self.retries <= most, "7", || format!("repeat {} of {most}", self.retries))?;
        }
        let expires = self.latest + timeout + Options::GRACE;
        self.live.insert(flight, Live { ids, attempt: earlier + 1, expires });
        Ok(())
    }

    /// The job is told of a call, whether it cares or not.
    pub(super) fn told(&mut self, now: Moment) {
        self.latest = self.latest.max(now);
    }

    /// The job took this answer.
    pub(super) fn answered(&mut self, flight: usize, answer: Answer) -> Result<(), Broken> {
        let Some(live) = self.live.remove(&flight).or_else(|| self.lost.remove(&flight)) else {
            return Err(Broken { promise: "1", what: "an answer counts that came too late".to_owned() });
        };
        let idempotent = !self.plan.kind.changes();
        self.was_disturbed |= !matches!(answer, Answer::Reply(Meant::Rows { .. } | Meant::Page { .. }, _));
        match answer {
            Answer::Failure(Delivery::NotSent) => self.undone(live),
            Answer::Failure(_) if idempotent => self.may_be_repeated(live),
            Answer::Failure(_) => {}
            Answer::Reply(meant, pause) => {
                let closed_for = pause.or((meant == Meant::Limited).then_some(self.window));
                if let Some(closed_for) = closed_for {
                    self.gate = self.gate.max(self.latest + closed_for);
                }
                if pause.is_some_and(|pause| pause > Options::MAX_RETRY_AFTER) {
                    self.closed.get_or_insert("the service asked to wait for too long");
                }
                self.replied(live, meant);
            }
        }
        Ok(())
    }

    fn replied(&mut self, live: Live, meant: Meant) {
        let idempotent = !self.plan.kind.changes();
        match meant {
            Meant::Rows { .. } | Meant::Page { .. } => self.successes += 1,
            Meant::Limited | Meant::TurnedAway => self.undone(live),
            Meant::Trouble if idempotent => self.may_be_repeated(live),
            Meant::Trouble => {}
            Meant::Denied(403) if self.successes > 0 => self.refused(&live),
            Meant::Denied(_) => {
                // Access is checked before any work is done.
                self.forget(&live);
                self.closed.get_or_insert("the key is not accepted");
            }
            Meant::Refused => self.refused(&live),
            Meant::Unreadable => {
                if idempotent {
                    self.refused(&live);
                }
            }
            Meant::Strange => {
                self.closed.get_or_insert("it is not the API that answers");
            }
        }
    }

    /// A refusal of one id says that nothing was done.
    fn refused(&mut self, live: &Live) {
        self.refusals += 1;
        if live.ids.len() == 1 {
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
        self.may_be_repeated(live);
    }

    fn may_be_repeated(&mut self, live: Live) {
        if live.attempt < self.plan.attempts.get() {
            self.to_repeat.entry(live.ids).or_default().push(live.attempt);
        }
        let planned: usize = self.to_repeat.values().map(Vec::len).sum();
        let planned = u32::try_from(planned).unwrap_or(u32::MAX);
        self.was_budget_spent |=
            self.retries + planned > self.plan.retry_budget.saturating_add(self.successes);
    }

    /// The job waits. The quota goes by the latest moment that any job was told.
    pub(super) fn waits(
        &mut self,
        until: Option<Moment>,
        latest_of_all: Moment,
        progress: Progress,
    ) -> Result<(), Broken> {
        self.give_up_lost();
        let (latest, timeout) = (self.latest, self.plan.timeout);
        let Some(until) = until else {
            return check(!self.live.is_empty(), "8", || "it waits for nothing".to_owned());
        };
        check(until > latest, "8", || format!("it waits until {until:?}, and it is {latest:?}"))?;
        check(self.deadline.is_none_or(|deadline| until <= deadline), "8", || {
            format!("it waits until {until:?}, beyond the deadline")
        })?;
        let longest = (2 * self.window)
            .max(timeout + Options::GRACE)
            .max(Options::MAX_RETRY_AFTER)
            .max(LONGEST_BACKOFF);
        let wait = until.since(latest_of_all);
        check(wait <= longest, "8", || format!("it waits for {wait:?}"))?;
        if self.live.is_empty() && progress.waiting_until.is_none() {
            let attempts = self.to_repeat.values().flatten().max().copied().unwrap_or(0);
            let doubled = FIRST_BACKOFF * 2_u32.pow(attempts.saturating_sub(1));
            let wait = until.since(latest);
            check(wait <= doubled.min(LONGEST_BACKOFF), "8", || {
                format!("it backs off for {wait:?} after {attempts} attempts")
            })?;
        }
        check(progress.in_flight == self.live.len(), "3", || {
            format!("{} calls are in the air, and it says {}", self.live.len(), progress.in_flight)
        })?;
        self.counts(progress)
    }

    pub(super) fn counts(&self, progress: Progress) -> Result<(), Broken> {
        check(progress.calls == self.sends, "1", || format!("{} calls were sent: {progress:?}", self.sends))
    }
}
