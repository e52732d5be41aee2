//! The programs, their hosts, the store, the service and the networks in between.

use std::{collections::BTreeMap, ops::RangeInclusive, time::Duration};

use fastrand::Rng;
use offerslook_core::{
    Account, Credentials, Delivery, Network, Response, TransportError, TransportKind,
    affiliate::batches::GetTrackingLinks,
    job::{
        Action, AttemptId, Batch, Completion, Fallback, Job, Jobs, Moment, OnReply, Options, OptionsBuilder,
        Quota, QuotaRequest, QuotaStore, Rate, StoreError, StoreErrorKind, StoreReply, Ticket,
    },
};

use crate::store::Store;

type Links = Batch<GetTrackingLinks, Box<dyn Iterator<Item = u64>>>;

/// The store is asked by the world.
pub(crate) struct AskedByTheWorld;

impl QuotaStore for AskedByTheWorld {
    fn ask(&self, _: QuotaRequest, _: Duration, _: OnReply) {
        panic!("the driver asks it");
    }
}

pub(crate) fn account() -> Account {
    let credentials = Credentials::affiliate("affiliate@example.com", "0123456789abcdef").unwrap();
    Account::new("acme".parse::<Network>().unwrap().into(), credentials)
}

/// How messages to and from the store travel.
#[derive(Clone)]
pub(crate) struct StoreLine {
    pub(crate) delay: RangeInclusive<u64>,
    /// Of 1,000 messages, how many are lost, and how many come twice.
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
}

pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) line: StoreLine,
    pub(crate) rng: Rng,
    pub(crate) now: Duration,
    rate: Rate,
    programs: Vec<Program>,
    events: BTreeMap<(Duration, u64), Event>,
    serial: u64,
    pub(crate) arrivals: Vec<(usize, Duration)>,
    /// Calls of a program and until when it is out of reach of the store.
    pub(crate) cut_off: BTreeMap<usize, Duration>,
    /// How the calls travel: to the service and back, in milliseconds, and of 1,000 how many get no answer.
    pub(crate) trip: RangeInclusive<u64>,
    pub(crate) unanswered: u64,
    /// Of 1,000 answers, how many ask for a pause of this many seconds.
    pub(crate) pauses: (u64, u64),
}

pub(crate) struct Program {
    job: Option<Links>,
    timeout: Duration,
    /// What its clock showed at the beginning.
    clock: Duration,
    pending: BTreeMap<AttemptId, (Ticket, Completion)>,
    asked: BTreeMap<u64, Ticket>,
    turn: u64,
    pub(crate) outcomes: usize,
    pub(crate) calls: usize,
    pub(crate) error: Option<offerslook_core::Error>,
    pub(crate) ended: Option<Duration>,
}

enum Event {
    Poll {
        program: usize,
        turn: u64,
    },
    Arrive {
        program: usize,
        id: AttemptId,
        ids: Vec<u64>,
        back: Option<Duration>,
    },
    Answer {
        program: usize,
        id: AttemptId,
        answer: Result<Response, TransportError>,
    },
    AtStore {
        program: usize,
        ask: u64,
        request: QuotaRequest,
    },
    Reply {
        program: usize,
        ask: u64,
        reply: Result<StoreReply, StoreError>,
    },
    Kill(usize),
    /// The store restarts with the data that it had at an earlier time.
    Restart(Box<Store>),
    Snapshot {
        restart_at: Duration,
    },
}

impl World {
    pub(crate) fn new(seed: u64, rate: Rate) -> Self {
        Self {
            store: Store::new(rate),
            line: StoreLine { delay: 1..=5, lost: 0, doubled: 0 },
            rng: Rng::with_seed(seed),
            now: Duration::ZERO,
            rate,
            programs: Vec::new(),
            events: BTreeMap::new(),
            serial: 0,
            arrivals: Vec::new(),
            cut_off: BTreeMap::new(),
            trip: 10..=300,
            unanswered: 0,
            pauses: (0, 0),
        }
    }

    pub(crate) fn options() -> OptionsBuilder {
        Options::builder().ids_per_request(1).retry_budget(100_000).trust_missing_rows(true)
    }

