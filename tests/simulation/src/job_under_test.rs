use std::{cell::Cell, num::NonZeroU32, rc::Rc};

use offerslook_core::{
    Account, Batched, Credentials, Endpoint, Link, Network, OfferId, OfferIds, Response, Rows,
    affiliate::{
        batches::{Application, ApplyToOffers, GetTrackingLinks, OfferLink},
        offers::{ApplicationStatus, GetOfferTrackingLink},
    },
    error::{Error, IdError, NoLink, TransportError},
    job::{
        Action, Batch, Call, ForeignTicket, Job, Listing, Moment, Options, Progress, Quota, Report, Ticket,
    },
};

use super::{
    endpoints::{Number, Numbers},
    plan::{JobPlan, Kind},
    world::{Truth, link_of},
};

/// An error of a job.
pub(super) type Cause = Box<Error>;

/// What a job yields, whatever kind of job it is.
#[derive(Debug)]
pub(super) enum Yield {
    /// The outcome of one element.
    Outcome { id: u64, verdict: Verdict },
    /// The result of a single call: the rows of its ids.
    Result(Result<Vec<(u64, Truth)>, Cause>),
    /// A row of a list.
    Row(u64),
    /// The run ended early.
    End(Cause),
}

/// The outcome of one element, without its row.
#[derive(Debug)]
pub(super) enum Verdict {
    Link,
    /// A row without a link, as the truth has it.
    NoLink(Truth),
    NoRow,
    Unanswered,
    Refused(Cause),
    Failed(Cause),
    InDoubt(Cause),
    NotAttempted(Option<Cause>),
}

/// Counts the elements that a job has taken from its input.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(Rc<Cell<usize>>);

impl Taken {
    fn count(&self, ids: impl Iterator<Item = u64> + 'static) -> Ids {
        let taken = Rc::clone(&self.0);
        Box::new(ids.inspect(move |_| taken.set(taken.get() + 1)))
    }

    pub(super) fn get(&self) -> usize {
        self.0.get()
    }
}

type Ids = Box<dyn Iterator<Item = u64>>;

/// A job of any kind.
pub(super) trait Subject: Job<Item = Yield> {
    /// The report of a batch.
    fn report(&self) -> Option<&Report>;
}

/// Creates the job of a plan.
pub(super) fn job_under_test(plan: &JobPlan, taken: &Taken, quota: &Quota, seed: u64) -> Box<dyn Subject> {
    let account = account();
    let options = options(plan);
    let ids: Ids = if plan.is_endless {
        Box::new(plan.ids.clone().into_iter().cycle())
    } else {
        Box::new(plan.ids.clone().into_iter())
    };
    let offers = || OfferIds::new(plan.ids.iter().filter_map(|id| OfferId::new(*id))).expect("an id");
    match plan.kind {
        Kind::Links => {
            let job = Batch::<GetTrackingLinks, _>::new(account, taken.count(ids), options, quota, seed);
            let report = Batch::report;
            Box::new(Translated { job, report: Some(report), translate: |item| of_batch(item, of_link) })
        }
        Kind::Applications => {
            // A batch of changes has its whole input from the start.
            taken.0.set(plan.ids.len());
            let job = Batch::<ApplyToOffers, _>::of_changes(account, offers(), options, quota, seed);
            let report = Batch::report;
            Box::new(Translated {
                job,
                report: Some(report),
                translate: |item| of_batch(item, of_application),
            })
        }
        Kind::OneLink => {
            let id = OfferId::new(plan.ids[0]).expect("an id");
            let job = Call::new(&account, &GetOfferTrackingLink::new(id), options, quota, seed);
            Box::new(Translated { job, report: None, translate: of_one_link })
        }
        Kind::OneApplication => {
            let job = Call::new(&account, &ApplyToOffers::of(offers()), options, quota, seed);
            Box::new(Translated { job, report: None, translate: of_one_application })
        }
        Kind::Numbers => {
            let number = |number| NonZeroU32::new(number).expect("not 0");
            let page = plan.first_page.map(|(page, limit)| (number(page), number(limit)));
            let job = Listing::new(account, Numbers { page }, options, quota, seed);
            Box::new(Translated { job, report: None, translate: of_listing })
        }
    }
}

fn options(plan: &JobPlan) -> Options {
    let builder = Options::builder()
        .max_in_flight(plan.max_in_flight)
        .ids_per_request(plan.ids_per_request)
        .retries(plan.retries)
        .retry_budget(plan.retry_budget)
        .timeout(plan.timeout)
        .trust_missing_rows(plan.trust_missing_rows);
    let builder = match plan.max_time {
        Some(time) => builder.max_time(time),
        None => builder,
    };
    builder.build().expect("options of a plan are valid")
}

