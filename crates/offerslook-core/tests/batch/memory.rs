//! What jobs hold of inputs that never end.

use std::{cell::Cell, time::Duration};

use offerslook_core::job::{Action, Job, Moment, Quota};

use crate::{
    answer::{answer, refusal, rows},
    laws::{jobs, options},
    world::{Call, ids_of},
};

type Server = fn(&Call<'_>, &mut fastrand::Rng) -> offerslook_core::Response;

/// Runs for so many steps. Returns the most elements that were taken from the input and had no outcome yet, and how
/// many had one at the end.
fn held(
    input: &dyn Fn(u64) -> u64,
    per_call: usize,
    server: Server,
    steps: usize,
    answers_late: bool,
) -> (u64, u64) {
    let taken = Cell::new(0_u64);
    let endless = std::iter::from_fn(|| {
        taken.set(taken.get() + 1);
        assert!(taken.get() < 5_000_000, "reads on and on");
        Some(input(taken.get()))
    });
    let jobs = jobs(options().ids_per_request(per_call), &Quota::default(), 1);
    let mut job = jobs.links(endless);
    let mut rng = fastrand::Rng::with_seed(1);
    let (mut now, mut told, mut most, mut number) = (Duration::ZERO, 0, 0, 0);
    let mut late: Option<(Duration, offerslook_core::job::Ticket, Vec<u64>)> = None;
    for _ in 0..steps {
        let moment = Moment::after_epoch(now);
        if late.as_ref().is_some_and(|(at, ..)| *at <= now) {
            let (_, ticket, ids) = late.take().unwrap();
            let _ = job.answered(ticket, moment, Ok(server(&Call { ids: &ids, number, at: now }, &mut rng)));
        }
        match job.next(moment) {
            Action::Send(attempt) => {
                let ids = ids_of(attempt.request.uri().path());
                number += 1;
                if answers_late && late.is_none() {
                    late = Some((now + Duration::from_secs(20), attempt.ticket, ids));
                } else {
                    let answer = server(&Call { ids: &ids, number, at: now }, &mut rng);
                    job.answered(attempt.ticket, moment, Ok(answer)).unwrap();
                }
            }
            Action::Item(Ok(_)) => told += 1,
            Action::Item(Err(error)) => panic!("{error}"),
            Action::Wait { until } => {
                let until = until.map(Moment::since_epoch);
                now = until.into_iter().chain(late.as_ref().map(|(at, ..)| *at)).min().unwrap().max(now);
            }
            Action::Done => panic!("an endless input ended"),
            _ => {}
        }
        most = most.max(taken.get() - told);
    }
    (most, told)
}

const SERVERS: [(&str, Server); 6] = [
    ("complete", |call, _| rows(call.ids.iter().copied())),
    ("half have no row", |call, _| rows(call.ids.iter().copied().filter(|id| id % 2 == 0))),
    ("first 10 ids", |call, _| {
        rows(call.ids[..call.ids.len().min(10)].iter().copied().filter(|id| id % 3 > 0))
    }),
    ("5 rows", |call, _| rows(call.ids.iter().copied().filter(|id| id % 3 > 0).take(5))),
    ("refuses every tenth id", |call, _| {
        if call.ids.iter().any(|id| id % 10 == 0) { refusal() } else { rows(call.ids.iter().copied()) }
    }),
    ("only ids up to 5,000 have a row", |call, _| {
        if call.number % 50 == 0 {
            return answer(500, String::new());
        }
        rows(call.ids.iter().copied().filter(|id| *id <= 5_000))
    }),
];

#[test]
fn an_endless_input_is_not_read_ahead() {
    for per_call in [1, 5, 100] {
        let window = 4 * 8 * per_call as u64;
        for (name, server) in SERVERS {
            for late in [false, true] {
                let (most, told) = held(&|n| n, per_call, server, 8_000, late);
                assert!(
                    most <= window + 8 * per_call as u64 + 16,
                    "{name}, {per_call} per call: {most} held"
                );
                assert!(told > 0, "{name}, {per_call} per call");
            }
        }
    }
}

#[test]
fn endless_repeats_are_not_read_ahead() {
    let inputs: [(&str, fn(u64) -> u64); 4] = [
        ("one id", |_| 7),
        ("two ids", |n| 7 + n % 2),
        ("few ids", |n| n % 30 + 1),
        ("one id between others", |n| if n % 2 == 0 { 7 } else { n }),
    ];
    for per_call in [1, 5, 100] {
        let window = 4 * 8 * per_call as u64;
        for (name, input) in inputs {
            for (_, server) in SERVERS {
                for late in [false, true] {
                    let (most, told) = held(&input, per_call, server, 4_000, late);
                    assert!(
                        most <= window + 8 * per_call as u64 + 16,
                        "{name}, {per_call} per call: {most} held"
                    );
                    assert!(told > 0, "{name}, {per_call} per call");
                }
            }
        }
    }
}
