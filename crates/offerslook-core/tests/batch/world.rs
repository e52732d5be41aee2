//! The loop that drives jobs: virtual time, and closures for everything outside of them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    time::Duration,
};

use fastrand::Rng;
use offerslook_core::{
    Delivery, Error, IdError, OfferId, Response, TransportError, TransportKind,
    job::{Action, AttemptId, Completion, Job, Moment, Ticket},
};

use crate::transcript::{Text, Transcript};

/// A call as the server sees it.
pub(crate) struct Call<'a> {
    pub(crate) ids: &'a [u64],
    /// How many calls arrived before.
    pub(crate) number: usize,
    pub(crate) at: Duration,
}

pub(crate) type Server<'w> = Box<dyn FnMut(&Call<'_>, &mut Rng) -> Response + 'w>;

/// How long a call takes to arrive, and its answer to come back. `None`: never. A call that does not arrive, but comes
/// back, was known not to be sent.
pub(crate) struct Trip {
    pub(crate) there: Option<Duration>,
    pub(crate) back: Option<Duration>,
}

pub(crate) struct World<'w> {
    pub(crate) server: Server<'w>,
    pub(crate) network: Box<dyn FnMut(&mut Rng) -> Trip + 'w>,
    /// How long the consumer of a job pauses after an item.
    pub(crate) consumer: Box<dyn FnMut(usize, &mut Rng) -> Duration + 'w>,
    /// What the clock shows.
    pub(crate) clock: Box<dyn FnMut(Duration, &mut Rng) -> Duration + 'w>,
    /// Whether the driver reports timeouts, and stops calls that were cancelled.
    pub(crate) tidy: bool,
    /// After how many steps each job is stopped.
    pub(crate) stop_after: Option<usize>,
    pub(crate) rng: Rng,
    pub(crate) arrivals: Vec<Duration>,
    /// How often jobs were asked what to do.
    pub(crate) polls: usize,
}

pub(crate) fn fast(rng: &mut Rng) -> Trip {
    let leg = |rng: &mut Rng| Some(Duration::from_millis(rng.u64(5..300)));
    Trip { there: leg(rng), back: leg(rng) }
}

enum Event {
    Arrival { ids: Vec<u64>, back: Option<Duration>, sent: Duration, timeout: Duration },
    Answer(Result<Response, TransportError>),
}

struct Pending {
    ticket: Ticket,
    completion: Completion,
}

struct Seat {
    told: Transcript,
    pending: BTreeMap<AttemptId, Pending>,
    inbox: Vec<(AttemptId, Result<Response, TransportError>)>,
    busy_until: Duration,
    poll_at: Option<Duration>,
    polls_now: usize,
    steps: usize,
}

impl<'w> World<'w> {
    pub(crate) fn new(seed: u64, server: Server<'w>) -> Self {
        Self {
            server,
            network: Box::new(fast),
            consumer: Box::new(|_, _| Duration::ZERO),
            clock: Box::new(|now, _| now),
            tidy: true,
            stop_after: None,
            rng: Rng::with_seed(seed),
            arrivals: Vec::new(),
            polls: 0,
        }
    }

