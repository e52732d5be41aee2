use std::{collections::BTreeMap, time::Duration};

use fastrand::Rng;
use offerslook_core::{
    Request, Response,
    error::TransportError,
    job::{Job, Moment, Quota, Ticket},
};

mod asking;
mod slots;

use super::{
    arrivals::Arrivals,
    broken::{Broken, check},
    items::Items,
    network::Told,
    plan::{JobPlan, Plan},
    rows::Rows,
    server::{Meant, Server},
    subject::{Subject, subject},
    tally::Tally,
    tap::Tap,
    trace::Trace,
    watch::{Answer, Watch},
    world::mix,
};

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The same for the same plan.
    pub hash: u64,
    /// What happened, in numbers.
    pub tally: Tally,
    /// The promise that was broken first.
    pub broken: Option<Broken>,
    /// What happened, in words, where they were wanted.
    pub text: String,
}

/// Carries out a plan and checks every promise at every step.
#[must_use]
pub fn run(plan: &Plan) -> Outcome {
    run_with(plan, Trace::default())
}

/// The same, and tells what happens.
#[must_use]
pub fn explain(plan: &Plan) -> Outcome {
    run_with(plan, Trace::readable())
}

fn run_with(plan: &Plan, trace: Trace) -> Outcome {
    let mut run = Run::new(plan, trace);
    let broken = run.carry_out().err();
    if let Some(broken) = &broken {
        run.trace.note(run.now, &[], || broken);
    }
    run.tally.worst_window =
        (u64::try_from(run.arrivals.worst()).unwrap_or(u64::MAX), plan.quota.calls().get().into());
    run.tally.time = run.last_done;
    Outcome { hash: run.trace.hash(), tally: run.tally, broken, text: run.trace.into_text() }
}

#[derive(Clone, Copy)]
enum Event {
    /// A job is asked what to do, unless it was asked since that was decided.
    Ask {
        job: usize,
        turn: u64,
    },
    /// A request arrives at the service.
    Arrive(usize),
    /// A job is told what became of a call.
    Tell(usize),
    Stop(usize),
    Drop(usize),
}

/// One sending of one request.
struct Flight {
    job: usize,
    ticket: Option<Ticket>,
    request: Request,
    told: Option<Told>,
    reply: Option<(Response, Answer)>,
    /// When the client stopped to wait for it, by the time that counts for the quota.
    given_up: Option<Duration>,
}

impl Flight {
    /// What the job is to be told, and what that means.
    fn told(&mut self) -> Option<(Result<Response, TransportError>, Answer)> {
        match self.told? {
            Told::Answer => self.reply.take().map(|(response, meant)| (Ok(response), meant)),
            Told::Failure(kind, delivery) => {
                Some((Err(TransportError::new(kind, delivery)), Answer::Failure(delivery)))
            }
        }
    }
}

struct Running<'p> {
    plan: &'p JobPlan,
    subject: Option<Subject>,
    watch: Watch<'p>,
    items: Items<'p>,
    rows: Rows<'p>,
    tap: Tap,
    turn: u64,
    resting_until: Duration,
    done: bool,
}

struct Run<'p> {
    plan: &'p Plan,
    dice: Rng,
    now: Duration,
    queue: BTreeMap<(Duration, u64), Event>,
    serial: u64,
    server: Server<'p>,
    quota: Quota,
    jobs: Vec<Running<'p>>,
    flights: BTreeMap<usize, Flight>,
    next_flight: usize,
    /// The latest moment that any job was told.
    latest: Moment,
    arrivals: Arrivals,
    last_done: Duration,
    trace: Trace,
    tally: Tally,
}

impl<'p> Run<'p> {
    fn new(plan: &'p Plan, trace: Trace) -> Self {
        let rate = plan.quota;
        let quota = Quota::new(rate);
        let window = rate.window();
        let jobs = plan.jobs.iter().enumerate().map(|(index, job)| {
            let tap = Tap::default();
            let index = u64::try_from(index).unwrap_or(u64::MAX);
            let ids = tap.count(job.ids.clone());
            Running {
                plan: job,
                subject: Some(subject(
                    job.kind,
                    ids,
                    job.options(rate),
                    quota.clone(),
                    mix(plan.seed ^ index),
                )),
                watch: Watch::new(job, window),
                items: Items::new(job),
                rows: Rows::new(job, plan.server.paging),
                tap,
                turn: 0,
                resting_until: Duration::ZERO,
                done: false,
            }
        });
        Self {
            dice: Rng::with_seed(plan.seed),
            now: Duration::ZERO,
            queue: BTreeMap::new(),
            serial: 0,
            server: Server::new(plan),
            jobs: jobs.collect(),
            quota,
            flights: BTreeMap::new(),
            next_flight: 0,
            latest: Moment::EPOCH,
            arrivals: Arrivals::new(window),
            last_done: Duration::ZERO,
            trace,
            tally: Tally::default(),
            plan,
        }
    }

    fn schedule(&mut self, at: Duration, event: Event) {
        self.serial += 1;
        self.queue.insert((at, self.serial), event);
    }

    fn carry_out(&mut self) -> Result<(), Broken> {
        for (index, job) in self.plan.jobs.iter().enumerate() {
            self.schedule(job.start, Event::Ask { job: index, turn: 0 });
            if let Some(at) = job.stop {
                self.schedule(at, Event::Stop(index));
            }
            if let Some(at) = job.dropped {
                self.schedule(at, Event::Drop(index));
            }
        }
        let ids: usize = self.plan.jobs.iter().map(|job| job.ids.len()).sum();
        let mut steps = 1_000 + 500 * ids;
        while let Some(((at, _), event)) = self.queue.pop_first() {
            self.now = at;
            self.happen(event)?;
            steps -= 1;
            check(steps > 0, "liveness", || "it does not come to an end".to_owned())?;
        }
        for (index, job) in self.jobs.iter().enumerate() {
            check(job.done || job.subject.is_none(), "liveness", || format!("job {index} hangs"))?;
        }
        self.slots_come_back()
    }

