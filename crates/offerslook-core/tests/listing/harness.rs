//! Drives a listing in virtual time, with a closure as the server.

use std::{collections::BTreeSet, time::Duration};

use offerslook_core::{
    Error, Incomplete, Paged, Response, StopCause, TransportError, TransportKind,
    job::{Action, Attempt, AttemptId, Job, Listing, Moment, Options, OptionsBuilder, Quota},
};

use crate::things::{Thing, account};

pub(crate) type Answer = Result<Response, TransportError>;

/// A call as the server sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// How many calls the server handled before.
    pub(crate) number: usize,
    pub(crate) page: usize,
    pub(crate) limit: usize,
}

/// Which of the calls in flight is answered next.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    Oldest,
    Newest,
    /// Any, now and then before the listing is asked for its next action. Some calls are handled when they are sent,
    /// others when they are answered.
    Seeded(u64),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Harness {
    in_flight: usize,
    order: Order,
    latency: Duration,
    max_time: Option<Duration>,
    stop_after_rows: Option<usize>,
    stop_after_calls: Option<usize>,
}

/// What came of a listing.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) rows: Vec<u64>,
    pub(crate) end: Option<Error>,
    /// The calls in the order in which the server handled them.
    pub(crate) calls: Vec<Call>,
    /// The highest number of calls that were in flight together.
    pub(crate) most_in_flight: usize,
    /// The highest number of distinct pages that were asked for beyond the one whose rows are due.
    pub(crate) most_ahead: usize,
    pub(crate) finished: Moment,
}

/// No listing of these tests needs more.
const MAX_CALLS: usize = 110_000;

impl Default for Harness {
    fn default() -> Self {
        Self {
            in_flight: 8,
            order: Order::Oldest,
            latency: Duration::from_millis(100),
            max_time: None,
            stop_after_rows: None,
            stop_after_calls: None,
        }
    }
}

impl Harness {
    /// One call at a time: changes between two pages are where the test puts them.
    pub(crate) fn sequential() -> Self {
        Self { in_flight: 1, ..Self::default() }
    }

    pub(crate) fn in_flight(self, in_flight: usize) -> Self {
        Self { in_flight, ..self }
    }

    pub(crate) fn order(self, order: Order) -> Self {
        Self { order, ..self }
    }

    pub(crate) fn max_time(self, time: Duration) -> Self {
        Self { max_time: Some(time), ..self }
    }

    pub(crate) fn stop_after_rows(self, rows: usize) -> Self {
        Self { stop_after_rows: Some(rows), ..self }
    }

    pub(crate) fn stop_after_calls(self, calls: Option<usize>) -> Self {
        Self { stop_after_calls: calls, ..self }
    }

    pub(crate) fn run<E>(self, call: E, server: impl FnMut(&Call) -> Answer) -> Outcome
    where
        E: Paged<Row: Id>,
    {
        let builder = Options::builder().max_in_flight(self.in_flight);
        let options = self.max_time.map_or(builder.clone(), |time| builder.max_time(time));
        let job =
            Listing::new(account(), call, OptionsBuilder::build(options).unwrap(), &Quota::default(), 1);
        let seed = if let Order::Seeded(seed) = self.order { seed } else { 0 };
        let run = Run {
            harness: self,
            server,
            random: fastrand::Rng::with_seed(seed),
            now: Moment::EPOCH,
            in_flight: Vec::new(),
            silent: Vec::new(),
            pages: BTreeSet::new(),
            outcome: Outcome {
                rows: Vec::new(),
                end: None,
                calls: Vec::new(),
                most_in_flight: 0,
                most_ahead: 0,
                finished: Moment::EPOCH,
            },
        };
        run.drive(job)
    }
}

/// Rows that have a number.
pub(crate) trait Id {
    fn id(&self) -> u64;
}

impl Id for Thing {
    fn id(&self) -> u64 {
        self.id
    }
}

impl Id for offerslook_core::affiliate::offers::OfferRow {
    fn id(&self) -> u64 {
        self.offer.id.get()
    }
}

struct Run<S> {
    harness: Harness,
    server: S,
    random: fastrand::Rng,
    now: Moment,
    in_flight: Vec<(Attempt, Option<Answer>)>,
    /// Calls that are never answered in time.
    silent: Vec<(Attempt, Answer)>,
    pages: BTreeSet<usize>,
    outcome: Outcome,
}

impl<S: FnMut(&Call) -> Answer> Run<S> {
    fn drive<E: Paged<Row: Id>>(mut self, mut job: Listing<E>) -> Outcome {
        let seeded = matches!(self.harness.order, Order::Seeded(_));
        loop {
            if seeded && !self.in_flight.is_empty() && self.random.u8(..4) == 0 {
                self.answer(&mut job);
            }
            match job.next(self.now) {
                Action::Send(attempt) => self.send(attempt),
                Action::Item(item) => self.item(&mut job, item),
                Action::Cancel(id) => self.cancel(&mut job, id),
                Action::Quota(_) => panic!("a local quota is never asked for"),
                Action::Wait { .. } if !self.in_flight.is_empty() => self.answer(&mut job),
                Action::Wait { until } => self.now = until.expect("neither a call in flight nor a time"),
                Action::Done => break,
            }
        }
        assert!(self.in_flight.is_empty() && self.silent.is_empty(), "calls in flight after the end");
        assert!(matches!(job.next(self.now), Action::Done), "no end ever after");
        assert_eq!(usize::try_from(job.progress().done), Ok(self.outcome.rows.len()));
        self.outcome.finished = self.now;
        self.outcome
    }

