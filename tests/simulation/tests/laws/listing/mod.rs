//! Listings of services that page badly: a list changes while it is read, totals are wrong, pages fail.

mod changes;
mod endings;
mod hostile;
mod pages;

use std::{collections::BTreeMap, fmt::Write, num::NonZeroU32, time::Duration};

use fastrand::Rng;
use offerslook_core::{
    Delivery, Error, IncompleteReason, Request, TransportError, TransportKind,
    job::{Action, Attempt, AttemptId, Job, Listing, Moment, Options, Quota},
};
use offerslook_simulation::{Number, Numbers};

use crate::fixture::{Answer, account, response};

/// A call as the server sees it.
#[derive(Clone, Copy, Debug)]
struct Call {
    /// How many calls the server handled before.
    number: usize,
    page: usize,
    limit: usize,
    /// How many of them were for this page.
    reads: usize,
}

/// Which of the calls in flight is answered next.
#[derive(Clone, Copy, Debug)]
enum Order {
    Oldest,
    Newest,
    /// Any, now and then before the listing is asked for its next action. Some calls are handled when they are sent,
    /// others when they are answered.
    Seeded(u64),
}

/// How a listing is driven.
#[derive(Clone, Copy, Debug)]
struct Harness {
    in_flight: usize,
    order: Order,
    max_time: Option<Duration>,
    stop_after_rows: Option<usize>,
    stop_after_calls: Option<usize>,
}

const MANY: Harness = Harness {
    in_flight: 8,
    order: Order::Oldest,
    max_time: None,
    stop_after_rows: None,
    stop_after_calls: None,
};

/// One call at a time: changes between two pages are where the test puts them.
const ONE: Harness = Harness { in_flight: 1, ..MANY };

const ALL: [Harness; 5] = [
    ONE,
    MANY,
    Harness { order: Order::Newest, ..MANY },
    Harness { order: Order::Seeded(1), ..MANY },
    Harness { in_flight: 3, order: Order::Seeded(3), ..MANY },
];

/// No listing of these tests needs more.
const MAX_CALLS: usize = 110_000;

/// What came of a listing.
#[derive(Debug, Default)]
struct Outcome {
    rows: Vec<u64>,
    error: Option<Error>,
    /// The calls in the order in which the server handled them.
    calls: Vec<Call>,
    /// The highest number of calls that were in flight together.
    most_in_flight: usize,
}

impl Outcome {
    /// Returns how the listing ended: "complete", or why it is not.
    fn end(&self) -> String {
        let Some(error) = &self.error else { return "complete".to_owned() };
        let Error::Incomplete(incomplete) = error else { panic!("{error:?}") };
        assert_eq!(usize::try_from(incomplete.rows), Ok(self.rows.len()));
        match (&incomplete.reason, incomplete.reason.error()) {
            (_, Some(Error::Stopped(cause))) => format!("{cause:?}"),
            (IncompleteReason::PageFailed { page, .. }, Some(error)) => {
                format!("page {page}: {:?}", error.class())
            }
            (reason, _) => format!("{reason:?}"),
        }
    }
}

/// What is expected of a listing: the rows, if they are certain, how it ends, and the maximum number of calls. Every end
/// is "incomplete" that is not "complete". An incomplete list may take more calls where a late page lets others go ahead.
type Expected<'a> = (Option<&'a [u64]>, &'a str, usize);

/// Lists what a server has, and asserts that the result is the expected one.
#[track_caller]
fn check(
    name: &str,
    harnesses: &[Harness],
    call: Numbers,
    (rows, end, most_calls): Expected<'_>,
    server: impl Fn(&Call) -> Answer,
) {
    for harness in harnesses {
        let outcome = harness.run(call, &server);
        let real_end = outcome.end();
        let told = format!("{name}, {harness:?}: {real_end}, {:?}", outcome.calls.last());
        assert!(real_end == end || (end == "incomplete" && real_end != "complete"), "{told}");
        assert!(rows.is_none_or(|rows| outcome.rows == rows), "{told}: {:?}", outcome.rows);
        let is_in_order = end == "complete" || matches!(harness.order, Order::Oldest);
        let ahead = if is_in_order { 0 } else { 4 * harness.in_flight };
        assert!(
            outcome.calls.len() <= most_calls.saturating_add(ahead),
            "{told}: {} calls",
            outcome.calls.len()
        );
    }
}

