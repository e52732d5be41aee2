//! Measures the scheduler alone: no sockets, no real time, answers that are next to free to decode.
//!
//! `cargo bench -p offerslook-tests --bench scheduler`
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot run says so by panicking")]

use std::{
    collections::VecDeque,
    hint::black_box,
    time::{Duration, Instant},
};

use offerslook_core::{
    Account, Batched, Credentials, Encoder, Endpoint, Network, OfferId, OfferIds, Payload, Response, Rows,
    Spec,
    error::NoLink,
    job::{Action, Batch, Job, Moment, Options, Quota, Rate, Ticket},
    parse,
};

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

struct Figures {
    calls: u32,
    answering: Duration,
    total: Duration,
}

fn run(ids: u64, per_call: usize) -> Figures {
    let account = Account::new(
        "acme".parse::<Network>().expect("a name").into(),
        Credentials::affiliate("me@example.com", "key").expect("credentials"),
    );
    let options = Options::builder().ids_per_request(per_call).build().expect("valid options");
    let quota = Quota::new(Rate::new(u32::MAX, Duration::from_millis(1)).expect("a window"));
    let mut job = Batch::<Echo, _>::new(account, 1..=ids, options, &quota, 1);
    let mut in_flight: VecDeque<(Ticket, Response)> = VecDeque::new();
    let mut figures = Figures { calls: 0, answering: Duration::ZERO, total: Duration::ZERO };
    let mut now = Moment::EPOCH;
    let start = Instant::now();
    loop {
        now = now + Duration::from_millis(1);
        match job.next(now) {
            Action::Send(attempt) => {
                let making = Instant::now();
                let asked = attempt.request.uri().path().trim_start_matches("/echo/");
                let response = Response::new(format!(r#"{{"code":0,"data":{{"ids":[{asked}]}}}}"#).into());
                // The job decodes it, too: that is not the scheduler's time.
                black_box(parse::<Echo>(&response).expect("an answer"));
                figures.answering += making.elapsed();
                figures.calls += 1;
                in_flight.push_back((attempt.ticket, response));
            }
            Action::Item(item) => drop(black_box(item)),
            Action::Cancel(_) | Action::Quota(_) => {}
            Action::Wait { .. } => {
                let (ticket, response) = in_flight.pop_front().expect("a call in flight");
                job.answered(ticket, now, Ok(response)).expect("its own ticket");
            }
            Action::Done => break,
        }
    }
    figures.total = start.elapsed();
    figures
}

fn main() {
    run(10_000, 100);
    println!("{:>9} {:>9} {:>9} {:>10} {:>10}", "ids", "ids/call", "calls", "ns/id", "ns/call");
    for (ids, per_call) in [(10_000, 1), (1_000, 100), (10_000, 100), (100_000, 100), (1_000_000, 100)] {
        let Figures { calls, answering, total } = run(ids, per_call);
        let own = total.saturating_sub(answering).as_nanos();
        println!(
            "{ids:>9} {per_call:>9} {calls:>9} {:>10} {:>10}",
            own / u128::from(ids),
            own / u128::from(calls)
        );
    }
}