    /// Starts a program that asks for this many ids, one per call.
    pub(crate) fn start(
        &mut self,
        at: Duration,
        ids: u64,
        options: OptionsBuilder,
        fallback: Fallback,
    ) -> usize {
        let options = options.build().unwrap();
        let timeout = options.transport().timeout;
        let quota = Quota::stored(self.rate, AskedByTheWorld, fallback);
        let jobs = Jobs::new(account(), options, quota, self.rng.u64(..));
        let ids: Box<dyn Iterator<Item = u64>> = Box::new(1..=ids);
        let program = self.programs.len();
        self.programs.push(Program {
            job: Some(jobs.links(ids)),
            timeout,
            clock: Duration::from_millis(self.rng.u64(0..10_000_000)),
            pending: BTreeMap::new(),
            asked: BTreeMap::new(),
            turn: 0,
            outcomes: 0,
            calls: 0,
            error: None,
            ended: None,
        });
        self.schedule(at, Event::Poll { program, turn: 0 });
        program
    }

    pub(crate) fn kill(&mut self, program: usize, at: Duration) {
        self.schedule(at, Event::Kill(program));
    }

    /// The store restarts with the data of an earlier time.
    pub(crate) fn restart(&mut self, data_of: Duration, at: Duration) {
        self.schedule(data_of, Event::Snapshot { restart_at: at });
    }

    pub(crate) fn program(&self, program: usize) -> &Program {
        &self.programs[program]
    }

    /// How often in a row the store did not reply to a program that runs.
    pub(crate) fn store_failures(&self, program: usize) -> Option<u32> {
        self.programs[program].job.as_ref().map(|job| job.progress().store_failures)
    }

    fn schedule(&mut self, at: Duration, event: Event) {
        self.serial += 1;
        self.events.insert((at.max(self.now), self.serial), event);
    }

    /// Runs everything until this moment, or to its end.
    pub(crate) fn run(&mut self, until: Duration) {
        while let Some(entry) = self.events.first_entry().filter(|entry| entry.key().0 <= until) {
            let ((at, _), event) = entry.remove_entry();
            self.now = at;
            self.handle(event);
        }
    }

