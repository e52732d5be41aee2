use std::{fmt::Debug, time::Duration};

use arbitrary::Arbitrary;
use offerslook_core::{
    Delivery, Response, TransportError, TransportKind,
    job::{Action, Attempt, AttemptId, Job, Moment, Options, Quota, Rate, Ticket},
};

/// What a job is told about a call.
pub type Answer = Result<Response, TransportError>;

/// How a server and a driver behave. Whatever runs out starts again.
#[derive(Arbitrary, Debug)]
pub struct Script {
    /// How the server answers one call after the other.
    pub replies: Vec<Reply>,
    /// Which of the calls in flight is answered next, and how many milliseconds later. A clock may go backwards.
    steps: Vec<(u8, i16)>,
    /// After how many steps the job is stopped.
    stop_after: Option<u16>,
    limits: Limits,
}

/// How a server answers one call.
#[derive(Arbitrary, Clone, Debug)]
pub enum Reply {
    /// As documented.
    Honest,
    /// The same, but too late or never: the driver reports nothing before the job cancels the call.
    Silence,
    /// Without a body.
    Status { status: u16, retry_after: Option<String> },
    /// No response. Where it was not sent, the server did not see the request.
    Failure { kind: u8, is_sent: bool },
    /// Any body, which starts like a good one.
    Rows { status: u16, data: String },
    /// Any body.
    Body { status: u16, body: String },
}

impl Reply {
    /// Whether no program could take it for an answer to the call.
    pub fn is_honest_or_failure(&self) -> bool {
        match self {
            Self::Honest | Self::Silence | Self::Failure { .. } => true,
            Self::Status { status, .. } => valid(*status) == 429 || valid(*status) >= 500,
            Self::Rows { .. } | Self::Body { .. } => false,
        }
    }
}

/// The options of a job, and its rate.
#[derive(Arbitrary, Debug)]
pub struct Limits {
    in_flight: u8,
    pub ids_per_call: u8,
    retries: u8,
    retry_budget: u8,
    timeout: u16,
    max_time: Option<u16>,
    pub trust_missing_rows: bool,
    calls: u8,
    window: u16,
}

impl Limits {
    pub fn rate(&self) -> Rate {
        Rate::new(u32::from(self.calls % 16) + 1, Duration::from_millis(u64::from(self.window) + 1))
            .expect("neither is zero")
    }

    fn max_in_flight(&self) -> usize {
        usize::from(self.in_flight % 8) + 1
    }
}

impl Script {
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub fn is_stopped(&self) -> bool {
        self.stop_after.is_some() || self.limits.max_time.is_some()
    }

    /// Returns options within their bounds, and a quota.
    pub fn options(&self) -> (Options, Quota) {
        let limits = &self.limits;
        let mut options = Options::builder()
            .max_in_flight(limits.max_in_flight())
            .ids_per_request(usize::from(limits.ids_per_call % 24) + 1)
            .retries(u32::from(limits.retries % 6))
            .retry_budget(limits.retry_budget.into())
            .timeout(Duration::from_millis(limits.timeout.into()))
            .trust_missing_rows(limits.trust_missing_rows);
        if let Some(seconds) = limits.max_time {
            options = options.max_time(Duration::from_secs(seconds.into()));
        }
        (options.build().expect("within bounds"), Quota::new(limits.rate()))
    }
}

/// A run that has not ended by then does not end.
const MAX_STEPS: u32 = 100_000;
const MAX_TIME: Duration = Duration::from_hours(1_000);

struct Run<'s> {
    script: &'s Script,
    latest: Duration,
    in_flight: Vec<(Ticket, Option<Answer>)>,
    sent: Vec<Duration>,
    succeeded: bool,
    step: usize,
}

/// Drives a job to its end, and returns what it yields. Asserts that it ends, keeps its limits and misuses no ticket.
pub fn drive<J: Job<Item: Debug>>(
    job: &mut J,
    script: &Script,
    mut serve: impl FnMut(&Attempt, &Reply) -> Answer,
) -> Vec<J::Item> {
    let mut items = Vec::new();
    let mut run = Run {
        script,
        latest: Duration::ZERO,
        in_flight: Vec::new(),
        sent: Vec::new(),
        succeeded: false,
        step: 0,
    };
    let mut replies = script.replies.iter().cycle();
    for step in 0..MAX_STEPS {
        if script.stop_after.is_some_and(|stop| u32::from(stop) == step) {
            job.stop(run.now());
        }
        match job.next(run.now()) {
            Action::Send(attempt) => {
                let reply = replies.next().unwrap_or(&Reply::Honest);
                let answer = (!matches!(reply, Reply::Silence)).then(|| serve(&attempt, reply));
                run.send(attempt, answer);
            }
            Action::Item(item) => items.push(item),
            Action::Cancel(id) => run.cancel(job, id),
            Action::Quota(_) => panic!("a local quota is never asked for"),
            Action::Wait { until } => run.wait(job, until),
            Action::Done => {
                assert!(run.in_flight.is_empty(), "calls in flight after the end");
                assert!(matches!(job.next(run.now()), Action::Done), "no end ever after");
                return items;
            }
        }
        assert!(run.latest < MAX_TIME, "the job takes too long");
    }
    panic!("the job does not end");
}