impl Harness {
    fn run(self, call: Numbers, server: impl FnMut(&Call) -> Answer) -> Outcome {
        let builder = Options::builder().max_in_flight(self.in_flight);
        let options = self.max_time.map_or(builder.clone(), |time| builder.max_time(time));
        let job = Listing::new(account(), call, options.build().unwrap(), &Quota::default(), 1);
        let seed = if let Order::Seeded(seed) = self.order { seed } else { 0 };
        let run = Run {
            harness: self,
            job,
            server,
            random: Rng::with_seed(seed),
            now: Moment::EPOCH,
            in_flight: Vec::new(),
            silent: Vec::new(),
            reads: BTreeMap::new(),
            outcome: Outcome::default(),
        };
        run.drive()
    }
}

struct Run<S> {
    harness: Harness,
    job: Listing<Numbers>,
    server: S,
    random: Rng,
    now: Moment,
    in_flight: Vec<(Attempt, Option<Answer>)>,
    /// Calls that are never answered in time.
    silent: Vec<(Attempt, Answer)>,
    /// How often each page was read.
    reads: BTreeMap<usize, usize>,
    outcome: Outcome,
}

impl<S: FnMut(&Call) -> Answer> Run<S> {
    fn drive(mut self) -> Outcome {
        let is_seeded = matches!(self.harness.order, Order::Seeded(_));
        loop {
            if is_seeded && !self.in_flight.is_empty() && self.random.u8(..4) == 0 {
                self.answer();
            }
            match self.job.next(self.now) {
                Action::Send(attempt) => {
                    let is_early = is_seeded && self.random.bool();
                    let answer = is_early.then(|| self.handle(&attempt.request));
                    self.in_flight.push((attempt, answer));
                    self.outcome.most_in_flight = self.outcome.most_in_flight.max(self.in_flight.len());
                }
                Action::Item(item) => self.item(item),
                Action::Cancel(id) => self.cancel(id),
                Action::Quota(_) => panic!("a local quota is never asked for"),
                Action::Wait { .. } if !self.in_flight.is_empty() => self.answer(),
                Action::Wait { until } => self.now = until.expect("neither a call in flight nor a time"),
                Action::Done => break,
            }
        }
        assert!(self.in_flight.is_empty() && self.silent.is_empty(), "calls in flight after the end");
        assert!(matches!(self.job.next(self.now), Action::Done), "no end ever after");
        assert_eq!(usize::try_from(self.job.progress().done), Ok(self.outcome.rows.len()));
        self.outcome
    }

    fn handle(&mut self, request: &Request) -> Answer {
        let query = request.uri().query().unwrap();
        let (page, limit) = query.strip_prefix("offset=").unwrap().split_once("&limit=").unwrap();
        let page = page.parse().unwrap();
        let reads = self.reads.entry(page).or_default();
        let number = self.outcome.calls.len();
        let call = Call { number, page, limit: limit.parse().unwrap(), reads: *reads };
        *reads += 1;
        self.outcome.calls.push(call);
        assert!(call.number < MAX_CALLS, "the listing does not end");
        (self.server)(&call)
    }

    fn answer(&mut self) {
        let place = match self.harness.order {
            Order::Oldest => 0,
            Order::Newest => self.in_flight.len() - 1,
            Order::Seeded(_) => self.random.usize(..self.in_flight.len()),
        };
        let (attempt, answer) = self.in_flight.remove(place);
        let answer = answer.unwrap_or_else(|| self.handle(&attempt.request));
        if matches!(&answer, Err(error) if error.kind == TransportKind::NeverAnswered) {
            self.silent.push((attempt, answer));
            return;
        }
        self.now = self.now + Duration::from_millis(100);
        self.job.answered(attempt.ticket, self.now, answer).unwrap();
        if self.harness.stop_after_calls == Some(self.outcome.calls.len()) {
            self.job.stop(self.now);
        }
    }