    fn moment(&self, program: usize) -> Moment {
        Moment::after_epoch(self.programs[program].clock + self.now)
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Poll { program, turn } => {
                if self.programs[program].turn == turn {
                    self.poll(program);
                }
            }
            Event::Arrive { program, id, ids, back } => self.arrive(program, id, &ids, back),
            Event::Answer { program, id, answer } => {
                let moment = self.moment(program);
                let Program { job, pending, .. } = &mut self.programs[program];
                let Some(job) = job else { return };
                if let Some((ticket, completion)) = pending.remove(&id) {
                    completion.finish(moment, &answer);
                    job.answered(ticket, moment, answer).unwrap();
                    self.poll(program);
                }
            }
            Event::AtStore { program, ask, request } => {
                let reply = self.store.ask(self.now, program, &request);
                if let Some(delay) = self.delay() {
                    self.schedule(self.now + delay, Event::Reply { program, ask, reply: Ok(reply) });
                }
            }
            Event::Reply { program, ask, reply } => {
                let moment = self.moment(program);
                let Program { job, asked, .. } = &mut self.programs[program];
                if let (Some(job), Some(ticket)) = (job, asked.remove(&ask)) {
                    job.quota_answered(ticket, moment, reply).unwrap();
                    self.poll(program);
                }
            }
            Event::Kill(program) => {
                self.programs[program].job = None;
                self.programs[program].ended = Some(self.now);
            }
            Event::Snapshot { restart_at } => {
                let data = Event::Restart(Box::new(self.store.clone()));
                self.schedule(restart_at, data);
            }
            Event::Restart(data) => self.store.restarted(*data),
        }
    }

    fn delay(&mut self) -> Option<Duration> {
        let is_lost = self.rng.u64(..1_000) < self.line.lost;
        let delay = Duration::from_millis(self.rng.u64(self.line.delay.clone()));
        Some(delay).filter(|_| !is_lost)
    }

    fn arrive(&mut self, program: usize, id: AttemptId, ids: &[u64], back: Option<Duration>) {
        self.arrivals.push((program, self.now));
        let Some(back) = back else { return };
        let (of_1000, seconds) = self.pauses;
        let answer = if self.rng.u64(..1_000) < of_1000 { paused(seconds) } else { rows(ids) };
        self.schedule(self.now + back, Event::Answer { program, id, answer: Ok(answer) });
    }

    fn poll(&mut self, program: usize) {
        let Some(mut job) = self.programs[program].job.take() else { return };
        self.programs[program].turn += 1;
        let mut steps = 0;
        loop {
            steps += 1;
            assert!(steps < 10_000, "the job never waits");
            let moment = self.moment(program);
            match job.next(moment) {
                Action::Send(attempt) => {
                    self.programs[program].calls += 1;
                    let path = attempt.request.uri().path();
                    let ids =
                        path.rsplit('/').next().unwrap().split(',').map(|id| id.parse().unwrap()).collect();
                    let id = attempt.ticket.id();
                    let completion = attempt.ticket.completion();
                    self.programs[program].pending.insert(id, (attempt.ticket, completion));
                    self.travel(program, id, ids, attempt.timeout);
                }
                Action::Quota(call) => {
                    self.serial += 1;
                    let ask = self.serial;
                    self.programs[program].asked.insert(ask, call.ticket);
                    self.ask_store(program, ask, &call.request, call.timeout);
                }
                Action::Item(Ok(_)) => self.programs[program].outcomes += 1,
                Action::Item(Err(error)) => self.programs[program].error = Some(error),
                Action::Cancel(id) => _ = self.programs[program].pending.remove(&id),
                Action::Wait { until } => {
                    let turn = self.programs[program].turn;
                    if let Some(until) = until {
                        let at = self.now + until.since(moment);
                        self.schedule(at, Event::Poll { program, turn });
                    }
                    self.programs[program].job = Some(job);
                    return;
                }
                Action::Done => {
                    self.programs[program].ended = Some(self.now);
                    return;
                }
            }
        }
    }

    /// A call without an answer may arrive up to one window after its timeout.
    fn travel(&mut self, program: usize, id: AttemptId, ids: Vec<u64>, timeout: Duration) {
        let (there, back) = (self.rng.u64(self.trip.clone()), self.rng.u64(self.trip.clone()));
        let (there, back) = (Duration::from_millis(there), Duration::from_millis(back));
        let is_answered = self.rng.u64(..1_000) >= self.unanswered && there + back < timeout;
        if is_answered {
            self.schedule(self.now + there, Event::Arrive { program, id, ids, back: Some(back) });
            return;
        }
        let latest = self.programs[program].timeout + self.rate.window();
        let there = latest.mul_f64(if self.rng.bool() { 1.0 } else { self.rng.f64() });
        self.schedule(self.now + there, Event::Arrive { program, id, ids, back: None });
        let timed_out = TransportError::new(TransportKind::Timeout, Delivery::Unknown);
        self.schedule(self.now + timeout, Event::Answer { program, id, answer: Err(timed_out) });
    }

    fn ask_store(&mut self, program: usize, ask: u64, request: &QuotaRequest, timeout: Duration) {
        if self.cut_off.get(&program).is_some_and(|until| *until > self.now) {
            let reply = Err(StoreError::new(StoreErrorKind::Unreachable, "no route"));
            self.schedule(self.now, Event::Reply { program, ask, reply });
            return;
        }
        let copies = 1 + u64::from(self.rng.u64(..1_000) < self.line.doubled);
        for _ in 0..copies {
            if let Some(delay) = self.delay() {
                self.schedule(self.now + delay, Event::AtStore { program, ask, request: request.clone() });
            }
        }
        // The driver may report the timeout or not.
        if self.rng.bool() {
            let reply = Err(StoreError::new(StoreErrorKind::Unreachable, "no reply"));
            self.schedule(self.now + timeout, Event::Reply { program, ask, reply });
        }
    }

    /// Returns how many calls arrived in the fullest window.
    pub(crate) fn fullest_window(&self) -> usize {
        let mut arrivals: Vec<_> = self.arrivals.iter().map(|(_, at)| *at).collect();
        arrivals.sort_unstable();
        let window = self.rate.window();
        let in_window = |(first, at): (usize, &Duration)| {
            arrivals[first..].iter().take_while(|later| **later - *at < window).count()
        };
        arrivals.iter().enumerate().map(in_window).max().unwrap_or(0)
    }
}

pub(crate) fn rows(ids: &[u64]) -> Response {
    let row = |id: &u64| format!(r#"{{"offer_id": {id}, "url": "https://t.acme.com/?offer_id={id}"}}"#);
    let rows: Vec<_> = ids.iter().map(row).collect();
    let body =
        format!(r#"{{"code": 0, "message": "Success", "data": {{"tracking_link": [{}]}}}}"#, rows.join(","));
    Response::new(body.into())
}

fn paused(seconds: u64) -> Response {
    let mut answer = Response::new("".into());
    *answer.status_mut() = 429.try_into().unwrap();
    answer.headers_mut().insert("retry-after", seconds.into());
    answer
}
