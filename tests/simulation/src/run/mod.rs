//! Carries out a plan in virtual time.

mod events;
mod polling;
mod slots;

use std::{collections::BTreeMap, time::Duration};

use fastrand::Rng;
use offerslook_core::{
    Request, Response,
    error::TransportError,
    job::{AttemptId, Completion, Moment, Quota, Ticket},
};

use super::{
    job_under_test::{Subject, Taken, job_under_test},
    network::End,
    oracle::{Answer, Calls, Lists, Outcomes, QuotaModel, Violation, check},
    plan::{JobPlan, Plan},
    server::Server,
    statistics::{Arrivals, Statistics},
    trace::Trace,
    world::mix,
};

/// The result of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The same for the same plan.
    pub hash: u64,
    /// The events, in numbers.
    pub statistics: Statistics,
    /// The first promise that was broken.
    pub violation: Option<Violation>,
    /// The events, in words, if they were asked for.
    pub text: String,
}

/// Carries out a plan, and checks every promise at every step.
#[must_use]
pub fn run(plan: &Plan) -> Outcome {
    run_with(plan, Trace::default())
}

/// Carries out a plan, and records its events in words.
#[must_use]
pub fn explain(plan: &Plan) -> Outcome {
    run_with(plan, Trace::readable())
}

fn run_with(plan: &Plan, trace: Trace) -> Outcome {
    let mut run = Run::new(plan, trace);
    let violation = run.carry_out().err();
    if let Some(violation) = &violation {
        run.trace.record(run.now, &[], || violation);
    }
    run.statistics.fullest_window =
        (u64::try_from(run.arrivals.most()).unwrap_or(u64::MAX), plan.quota.calls().get().into());
    run.statistics.time = run.last_done;
    Outcome { hash: run.trace.hash(), statistics: run.statistics, violation, text: run.trace.into_text() }
}

#[derive(Clone, Copy)]
enum Event {
    /// A job is polled, unless it was polled since that was decided.
    Poll {
        job: usize,
        turn: u64,
    },
    /// A request arrives at the service.
    Arrive(usize),
    /// A call ends, which its driver reports to the quota.
    End(usize),
    /// The job is told of the end of a call.
    Tell(usize),
    Stop(usize),
    Drop(usize),
}

/// One attempt.
struct Flight {
    job: usize,
    ticket: Option<Ticket>,
    completion: Completion,
    request: Request,
    end: Option<End>,
    reply: Option<(Response, Answer)>,
    /// Until when the network may still deliver the request, by the time that counts for the quota. `None` while the
    /// client waits for its answer.
    arrives_until: Option<Duration>,
    /// The driver has ended the call.
    is_abandoned: bool,
    /// The time at which the call has timed out, by the time that counts for the quota.
    expires: Option<Duration>,
}

impl Flight {
    fn abandon(&mut self, window: Duration) {
        self.is_abandoned = true;
        self.arrives_until = self.arrives_until.or(self.expires.map(|at| at + window));
    }

    /// Returns what the job is told.
    fn answer(&mut self) -> Option<(Result<Response, TransportError>, Answer)> {
        match self.end? {
            End::Answered => self.reply.take().map(|(response, answer)| (Ok(response), answer)),
            End::Failed(kind, delivery) => {
                Some((Err(TransportError::new(kind, delivery)), Answer::Failure(delivery)))
            }
        }
    }
}

struct Running<'p> {
    plan: &'p JobPlan,
    subject: Option<Box<dyn Subject>>,
    calls: Calls<'p>,
    outcomes: Outcomes<'p>,
    lists: Lists<'p>,
    taken: Taken,
    items: u64,
    actions: u64,
    /// By the id of the attempt.
    attempts: BTreeMap<AttemptId, usize>,
    turn: u64,
    /// The consumer does not poll the job before.
    pauses_until: Duration,
    is_done: bool,
}

struct Run<'p> {
    plan: &'p Plan,
    random: Rng,
    now: Duration,
    queue: BTreeMap<(Duration, u64), Event>,
    serial: u64,
    server: Server<'p>,
    quota: Quota,
    quota_model: QuotaModel,
    jobs: Vec<Running<'p>>,
    flights: BTreeMap<usize, Flight>,
    next_flight: usize,
    /// How calls ended, until their jobs are told.
    results: BTreeMap<usize, (Result<Response, TransportError>, Answer)>,
    arrivals: Arrivals,
    last_done: Duration,
    trace: Trace,
    statistics: Statistics,
}