impl Run<'_> {
    fn now(&self) -> Moment {
        Moment::after_epoch(self.latest)
    }

    fn send(&mut self, attempt: Attempt, answer: Option<Answer>) {
        self.in_flight.push((attempt.ticket, answer));
        let limits = &self.script.limits;
        let most = if self.succeeded { limits.max_in_flight() } else { 1 };
        assert!(self.in_flight.len() <= most, "{} calls in flight", self.in_flight.len());
        self.sent.push(self.latest);
        let (rate, calls) = (limits.rate(), self.sent.len());
        if let Some(before) = calls.checked_sub(1 + rate.calls().get() as usize) {
            assert!(self.latest - self.sent[before] >= rate.window(), "over the rate limit");
        }
    }

    /// Ends a call. A late answer is ignored.
    fn cancel<J: Job>(&mut self, job: &mut J, id: AttemptId) {
        let place = self.in_flight.iter().position(|(ticket, _)| ticket.id() == id);
        let (ticket, answer) = self.in_flight.remove(place.expect("only a call in flight is cancelled"));
        if let Some(answer) = answer {
            job.answered(ticket, self.now(), answer).expect("its own ticket");
        }
    }

    /// Answers a call, or lets time pass.
    fn wait<J: Job>(&mut self, job: &mut J, until: Option<Moment>) {
        let steps = &self.script.steps;
        let (which, after) = steps.get(self.step % steps.len().max(1)).copied().unwrap_or((0, 100));
        self.step += 1;
        let answered: Vec<_> =
            (0..self.in_flight.len()).filter(|place| self.in_flight[*place].1.is_some()).collect();
        // The top bit decides between an answer and the time, where both are possible.
        if !answered.is_empty() && (which < 192 || until.is_none()) {
            let (ticket, answer) = self.in_flight.remove(answered[usize::from(which) % answered.len()]);
            let answer = answer.expect("it was filtered");
            let shown =
                self.latest.saturating_sub(Duration::from_millis(u64::from(after.min(0).unsigned_abs())));
            self.latest += Duration::from_millis(u64::from(after.max(0).unsigned_abs()));
            let shown = if after < 0 { shown } else { self.latest };
            self.succeeded |= answer.as_ref().is_ok_and(|response| response.status().is_success());
            if which % 2 == 0 {
                ticket.completion().finish(Moment::after_epoch(shown), &answer);
            }
            job.answered(ticket, Moment::after_epoch(shown), answer).expect("its own ticket");
        } else {
            let until = until.expect("the job waits for nothing").since_epoch();
            assert!(until > self.latest, "the job waits for a moment that has passed");
            self.latest = until + Duration::from_millis(u64::from(after.max(0).unsigned_abs()));
        }
    }
}

/// Returns what a job is told: `honest` where the server answers as documented, with `start` before the data of any
/// other answer.
pub fn answer(reply: &Reply, honest: impl FnOnce() -> String, start: &str) -> Answer {
    let (status, body, retry_after) = match reply {
        Reply::Honest => (200, honest(), None),
        Reply::Silence => unreachable!("it has no answer"),
        Reply::Status { status, retry_after } => (*status, String::new(), retry_after.as_deref()),
        Reply::Failure { kind, is_sent } => {
            let kinds = [
                TransportKind::Connect,
                TransportKind::Timeout,
                TransportKind::Interrupted,
                TransportKind::BodyTooLarge,
                TransportKind::Malformed,
                TransportKind::Certificate,
                TransportKind::Unsendable,
                TransportKind::NeverAnswered,
            ];
            let delivery = if *is_sent { Delivery::Unknown } else { Delivery::NotSent };
            return Err(TransportError::new(kinds[usize::from(*kind) % kinds.len()], delivery));
        }
        Reply::Rows { status, data } => (*status, format!("{start}{data}"), None),
        Reply::Body { status, body } => (*status, body.clone(), None),
    };
    let mut response = http::Response::builder().status(valid(status));
    if let Some(value) = retry_after.and_then(|text| http::HeaderValue::from_str(text).ok()) {
        response = response.header("retry-after", value);
    }
    Ok(response.body(body.into_bytes().into()).expect("status and headers are valid"))
}

/// Most answers are successes.
fn valid(status: u16) -> u16 {
    if status % 2 == 0 { 200 } else { 100 + status % 900 }
}
