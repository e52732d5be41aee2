//! A job, a service without sockets, and the plainest loop there is.

use std::{collections::BTreeMap, num::NonZeroUsize, time::Duration};

use offerslook_core::{
    Account, Credentials, Network, OfferId, Request, Response,
    affiliate::batches::GetTrackingLinks,
    error::{Delivery, TransportError, TransportKind},
    job::{Action, Batch, BatchItem, Job, Listing, Moment, Options, Outcome, Quota, Ticket},
};
use offerslook_tests::simulation::Numbers;

pub(crate) type Answer = Result<Response, TransportError>;
pub(crate) type Links = Batch<GetTrackingLinks, std::vec::IntoIter<OfferId>>;

pub(crate) fn account() -> Account {
    let network: Network = "acme".parse().unwrap();
    Account::new(network, Credentials::affiliate("me@example.com", "key").unwrap())
}

pub(crate) fn ids(range: std::ops::RangeInclusive<u64>) -> Vec<OfferId> {
    range.filter_map(OfferId::new).collect()
}

/// 200 ids, 5 a call, 4 calls in the air.
pub(crate) fn links() -> Links {
    let mut options = Options::default();
    options.ids_per_request = NonZeroUsize::new(5).unwrap();
    options.max_in_flight = NonZeroUsize::new(4).unwrap();
    let quota = Quota::new(options.quota);
    Batch::new(account(), ids(1..=200), options, quota, 7)
}

/// A list that sees its end before all its calls are answered: the service repeats its first page.
pub(crate) fn numbers() -> Listing<Numbers> {
    let options = Options::default();
    let quota = Quota::new(options.quota);
    Listing::new(account(), Numbers::default(), options, quota, 7)
}

/// What a service with troubles answers to its n-th call, and how long that takes.
#[derive(Default)]
pub(crate) struct Service {
    pub(crate) calls: u32,
    /// It answers without any trouble, before anyone can look.
    pub(crate) at_once: bool,
}

impl Service {
    pub(crate) fn answer(&mut self, request: &Request) -> (Duration, Answer) {
        self.calls += 1;
        let took = Duration::from_micros(100_000 + u64::from(self.calls * self.calls * 7_919 % 40_009));
        if self.at_once {
            return (Duration::ZERO, Ok(rows(request)));
        }
        let answer = match self.calls {
            n if request.uri().query().is_some() => {
                return (Duration::from_secs(n.into()), Ok(told(200, FIRST_PAGE)));
            }
            n if n % 5 == 2 => Ok(told(500, "")),
            n if n % 7 == 3 => Err(TransportError::new(TransportKind::Interrupted, Delivery::Unknown)),
            _ => Ok(rows(request)),
        };
        (took, answer)
    }
}

/// As every page of a list of ten.
const FIRST_PAGE: &str = r#"{"code":0,"data":{"rowset":[{"id":1},{"id":2}],"totalPages":10,"totalRows":20}}"#;

/// A row for every id.
pub(crate) fn rows(request: &Request) -> Response {
    let ids = request.uri().path().rsplit('/').next().unwrap();
    let rows: Vec<String> = ids
        .split(',')
        .map(|id| format!(r#"{{"offer_id":{id},"url":"https://c.example/?o={id}"}}"#))
        .collect();
    told(200, &format!(r#"{{"code":0,"message":"Success","data":{{"tracking_link":[{}]}}}}"#, rows.join(",")))
}

fn told(status: u16, body: &str) -> Response {
    http::Response::builder().status(status).body(body.to_owned().into()).unwrap()
}

/// The items of a job that is run by a loop of a few lines, one event after the other.
pub(crate) fn plain_loop<J: Job<Item: std::fmt::Debug>>(mut job: J, service: &mut Service) -> Vec<String> {
    let mut now = Moment::EPOCH;
    let mut in_flight: BTreeMap<(Moment, u32), (Ticket, Answer)> = BTreeMap::new();
    let mut items = Vec::new();
    loop {
        match job.next(now) {
            Action::Send(attempt) => {
                let (took, answer) = service.answer(&attempt.request);
                in_flight.insert((now + took, service.calls), (attempt.ticket, answer));
            }
            Action::Item(item) => items.push(format!("{item:?}")),
            Action::Wait { until } => {
                let answered =
                    in_flight.first_entry().filter(|next| until.is_none_or(|until| next.key().0 <= until));
                if let Some(next) = answered {
                    now = next.key().0;
                    let (ticket, answer) = next.remove();
                    job.answered(ticket, now, answer).unwrap();
                } else {
                    now = until.unwrap();
                }
            }
            Action::Done => return items,
        }
    }
}

/// How many ids have a row, and how many were not attempted.
pub(crate) fn count<Row>(items: &[BatchItem<Row>]) -> (usize, usize) {
    let with = |wanted: fn(&Outcome<Row>) -> bool| {
        let is =
            |item: &&BatchItem<Row>| matches!(item, BatchItem::Outcome { outcome, .. } if wanted(outcome));
        items.iter().filter(is).count()
    };
    (
        with(|outcome| matches!(outcome, Outcome::Found(_))),
        with(|outcome| matches!(outcome, Outcome::NotAttempted)),
    )
}