pub(super) fn account() -> Account {
    let network: Network = "acme".parse().expect("a name");
    Account::new(network.into(), Credentials::affiliate("me@example.com", "key").expect("credentials"))
}

/// A row that does not belong to its id reads as refused, which no row ever is.
fn of_url(url: &str, id: u64) -> Truth {
    if url == link_of(id) { Truth::Link } else { Truth::Refused }
}

fn of_link(link: &OfferLink) -> (u64, Truth) {
    (link.offer_id.get(), of_url(link.url.as_str(), link.offer_id.get()))
}

fn of_application(row: &Application) -> (u64, Truth) {
    let truth = match row.status {
        Some(ApplicationStatus::Approved) => Truth::Link,
        Some(ApplicationStatus::Pending) => Truth::Unapproved,
        _ => Truth::Refused,
    };
    (row.offer_id.get(), truth)
}

/// The answer of this endpoint names no id: the link does.
fn of_one_link(result: Result<<GetOfferTrackingLink as Endpoint>::Output, Error>) -> Yield {
    let result = result.map(|links| match &links.url {
        Link::Url(url) => {
            let id = url.as_str().split(['=', '&']).nth(1).and_then(|id| id.parse().ok()).unwrap_or(0);
            vec![(id, of_url(url.as_str(), id))]
        }
        Link::NeedToApply => vec![(0, Truth::Unapproved)],
        _ => Vec::new(),
    });
    Yield::Result(result.map_err(Box::new))
}

fn of_one_application(result: Result<Rows<Application>, Error>) -> Yield {
    let result = result.map(|rows| rows.rows.iter().map(of_application).collect());
    Yield::Result(result.map_err(Box::new))
}

fn of_listing(item: Result<Number, Error>) -> Yield {
    item.map_or_else(|error| Yield::End(Box::new(error)), |row| Yield::Row(row.id))
}

fn of_batch<Item>(
    item: Result<(OfferId, Result<Item, IdError>), Error>,
    of_item: impl Fn(&Item) -> (u64, Truth),
) -> Yield {
    let (id, outcome) = match item {
        Ok((id, outcome)) => (id.get(), outcome),
        Err(error) => return Yield::End(Box::new(error)),
    };
    let verdict = match outcome {
        Ok(item) => match of_item(&item) {
            (named, Truth::Link) if named == id => Verdict::Link,
            (named, truth) if named == id => Verdict::NoLink(truth),
            _ => Verdict::NoLink(Truth::Refused),
        },
        Err(IdError::NoLink(NoLink::NeedToApply)) => Verdict::NoLink(Truth::Unapproved),
        Err(IdError::NoLink(NoLink::Absent)) => Verdict::NoLink(Truth::NoLink),
        Err(IdError::NoRow) => Verdict::NoRow,
        Err(IdError::Unanswered) => Verdict::Unanswered,
        Err(IdError::Refused(error)) => Verdict::Refused(Box::new(error)),
        Err(IdError::Failed(error)) => Verdict::Failed(Box::new(error)),
        Err(IdError::InDoubt(error)) => Verdict::InDoubt(Box::new(error)),
        Err(IdError::NotAttempted(error)) => Verdict::NotAttempted(Some(Box::new(error))),
        Err(other) => unreachable!("an outcome that the model does not know: {other:?}"),
    };
    Yield::Outcome { id, verdict }
}

struct Translated<J: Job> {
    job: J,
    report: Option<fn(&J) -> &Report>,
    translate: fn(J::Item) -> Yield,
}

impl<J: Job> Subject for Translated<J> {
    fn report(&self) -> Option<&Report> {
        self.report.map(|report| report(&self.job))
    }
}

impl<J: Job> Job for Translated<J> {
    type Item = Yield;

    fn next(&mut self, now: Moment) -> Action<Yield> {
        match self.job.next(now) {
            Action::Item(item) => Action::Item((self.translate)(item)),
            Action::Send(attempt) => Action::Send(attempt),
            Action::Cancel(id) => Action::Cancel(id),
            Action::Quota(call) => Action::Quota(call),
            Action::Wait { until } => Action::Wait { until },
            Action::Done => Action::Done,
        }
    }

    fn ready(&mut self) -> Option<Yield> {
        self.job.ready().map(self.translate)
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        self.job.answered(ticket, now, answer)
    }

    fn stop(&mut self, now: Moment) {
        self.job.stop(now);
    }

    fn progress(&self) -> Progress {
        self.job.progress()
    }
}