impl<'p> Run<'p> {
    fn new(plan: &'p Plan, trace: Trace) -> Self {
        let quota = Quota::new(plan.quota);
        let jobs = plan.jobs.iter().zip(0_u64..).map(|(job, index)| {
            let taken = Taken::default();
            Running {
                plan: job,
                subject: Some(job_under_test(job, &taken, &quota, mix(plan.seed ^ index))),
                calls: Calls::new(plan, job),
                outcomes: Outcomes::new(plan, job),
                lists: Lists::new(plan, job),
                taken,
                items: 0,
                actions: 0,
                attempts: BTreeMap::new(),
                turn: 0,
                pauses_until: Duration::ZERO,
                is_done: false,
            }
        });
        Self {
            random: Rng::with_seed(plan.seed),
            now: Duration::ZERO,
            queue: BTreeMap::new(),
            serial: 0,
            server: Server::new(plan),
            jobs: jobs.collect(),
            quota,
            quota_model: QuotaModel::new(plan.quota, plan.clock.0.is_empty()),
            flights: BTreeMap::new(),
            next_flight: 0,
            results: BTreeMap::new(),
            arrivals: Arrivals::new(plan.quota.window()),
            last_done: Duration::ZERO,
            trace,
            statistics: Statistics::default(),
            plan,
        }
    }

    fn schedule(&mut self, at: Duration, event: Event) {
        self.serial += 1;
        self.queue.insert((at, self.serial), event);
    }

    fn carry_out(&mut self) -> Result<(), Violation> {
        for (index, job) in self.plan.jobs.iter().enumerate() {
            self.schedule(job.start, Event::Poll { job: index, turn: 0 });
            if let Some(at) = job.stop {
                self.schedule(at, Event::Stop(index));
            }
            if let Some(at) = job.dropped {
                self.schedule(at, Event::Drop(index));
            }
        }
        let ids: usize = self.plan.jobs.iter().map(|job| job.ids.len()).sum();
        let mut steps = 3_000 + 500 * ids;
        while let Some(((at, _), event)) = self.queue.pop_first() {
            self.now = at;
            self.handle(event)?;
            steps -= 1;
            check(steps > 0, "liveness", || "it does not come to an end".to_owned())?;
        }
        for (index, job) in self.jobs.iter().enumerate() {
            let is_left = job.subject.is_none() || job.is_abandoned();
            check(job.is_done || is_left, "liveness", || format!("job {index} hangs"))?;
        }
        self.slots_come_back()
    }

    fn handle(&mut self, event: Event) -> Result<(), Violation> {
        match event {
            Event::Poll { job, turn } if self.jobs[job].turn == turn => self.poll(job),
            Event::Poll { .. } => Ok(()),
            Event::Arrive(flight) => self.arrive(flight),
            Event::End(flight) => self.end(flight),
            Event::Tell(flight) => self.tell(flight),
            Event::Stop(job) => self.stop(job),
            Event::Drop(job) => {
                self.record(job, &[9], || "is dropped".to_owned());
                self.jobs[job].subject = None;
                self.quota_model.leave(job);
                self.abandon_flights(job);
                Ok(())
            }
        }
    }

    fn record(&mut self, job: usize, numbers: &[u64], words: impl FnOnce() -> String) {
        self.trace.record(self.now, numbers, || format!("job {job} {}", words()));
    }

    /// Returns what the clock reads, for a job that is told.
    fn moment(&mut self) -> Moment {
        let moment = self.plan.clock.read(self.now);
        self.quota_model.advance(moment);
        moment
    }

    /// The driver of this job ends its calls. Requests on their way may still arrive: until the call would have timed
    /// out, and one window longer.
    fn abandon_flights(&mut self, job: usize) {
        let window = self.plan.quota.window();
        for flight in self.flights.values_mut().filter(|flight| flight.job == job) {
            flight.abandon(window);
        }
    }
}

impl Running<'_> {
    /// Returns `true` if the consumer never polls the job again.
    fn is_abandoned(&self) -> bool {
        self.plan.abandoned_after.is_some_and(|items| self.items >= items)
    }
}
