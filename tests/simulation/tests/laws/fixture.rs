//! A job, a service without sockets, and the plainest loop there is.

use std::{collections::BTreeMap, ops::RangeInclusive, time::Duration};

use offerslook_core::{
    Account, Credentials, Network, Request, Response,
    affiliate::batches::{GetTrackingLinks, OfferLink},
    error::{Delivery, Error, IdError, TransportError, TransportKind},
    job::{Action, Batch, Call, Job, Listing, Moment, Options, OptionsBuilder, Quota, Ticket},
};
use offerslook_simulation::Numbers;

pub(crate) type Answer = Result<Response, TransportError>;
pub(crate) type Links = Batch<GetTrackingLinks, RangeInclusive<u64>>;
pub(crate) type Item = Result<(offerslook_core::OfferId, Result<OfferLink, IdError>), Error>;

pub(crate) fn account() -> Account {
    let network: Network = "acme".parse().unwrap();
    Account::new(network.into(), Credentials::affiliate("me@example.com", "key").unwrap())
}

/// 200 ids, 5 per call, 4 calls in flight.
pub(crate) fn links() -> Links {
    let options = Options::builder().ids_per_request(5).max_in_flight(4).build().unwrap();
    Batch::new(account(), 1..=200, options, &Quota::default(), 7)
}

/// One call, without retries.
pub(crate) fn call(options: OptionsBuilder) -> Call<GetTrackingLinks> {
    let call = GetTrackingLinks::new("16".parse().unwrap());
    Call::new(&account(), &call, options.retries(0).build().unwrap(), &Quota::default(), 7)
}

/// A list that sees its end before all its calls are answered: the service repeats its first page.
pub(crate) fn numbers() -> Listing<Numbers> {
    Listing::new(account(), Numbers::default(), Options::default(), &Quota::default(), 7)
}

/// A service with faults: the answer to its n-th call, and how long that takes.
#[derive(Default)]
pub(crate) struct Service {
    pub(crate) calls: u32,
    /// It answers without any fault, at once.
    pub(crate) at_once: bool,
    /// It answers after an hour.
    pub(crate) is_silent: bool,
}

impl Service {
    pub(crate) fn answer(&mut self, request: &Request) -> (Duration, Answer) {
        self.calls += 1;
        let took = Duration::from_micros(100_000 + u64::from(self.calls * self.calls * 7_919 % 40_009));
        if self.at_once || self.is_silent {
            let hours = u32::from(self.is_silent);
            return (Duration::from_hours(1) * hours, Ok(rows(request)));
        }
        let answer = match self.calls {
            n if request.uri().query().is_some() => {
                return (Duration::from_secs(n.into()), Ok(response(200, FIRST_PAGE)));
            }
            n if n % 5 == 2 => Ok(response(500, "")),
            n if n % 7 == 3 => Err(TransportError::new(TransportKind::Interrupted, Delivery::Unknown)),
            _ => Ok(rows(request)),
        };
        (took, answer)
    }
}

/// As every page of a list of ten.
const FIRST_PAGE: &str = r#"{"code":0,"data":{"rowset":[{"id":1},{"id":2}],"totalPages":10,"totalRows":20}}"#;

/// The ids that a request asks for.
pub(crate) fn ids_of(request: &Request) -> Vec<u64> {
    let ids = request.uri().path().rsplit('/').next().unwrap();
    ids.split(',').map(|id| id.parse().unwrap()).collect()
}

/// A row for every id.
pub(crate) fn rows(request: &Request) -> Response {
    tracking_links(&format!("[{}]", ids_of(request).into_iter().map(row).collect::<Vec<_>>().join(",")))
}

pub(crate) fn row(id: u64) -> String {
    format!(r#"{{"offer_id":{id},"url":"https://c.example/?o={id}"}}"#)
}

/// The answer with these rows.
pub(crate) fn tracking_links(rows: &str) -> Response {
    response(200, &format!(r#"{{"code":0,"message":"Success","data":{{"tracking_link":{rows}}}}}"#))
}

pub(crate) fn response(status: u16, body: &str) -> Response {
    http::Response::builder().status(status).body(body.to_owned().into()).unwrap()
}

/// The items of a job that is run against the service with faults, as text.
pub(crate) fn plain_loop<J: Job<Item: std::fmt::Debug>>(mut job: J, service: &mut Service) -> Vec<String> {
    let items = run(&mut job, |request| service.answer(request));
    items.iter().map(|item| format!("{item:?}")).collect()
}

/// The items of a job that is run by a loop of a few lines, one event after the other. A service answers each request,
/// after some time.
pub(crate) fn run<J: Job>(
    job: &mut J,
    mut service: impl FnMut(&Request) -> (Duration, Answer),
) -> Vec<J::Item> {
    let mut now = Moment::EPOCH;
    let mut in_flight: BTreeMap<(Moment, u32), (Ticket, Answer)> = BTreeMap::new();
    let mut calls = 0;
    let mut items = Vec::new();
    loop {
        match job.next(now) {
            Action::Send(attempt) => {
                let (took, answer) = service(&attempt.request);
                calls += 1;
                assert!(calls < 1_000, "it does not end");
                in_flight.insert((now + took, calls), (attempt.ticket, answer));
            }
            Action::Cancel(_) | Action::Quota(_) => {}
            Action::Item(item) => items.push(item),
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

/// Returns how many ids have a link, how many were not attempted, and how many errors there are beside.
pub(crate) fn count(items: &[Item]) -> (usize, usize, usize) {
    let count = |is: fn(&Item) -> bool| items.iter().filter(|item| is(item)).count();
    (
        count(|item| matches!(item, Ok((_, Ok(_))))),
        count(|item| matches!(item, Ok((_, Err(IdError::NotAttempted(_)))))),
        count(Result::is_err),
    )
}