    /// Ends a call. Its answer comes too late, and is ignored.
    fn cancel(&mut self, id: AttemptId) {
        self.in_flight.retain(|(attempt, _)| attempt.ticket.id() != id);
        while let Some(place) = self.silent.iter().position(|(attempt, _)| attempt.ticket.id() == id) {
            let (attempt, answer) = self.silent.remove(place);
            self.job.answered(attempt.ticket, self.now, answer).unwrap();
        }
    }

    fn item(&mut self, item: Result<Number, Error>) {
        assert!(self.outcome.error.is_none(), "an item after the error that ends the listing");
        match item {
            Ok(row) => self.outcome.rows.push(row.id),
            Err(error) => self.outcome.error = Some(error),
        }
        if self.harness.stop_after_rows == Some(self.outcome.rows.len()) {
            self.job.stop(self.now);
        }
    }
}

/// One page, with what the server says about the whole list.
#[derive(Clone, Debug, Default)]
struct Reply {
    rows: Vec<u64>,
    total_rows: Option<usize>,
    total_pages: Option<usize>,
    limit: Option<usize>,
}

impl Reply {
    /// The answer of a server that pages as documented.
    fn honest(list: &[u64], call: &Call) -> Self {
        Self::cut(list, call.page, call.limit)
    }

    /// The page of this number, where pages have this size.
    fn cut(list: &[u64], page: usize, limit: usize) -> Self {
        Self {
            rows: list.iter().skip((page - 1) * limit).take(limit).copied().collect(),
            total_rows: Some(list.len()),
            total_pages: Some(list.len().div_ceil(limit)),
            limit: Some(limit),
        }
    }

    fn totals(self, total_rows: Option<usize>, total_pages: Option<usize>) -> Self {
        Self { total_rows, total_pages, ..self }
    }

    fn ok(self) -> Answer {
        let rows: Vec<_> = self.rows.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
        let mut data = format!(r#""rowset":[{}]"#, rows.join(","));
        let fields =
            [("totalRows", self.total_rows), ("totalPages", self.total_pages), ("limit", self.limit)];
        for (name, value) in fields {
            if let Some(value) = value {
                write!(data, r#","{name}":{value}"#).unwrap();
            }
        }
        body(&format!("{{{data}}}"))
    }

    /// Refuses a page without rows.
    fn or_404(self) -> Answer {
        if self.rows.is_empty() { status(404) } else { self.ok() }
    }
}

/// A list of this many rows. The ids are neither dense nor sorted.
fn list(rows: usize) -> Vec<u64> {
    (1..).take(rows).map(|row: u64| (row * 7919) % 1_000_003).collect()
}

/// All pages from this one on, of this size.
fn pages_from(page: usize, limit: usize) -> Numbers {
    let number = |number| NonZeroU32::new(u32::try_from(number).unwrap()).unwrap();
    Numbers { page: Some((number(page), number(limit))) }
}

fn pages_of(limit: usize) -> Numbers {
    pages_from(1, limit)
}

#[expect(clippy::unnecessary_wraps, reason = "it stands beside the lack of an answer")]
fn body(data: &str) -> Answer {
    Ok(response(200, &format!(r#"{{"code":0,"message":"Success","data":{data}}}"#)))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands beside the lack of an answer")]
fn status(status: u16) -> Answer {
    Ok(response(status, ""))
}

/// No answer, until the listing cancels the call.
fn silence() -> Answer {
    Err(TransportError::new(TransportKind::NeverAnswered, Delivery::Unknown))
}

fn timed_out() -> Answer {
    Err(TransportError::new(TransportKind::Timeout, Delivery::Unknown))
}