    /// Drives these jobs to their ends.
    pub(crate) fn run<T: Text, J>(&mut self, jobs: &mut [J]) -> Vec<Transcript>
    where
        J: Job<Item = Result<(OfferId, Result<T, IdError>), Error>>,
    {
        let mut seats: Vec<_> = jobs
            .iter()
            .map(|_| Seat {
                told: Transcript::default(),
                pending: BTreeMap::new(),
                inbox: Vec::new(),
                busy_until: Duration::ZERO,
                poll_at: Some(Duration::ZERO),
                polls_now: 0,
                steps: 0,
            })
            .collect();
        let mut events: BinaryHeap<Reverse<(Duration, u64, usize, AttemptId)>> = BinaryHeap::new();
        let mut kept: BTreeMap<u64, Event> = BTreeMap::new();
        let (mut now, mut serial) = (Duration::ZERO, 0);
        loop {
            while events.peek().is_some_and(|Reverse((at, ..))| *at <= now) {
                let Reverse((_, key, job, id)) = events.pop().unwrap();
                match kept.remove(&key).unwrap() {
                    Event::Arrival { ids, back, sent, timeout } => {
                        let call = Call { ids: &ids, number: self.arrivals.len(), at: now };
                        let answer = (self.server)(&call, &mut self.rng);
                        self.arrivals.push(now);
                        if let Some(back) = back.filter(|back| now + *back <= sent + timeout) {
                            serial += 1;
                            kept.insert(serial, Event::Answer(Ok(answer)));
                            events.push(Reverse((now + back, serial, job, id)));
                        }
                    }
                    Event::Answer(answer) => {
                        let seat = &mut seats[job];
                        if let Some(pending) = seat.pending.get(&id) {
                            pending.completion.finish(Moment::after_epoch(now), &answer);
                            seat.inbox.push((id, answer));
                            seat.poll_at = Some(now);
                        }
                    }
                }
            }
            for (place, (seat, job)) in seats.iter_mut().zip(jobs.iter_mut()).enumerate() {
                if seat.told.done || seat.busy_until > now {
                    continue;
                }
                for (id, answer) in seat.inbox.drain(..) {
                    if let Some(pending) = seat.pending.remove(&id) {
                        seat.told.in_flight -= 1;
                        let shown = Moment::after_epoch((self.clock)(now, &mut self.rng));
                        let good = answer.as_ref().is_ok_and(|answer| answer.status() == 200);
                        job.answered(pending.ticket, shown, answer).unwrap();
                        seat.told.succeeded |= good;
                    }
                }
                if seat.poll_at.is_none_or(|at| at > now) {
                    continue;
                }
                loop {
                    self.polls += 1;
                    seat.steps += 1;
                    seat.polls_now += 1;
                    assert!(seat.polls_now < 200_000, "the job never waits: {:?}", seat.told.calls.last());
                    let shown = Moment::after_epoch((self.clock)(now, &mut self.rng));
                    if self.stop_after == Some(seat.steps) {
                        job.stop(shown);
                    }
                    match job.next(shown) {
                        Action::Send(attempt) => {
                            let ids = ids_of(attempt.request.uri().path());
                            let told = &mut seat.told;
                            told.calls.push(ids.clone());
                            told.sent.push(now);
                            told.in_flight += 1;
                            told.most_in_flight = told.most_in_flight.max(told.in_flight);
                            if !told.succeeded {
                                told.most_before_success = told.most_before_success.max(told.in_flight);
                            }
                            let trip = (self.network)(&mut self.rng);
                            let (id, timeout) = (attempt.ticket.id(), attempt.timeout);
                            let completion = attempt.ticket.completion();
                            assert!(
                                seat.pending
                                    .insert(id, Pending { ticket: attempt.ticket, completion })
                                    .is_none()
                            );
                            if let (None, Some(failed)) = (trip.there, trip.back) {
                                serial += 1;
                                let unsent = TransportError::new(TransportKind::Connect, Delivery::NotSent);
                                kept.insert(serial, Event::Answer(Err(unsent)));
                                events.push(Reverse((now + failed, serial, place, id)));
                            } else if let Some(there) = trip.there {
                                serial += 1;
                                kept.insert(
                                    serial,
                                    Event::Arrival { ids, back: trip.back, sent: now, timeout },
                                );
                                events.push(Reverse((now + there, serial, place, id)));
                            }
                            if self.tidy {
                                serial += 1;
                                let timed_out =
                                    TransportError::new(TransportKind::Timeout, Delivery::Unknown);
                                kept.insert(serial, Event::Answer(Err(timed_out)));
                                events.push(Reverse((now + timeout, serial, place, id)));
                            }
                        }
                        Action::Item(item) => {
                            seat.told.hears(&item);
                            let pause = (self.consumer)(place, &mut self.rng);
                            if !pause.is_zero() {
                                seat.busy_until = now + pause;
                                seat.poll_at = Some(seat.busy_until);
                                seat.polls_now = 0;
                                break;
                            }
                        }
                        Action::Cancel(id) => {
                            seat.told.cancelled += 1;
                            seat.told.in_flight -= 1;
                            let pending = seat.pending.remove(&id).expect("a call that is in flight");
                            if !self.tidy {
                                // A late answer is ignored.
                                let late = crate::answer::rows([1, 2, 3]);
                                job.answered(pending.ticket, shown, Ok(late)).unwrap();
                            }
                        }
                        Action::Wait { until } => {
                            let at = until.map(Moment::since_epoch);
                            assert!(at.is_some() || !seat.pending.is_empty(), "waits for nothing");
                            assert!(
                                at.is_none_or(|at| at > now || shown.since_epoch() < at),
                                "waits for {at:?} at {now:?}"
                            );
                            if let Some(at) = at {
                                seat.told.longest_wait = seat.told.longest_wait.max(at.saturating_sub(now));
                            }
                            seat.poll_at = at.map(|at| at.max(now + Duration::from_nanos(1)));
                            seat.polls_now = 0;
                            break;
                        }
                        Action::Done => {
                            seat.told.done = true;
                            seat.told.ended = now;
                            assert!(matches!(job.next(shown), Action::Done));
                            break;
                        }
                        other => panic!("{other:?}"),
                    }
                }
            }
            if seats.iter().all(|seat| seat.told.done) {
                return seats.into_iter().map(|seat| seat.told).collect();
            }
            let polls = seats
                .iter()
                .filter(|seat| !seat.told.done)
                .filter_map(|seat| seat.poll_at.map(|at| at.max(seat.busy_until)));
            let arrival = events.peek().map(|Reverse((at, ..))| *at);
            now =
                polls.chain(arrival).min().expect("every job waits for an answer that never comes").max(now);
            assert!(now < Duration::from_hours(200), "a job never ends");
        }
    }
}

pub(crate) fn ids_of(path: &str) -> Vec<u64> {
    path.rsplit('/').next().unwrap().split(',').map(|id| id.parse().unwrap()).collect()
}