    fn send(&mut self, attempt: Attempt) {
        let (page, limit) = asked(&attempt);
        self.pages.insert(page);
        let due = self.outcome.rows.len() / limit;
        self.outcome.most_ahead = self.outcome.most_ahead.max(self.pages.len().saturating_sub(due + 1));
        let early = matches!(self.harness.order, Order::Seeded(_)) && self.random.bool();
        let answer = early.then(|| self.handle(&attempt));
        self.in_flight.push((attempt, answer));
        self.outcome.most_in_flight = self.outcome.most_in_flight.max(self.in_flight.len());
    }

    fn handle(&mut self, attempt: &Attempt) -> Answer {
        let (page, limit) = asked(attempt);
        let call = Call { number: self.outcome.calls.len(), page, limit };
        self.outcome.calls.push(call);
        assert!(call.number < MAX_CALLS, "the listing does not end");
        (self.server)(&call)
    }

    fn answer<E: Paged>(&mut self, job: &mut Listing<E>) {
        let place = match self.harness.order {
            Order::Oldest => 0,
            Order::Newest => self.in_flight.len() - 1,
            Order::Seeded(_) => self.random.usize(..self.in_flight.len()),
        };
        let (attempt, answer) = self.in_flight.remove(place);
        let answer = answer.unwrap_or_else(|| self.handle(&attempt));
        if matches!(&answer, Err(error) if error.kind == TransportKind::NeverAnswered) {
            self.silent.push((attempt, answer));
            return;
        }
        self.now = self.now + self.harness.latency;
        job.answered(attempt.ticket, self.now, answer).unwrap();
        if self.harness.stop_after_calls == Some(self.outcome.calls.len()) {
            job.stop(self.now);
        }
    }

    /// Ends a call. Its answer comes too late, and is ignored.
    fn cancel<E: Paged>(&mut self, job: &mut Listing<E>, id: AttemptId) {
        self.in_flight.retain(|(attempt, _)| attempt.ticket.id() != id);
        while let Some(place) = self.silent.iter().position(|(attempt, _)| attempt.ticket.id() == id) {
            let (attempt, answer) = self.silent.remove(place);
            job.answered(attempt.ticket, self.now, answer).unwrap();
        }
    }

    fn item<E: Paged<Row: Id>>(&mut self, job: &mut Listing<E>, item: Result<E::Row, Error>) {
        assert!(self.outcome.end.is_none(), "an item after the error that ends the listing");
        match item {
            Ok(row) => self.outcome.rows.push(row.id()),
            Err(error) => self.outcome.end = Some(error),
        }
        if self.harness.stop_after_rows == Some(self.outcome.rows.len()) {
            job.stop(self.now);
        }
    }
}

fn asked(attempt: &Attempt) -> (usize, usize) {
    let query = attempt.request.uri().query().unwrap();
    let number = |name: &str| {
        let mut fields = query.split('&').filter_map(|field| field.split_once('='));
        fields.find(|(field, _)| *field == name).unwrap().1.parse().unwrap()
    };
    (number("offset"), number("limit"))
}

impl Outcome {
    /// Asserts that these are all rows, in this order, each once.
    #[track_caller]
    pub(crate) fn assert_complete(&self, rows: &[u64]) {
        assert!(self.end.is_none(), "{} after {:?}", self.end.as_ref().unwrap(), self.calls);
        assert_eq!(self.rows, rows);
    }

    /// Asserts that the listing knows that it is not complete, and returns why.
    #[track_caller]
    pub(crate) fn incomplete(&self) -> &Incomplete {
        match &self.end {
            Some(Error::Incomplete(incomplete)) => {
                assert_eq!(usize::try_from(incomplete.rows), Ok(self.rows.len()));
                incomplete
            }
            end => panic!("ended with {end:?} after {:?}", self.calls),
        }
    }

    /// Returns why the run was stopped, if it was.
    pub(crate) fn stop_cause(&self) -> Option<StopCause> {
        let error = self.end.as_ref()?;
        let inner = match error {
            Error::Incomplete(incomplete) => incomplete.reason.error(),
            error => Some(error),
        };
        match inner {
            Some(Error::Stopped(cause)) => Some(*cause),
            _ => None,
        }
    }

    /// Returns the pages in the order in which the server handled the calls.
    pub(crate) fn pages(&self) -> Vec<usize> {
        self.calls.iter().map(|call| call.page).collect()
    }
}
