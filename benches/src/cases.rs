//! What the micro-benchmarks measure: each case, and its baseline without the core.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a case that cannot run says so by panicking"
)]

use std::{collections::VecDeque, time::Duration};

use offerslook::{
    Account, Batched, Credentials, Encoder, Endpoint, Network, OfferId, OfferIds, Parameter, Payload,
    Request, Response, Rows, Spec, TrackingLink,
    affiliate::batches::{GetTrackingLinks, TrackingLinkRow},
    error::NoLink,
    job::{Action, Batch, Job, Moment, Options, Quota, Rate},
    parse,
};

use crate::{
    answers,
    peer::{AUTHORIZATION, Answer, IDS_PER_CALL, Row},
};

/// The account of the calls.
#[must_use]
pub fn account() -> Account {
    let network: Network = "acme".parse().expect("a name");
    let credentials = Credentials::affiliate("me@example.com", "0123456789abcdef").expect("credentials");
    Account::new(network.into(), credentials)
}

/// As many ids as a call has.
#[must_use]
pub fn ids() -> OfferIds {
    OfferIds::new((100_000..).take(IDS_PER_CALL).filter_map(OfferId::new)).expect("ids")
}

/// An answer with a row for each of the [`ids`].
#[must_use]
pub fn answer() -> Response {
    Response::new(answers::links(ids().iter()).into())
}

/// The same with `\/` for `/`, as PHP writes it.
#[must_use]
pub fn escaped_answer() -> Response {
    Response::new(answers::links(ids().iter()).replace('/', r"\/").into())
}

/// Decodes an answer.
#[must_use]
pub fn decode(answer: &Response) -> Rows<TrackingLinkRow> {
    parse::<GetTrackingLinks>(answer).expect("rows")
}

/// Decodes an answer into structs written by hand.
#[must_use]
pub fn decode_bare(answer: &Response) -> Vec<Row> {
    serde_json::from_slice::<Answer>(answer.body()).expect("an answer").rows().expect("a success")
}

/// Builds the request of a call.
#[must_use]
pub fn encode(account: &Account, ids: &OfferIds) -> Request {
    account.request(&GetTrackingLinks::new(ids.clone())).expect("a request")
}

/// Builds the same request with `format!` and a builder.
#[must_use]
pub fn encode_bare(ids: &OfferIds) -> http::Request<()> {
    let joined = ids.iter().map(|id| id.to_string()).collect::<Vec<_>>().join(",");
    let base_url = "https://acme.api.offerslook.com";
    http::Request::get(format!("{base_url}/aff/v1/batches/offers/tracking_links/{joined}"))
        .header("authorization", AUTHORIZATION)
        .header("accept", "application/json")
        .header("user-agent", "benchmark")
        .body(())
        .expect("a request")
}

/// A link and a parameter to append.
#[must_use]
pub fn link() -> (TrackingLink, Parameter) {
    let link = TrackingLink::new("https://click.example/index.php?offer_id=16&aff_id=40").expect("a link");
    (link, "aff_sub1={click_id}".parse().expect("a parameter"))
}

/// Appends a parameter to a link.
#[must_use]
pub fn append((link, parameter): &(TrackingLink, Parameter)) -> TrackingLink {
    link.append(parameter).expect("a link")
}

/// Appends text to text.
#[must_use]
pub fn append_bare((link, parameter): &(TrackingLink, Parameter)) -> String {
    format!("{link}&{parameter}")
}

/// Answers with nothing but the ids, so that decoding does not hide the scheduler.
struct Echo(OfferIds);

impl Endpoint for Echo {
    const SPEC: Spec = Spec::get("echo", "/echo/{offer_ids}", Payload::List("ids"));
    type Output = Rows<OfferId>;

    fn encode(&self, request: &mut Encoder) {
        request.path(&self.0);
    }
}

impl Batched for Echo {
    type Row = OfferId;
    type Item = OfferId;
    const MAX_IDS_PER_CALL: usize = usize::MAX;

    fn of(ids: OfferIds) -> Self {
        Self(ids)
    }

    fn id_of(row: &OfferId) -> OfferId {
        *row
    }

    fn accept(row: OfferId) -> Result<OfferId, NoLink> {
        Ok(row)
    }
}

fn echo(request: &Request) -> Response {
    let asked = request.uri().path().trim_start_matches("/echo/");
    Response::new(format!(r#"{{"code":0,"data":{{"ids":[{asked}]}}}}"#).into())
}

/// Runs a batch of so many ids in virtual time. Returns the number of outcomes.
#[must_use]
pub fn schedule(ids: u64, per_call: usize) -> usize {
    let options = Options::builder().ids_per_request(per_call).build().expect("valid options");
    let quota = Quota::new(Rate::new(u32::MAX, Duration::from_millis(1)).expect("a window"));
    let mut job = Batch::<Echo, _>::new(account(), 1..=ids, options, &quota, 1);
    let mut in_flight = VecDeque::new();
    let mut now = Moment::EPOCH;
    let mut outcomes = 0;
    loop {
        // As the drivers do.
        if job.ready().is_some() {
            outcomes += 1;
            continue;
        }
        now = now + Duration::from_millis(1);
        match job.next(now) {
            Action::Send(attempt) => in_flight.push_back((attempt.ticket, echo(&attempt.request))),
            Action::Item(_) => outcomes += 1,
            Action::Cancel(_) | Action::Quota(_) => {}
            Action::Wait { .. } => {
                let (ticket, response) = in_flight.pop_front().expect("a call in flight");
                job.answered(ticket, now, Ok(response)).expect("its own ticket");
            }
            Action::Done => return outcomes,
        }
    }
}

/// Makes the same calls in a loop: without a limit, retries, order or proofs.
#[must_use]
pub fn schedule_bare(ids: u64, per_call: usize) -> usize {
    let account = account();
    let ids: Vec<OfferId> = (1..=ids).filter_map(OfferId::new).collect();
    let calls = ids.chunks(per_call).filter_map(|ids| OfferIds::new(ids.iter().copied()));
    let answers = calls.map(|ids| {
        let request = account.request(&Echo(ids)).expect("a request");
        parse::<Echo>(&echo(&request)).unwrap_or_else(|error| panic!("{error}")).rows.len()
    });
    answers.sum()
}