    fn happen(&mut self, event: Event) -> Result<(), Broken> {
        match event {
            Event::Ask { job, turn } if self.jobs[job].turn == turn => self.ask(job),
            Event::Ask { .. } => Ok(()),
            Event::Arrive(flight) => self.arrive(flight),
            Event::Tell(flight) => self.tell(flight),
            Event::Stop(job) => self.stop(job),
            Event::Drop(job) => {
                self.note(job, &[9], || "is dropped".to_owned());
                self.jobs[job].subject = None;
                self.give_up(|flight| flight.job == job);
                Ok(())
            }
        }
    }

    fn note(&mut self, job: usize, numbers: &[u64], words: impl FnOnce() -> String) {
        self.trace.note(self.now, numbers, || format!("job {job} {}", words()));
    }

    /// What the clock shows, which somebody is told now.
    fn moment(&mut self) -> Moment {
        let moment = self.plan.clock.shows(self.now);
        self.latest = self.latest.max(moment);
        moment
    }

    /// Nobody waits for these calls any more. Those on their way may still arrive.
    fn give_up(&mut self, which: impl Fn(&Flight) -> bool) {
        let at = self.plan.clock.measure(self.now);
        for flight in self.flights.values_mut().filter(|flight| which(flight)) {
            flight.given_up = flight.given_up.or(at);
        }
    }

    fn arrive(&mut self, index: usize) -> Result<(), Broken> {
        let Some(flight) = self.flights.get(&index) else { return Ok(()) };
        let (most, window) = (self.plan.quota.calls(), self.plan.quota.window());
        // The exception that the promise makes: the network lets go of a call later than that.
        let measured = self.plan.clock.measure(self.now);
        if flight.given_up.zip(measured).is_some_and(|(at, now)| now >= at + window) {
            return Ok(());
        }
        let job = flight.job;
        let reply = self.server.answer(&flight.request, job, self.now);
        self.tally.arrivals += 1;
        self.trace
            .note(self.now, &[3], || format!("call {index} arrives: {:?} {:?}", reply.meant, reply.pause));
        let seen = measured.map_or(0, |now| self.arrivals.arrive(now));
        let answer = Answer::Reply(reply.meant, reply.pause);
        if let Some(flight) = self.flights.get_mut(&index) {
            flight.reply = Some((reply.response, answer));
        }
        let most = usize::try_from(most.get()).unwrap_or(usize::MAX);
        check(seen <= most, "2", || {
            format!("{seen} calls arrived within {window:?}, and the quota is {most}")
        })
    }

    /// Tells a job what became of a call, unless its driver is busy elsewhere.
    fn tell(&mut self, index: usize) -> Result<(), Broken> {
        let Some(flight) = self.flights.get_mut(&index) else { return Ok(()) };
        let job = flight.job;
        let resting_until = self.jobs[job].resting_until;
        // Some drivers take answers while nobody takes items, others do not.
        if resting_until > self.now && index.is_multiple_of(2) {
            self.schedule(resting_until, Event::Tell(index));
            return Ok(());
        }
        let Some((ticket, (answer, meant))) = flight.ticket.take().zip(flight.told()) else { return Ok(()) };
        if matches!(meant, Answer::Failure(_)) {
            flight.given_up = flight.given_up.or(self.plan.clock.measure(self.now));
        }
        let moment = self.moment();
        if self.dice.u64(..256) < self.plan.mixed_up {
            return self.mix_up(job, ticket, moment);
        }
        let running = &mut self.jobs[job];
        let Some(subject) = &mut running.subject else { return Ok(()) };
        let before = subject.progress().in_flight;
        check(subject.answered(ticket, moment, answer).is_ok(), "1", || {
            "it does not know its ticket".to_owned()
        })?;
        let taken = subject.progress().in_flight < before;
        running.watch.told(moment);
        if taken {
            running.watch.answered(index, meant)?;
            if let Answer::Reply(Meant::Page { total }, _) = meant {
                running.rows.totals.insert(total);
            }
            if let Answer::Reply(Meant::Rows { unasked, second }, _) = meant
                && running.plan.kind.is_batch()
            {
                running.items.unasked += unasked;
                running.items.second += second;
            }
        }
        self.note(job, &[4, u64::from(taken)], || {
            format!("is told of call {index}: {meant:?}{}", if taken { "" } else { ", and does not care" })
        });
        self.ask(job)
    }

    /// Hands a ticket to the wrong job, which must not take it. Its own job never sees it again.
    fn mix_up(&mut self, job: usize, ticket: Ticket, moment: Moment) -> Result<(), Broken> {
        let wrong = (job + 1) % self.jobs.len();
        let Some(subject) = self.jobs[wrong].subject.as_mut().filter(|_| wrong != job) else { return Ok(()) };
        let before = subject.progress();
        let refused = subject.answered(ticket, moment, Ok(Response::default())).is_err();
        let unchanged = subject.progress() == before;
        self.note(wrong, &[5], || format!("is given a ticket of job {job}"));
        check(refused && unchanged, "11", || "it takes the ticket of another job".to_owned())
    }

    fn stop(&mut self, job: usize) -> Result<(), Broken> {
        let moment = self.moment();
        let running = &mut self.jobs[job];
        let Some(subject) = &mut running.subject else { return Ok(()) };
        subject.stop(moment);
        running.watch.stopped();
        self.note(job, &[7], || "is stopped".to_owned());
        self.give_up(|flight| flight.job == job);
        self.ask(job)
    }
}
