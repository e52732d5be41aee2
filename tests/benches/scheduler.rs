//! What the scheduler costs by itself: no sockets, no real time, answers that are next to free to decode.
//!
//! `cargo bench -p offerslook-tests --bench scheduler`
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot run says so by panicking")]

use std::{
    collections::VecDeque,
    hint::black_box,
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use offerslook_core::{
    Account, Batched, Credentials, Encoder, Endpoint, Network, OfferId, OfferIds, Payload, Response, Spec,
    job::{Action, Batch, Job, Moment, Options, Quota, Rate, Ticket},
    parse,
};

/// Answers with nothing but the ids, so that decoding does not hide the scheduler.
struct Echo(OfferIds);

impl Endpoint for Echo {
    const SPEC: Spec = Spec::get("echo", "/echo/{offer_ids}", Payload::List("ids"));
    type Output = Vec<OfferId>;

    fn encode(&self, request: &mut Encoder) {
        request.path(&self.0);
    }
}

impl Batched for Echo {
    type Row = OfferId;
    const MAX_IDS_PER_CALL: usize = usize::MAX;

    fn of(ids: OfferIds) -> Self {
        Self(ids)
    }

    fn id_of(row: &OfferId) -> OfferId {
        *row
    }
}

struct Figures {
    calls: u32,
    answering: Duration,
    total: Duration,
}

fn run(ids: u64, per_call: NonZeroUsize) -> Figures {
    let account = Account::new(
        "acme".parse::<Network>().expect("a name").into(),
        Credentials::affiliate("me@example.com", "key").expect("credentials"),
    );
    let mut options = Options::default();
    options.ids_per_request = per_call;
    options.quota = Rate::new(u32::MAX, Duration::from_millis(1)).expect("a window");
    let quota = Quota::new(options.quota);
    let mut job = Batch::<Echo, _>::new(account, (1..=ids).filter_map(OfferId::new), options, quota, 1);
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
            Action::Wait { .. } => {
                let (ticket, response) = in_flight.pop_front().expect("something in flight");
                job.answered(ticket, now, Ok(response)).expect("its own ticket");
            }
            Action::Done => break,
        }
    }
    figures.total = start.elapsed();
    figures
}

fn main() {
    let alone = NonZeroUsize::MIN;
    let hundred = alone.saturating_add(99);
    run(10_000, hundred);
    println!("{:>9} {:>9} {:>9} {:>10} {:>10}", "ids", "ids/call", "calls", "ns/id", "ns/call");
    for (ids, per_call) in
        [(10_000, alone), (1_000, hundred), (10_000, hundred), (100_000, hundred), (1_000_000, hundred)]
    {
        let Figures { calls, answering, total } = run(ids, per_call);
        let own = total.saturating_sub(answering).as_nanos();
        println!(
            "{ids:>9} {per_call:>9} {calls:>9} {:>10} {:>10}",
            own / u128::from(ids),
            own / u128::from(calls)
        );
    }
}
