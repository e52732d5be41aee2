use std::sync::Arc;

use offerslook_core::{
    Account, Credentials, Link, Network, OfferId, OfferIds, Response,
    affiliate::{
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::{GetOfferTrackingLink, OfferLinks},
    },
    error::{Error, TransportError},
    job::{
        Action, Batch, BatchItem, Call, ForeignTicket, Incomplete, Job, Listing, Moment, Notice, Options,
        Outcome, Progress, Quota, Ticket,
    },
};

use super::{
    endpoints::{Application, Apply, Number, Numbers},
    plan::Kind,
    world::{Truth, link_of},
};

/// What a job hands out, whatever kind of job it is.
#[derive(Debug)]
pub(super) enum Seen {
    /// The outcome of one id.
    Outcome { id: u64, fate: Fate },
    /// The result of a single call: of each id that has one, its row.
    Called(Result<Vec<(u64, Truth)>, Error>),
    /// A row that nobody asked for.
    UnaskedRow,
    /// A second row.
    SecondRow,
    /// From here on, ids without a row are absent at once.
    DoubtsDropped,
    /// The job has ended early.
    Stopped(Arc<Error>),
    /// A row of a list.
    Row(u64),
    /// The list is not whole.
    Incomplete(Incomplete),
}

/// What became of one id.
#[derive(Debug)]
pub(super) enum Fate {
    Found(Truth),
    Absent,
    Refused(Arc<Error>),
    Failed(Arc<Error>),
    InDoubt(Arc<Error>),
    NotAttempted,
}

/// A job of whatever kind.
pub(super) type Subject = Box<dyn Job<Item = Seen>>;

/// Makes a job of this kind.
pub(super) fn subject(
    kind: Kind,
    ids: impl Iterator<Item = OfferId> + 'static,
    options: Options,
    quota: Quota,
    seed: u64,
) -> Subject {
    let account = account();
    match kind {
        Kind::Links => {
            let job = Batch::<GetTrackingLinks, _>::new(account, ids, options, quota, seed);
            Box::new(Translated { job, translate: |item| of_batch(item, of_link) })
        }
        Kind::Applications => {
            let job = Batch::<Apply, _>::new(account, ids, options, quota, seed);
            Box::new(Translated { job, translate: |item| of_batch(item, of_application) })
        }
        Kind::OneLink => {
            let id = ids.last().expect("an id");
            let job = Call::new(&account, &GetOfferTrackingLink::new(id), options, quota, seed);
            Box::new(Translated { job, translate: of_one_link })
        }
        Kind::OneApplication => {
            let ids = OfferIds::new(ids).expect("an id");
            let job = Call::new(&account, &Apply::new(ids), options, quota, seed);
            Box::new(Translated { job, translate: of_one_application })
        }
        Kind::Numbers => {
            // The server has the list: there is no input.
            drop(ids);
            let job = Listing::new(account, Numbers::default(), options, quota, seed);
            Box::new(Translated { job, translate: of_listing })
        }
    }
}

pub(super) fn account() -> Account {
    let network: Network = "acme".parse().expect("a name");
    Account::new(network, Credentials::affiliate("me@example.com", "key").expect("credentials"))
}

fn of_link(row: &TrackingLinkRow) -> (u64, Truth) {
    (row.offer_id.get(), of_url(&row.url, row.offer_id.get()))
}

/// A row that is not true of its id reads as poison, which no row ever is.
fn of_url(url: &Link, id: u64) -> Truth {
    match url {
        Link::Url(url) if url.as_str() == link_of(id) => Truth::Link,
        Link::NeedToApply => Truth::Unapproved,
        _ => Truth::Poison,
    }
}

fn of_application(row: &Application) -> (u64, Truth) {
    let truth = match &*row.status {
        "approved" => Truth::Link,
        "pending" => Truth::Unapproved,
        _ => Truth::Poison,
    };
    (row.offer_id.get(), truth)
}

/// The answer of this endpoint names no id: the link does.
fn of_one_link(result: Result<OfferLinks, Error>) -> Seen {
    Seen::Called(result.map(|links| match &links.url {
        Link::Absent => Vec::new(),
        Link::Url(url) => {
            let id = url.as_str().split(['=', '&']).nth(1).and_then(|id| id.parse().ok()).unwrap_or(0);
            vec![(id, of_url(&links.url, id))]
        }
        other => vec![(0, of_url(other, 0))],
    }))
}

fn of_one_application(result: Result<Vec<Application>, Error>) -> Seen {
    Seen::Called(result.map(|rows| rows.iter().map(of_application).collect()))
}

fn of_listing(item: Result<Number, Incomplete>) -> Seen {
    item.map_or_else(Seen::Incomplete, |row| Seen::Row(row.id))
}

fn of_batch<Row>(item: BatchItem<Row>, of_row: impl Fn(&Row) -> (u64, Truth)) -> Seen {
    match item {
        BatchItem::Outcome { id, outcome } => {
            let id = id.get();
            let fate = match outcome {
                Outcome::Found(row) => {
                    let (named, truth) = of_row(&row);
                    Fate::Found(if named == id { truth } else { Truth::Poison })
                }
                Outcome::Absent => Fate::Absent,
                Outcome::Refused(error) => Fate::Refused(error),
                Outcome::Failed(error) => Fate::Failed(error),
                Outcome::InDoubt(error) => Fate::InDoubt(error),
                Outcome::NotAttempted => Fate::NotAttempted,
                other => unreachable!("an outcome that is new: {}", std::any::type_name_of_val(&other)),
            };
            Seen::Outcome { id, fate }
        }
        BatchItem::Notice(Notice::UnaskedRow(_)) => Seen::UnaskedRow,
        BatchItem::Notice(Notice::SecondRow(_)) => Seen::SecondRow,
        BatchItem::Notice(Notice::DoubtsDropped) => Seen::DoubtsDropped,
        BatchItem::Notice(Notice::Stopped(error)) => Seen::Stopped(error),
        other => unreachable!("an item that is new: {}", std::any::type_name_of_val(&other)),
    }
}

struct Translated<J: Job> {
    job: J,
    translate: fn(J::Item) -> Seen,
}

impl<J: Job> Job for Translated<J> {
    type Item = Seen;

    fn next(&mut self, now: Moment) -> Action<Seen> {
        match self.job.next(now) {
            Action::Send(attempt) => Action::Send(attempt),
            Action::Item(item) => Action::Item((self.translate)(item)),
            Action::Wait { until } => Action::Wait { until },
            Action::Done => Action::Done,
        }
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
