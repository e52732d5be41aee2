//! The rate limit at the server, and who gets the slots.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc, time::Duration};

use offerslook_core::job::Quota;

use crate::{
    answer::{answer, retry_after, rows},
    laws::{in_bounds, jobs, one_outcome_each, one_reason, options, rate, within_rate},
    world::{Trip, World},
};

fn millis(from: u64) -> Duration {
    Duration::from_millis(from)
}

/// Calls and answers of very different duration, calls that arrive one window after their timeout, failures of
/// every kind, consumers that sleep for minutes, and up to five jobs.
#[test]
fn no_window_has_more_arrivals_than_the_rate() {
    for seed in 0..40_u64 {
        let rate =
            [rate(1, 1.0), rate(3, 1.0), rate(7, 10.0), rate(50, 10.0), rate(2, 0.05)][seed as usize % 5];
        let window = rate.window();
        let timeout = [millis(0), millis(500), millis(3_000), millis(30_000)][(seed / 5) as usize % 4];
        let quota = Quota::new(rate);
        let mut world = World::new(
            seed,
            Box::new(|call, rng| match rng.u32(0..12) {
                0 => answer(500, String::new()),
                1 => retry_after(429, "1"),
                2 => answer(429, String::new()),
                3 => answer(404, String::new()),
                4 => crate::answer::empty(),
                _ => rows(call.ids.iter().copied().filter(|id| id % 5 != 0)),
            }),
        );
        world.tidy = seed % 3 != 0;
        world.network = Box::new(move |rng| {
            let any = |rng: &mut fastrand::Rng| Some(millis(rng.u64(0..1_000)).min(timeout + window));
            match rng.u32(0..10) {
                0 => Trip { there: Some(timeout + window), back: any(rng) },
                1 => Trip { there: Some(Duration::ZERO), back: None },
                2 => Trip { there: None, back: any(rng) },
                3 => Trip { there: Some(timeout), back: Some(Duration::ZERO) },
                4 => Trip { there: Some(Duration::ZERO), back: Some(timeout) },
                _ => Trip { there: any(rng), back: any(rng) },
            }
        });
        world.consumer = Box::new(|job, rng| match rng.u32(0..300) {
            0 if job > 0 => Duration::from_secs(rng.u64(1..200)),
            _ => Duration::ZERO,
        });
        let all: Vec<_> = (0..1 + seed % 5)
            .map(|job| {
                let options = options().timeout(timeout).ids_per_request(1 + (seed % 20) as usize);
                jobs(options.retry_budget(1_000), &quota, seed + job)
            })
            .collect();
        let input: Vec<u64> = (1..=150).collect();
        let mut running: Vec<_> = all.iter().map(|jobs| jobs.links(input.clone())).collect();
        for (told, jobs) in world.run(&mut running).iter().zip(&all) {
            one_outcome_each(told, &input);
            one_reason(told);
            in_bounds(told, jobs.options());
        }
        within_rate(&world.arrivals, rate);
    }
}

/// What a sibling sends while the service has asked to wait.
fn sent_in_spite_of_a_pause(
    consumer_pauses: bool,
    seconds: u64,
    answer: fn() -> offerslook_core::Response,
) -> usize {
    let quota = Quota::default();
    let asked = Rc::new(RefCell::new(None));
    let late = Rc::new(RefCell::new(BTreeSet::new()));
    let (asked_by_server, late_by_server) = (Rc::clone(&asked), Rc::clone(&late));
    let mut world = World::new(
        1,
        Box::new(move |call, _| {
            if call.ids[0] >= 1_000_000 && call.ids[0] % 1_000 == 200 && asked_by_server.borrow().is_none() {
                *asked_by_server.borrow_mut() = Some(call.at);
                return answer();
            }
            if let Some(asked) = *asked_by_server.borrow()
                && call.at > asked + Duration::from_secs(1)
                && call.at < asked + Duration::from_secs(seconds)
            {
                late_by_server.borrow_mut().insert(call.number);
            }
            rows(call.ids.iter().copied())
        }),
    );
    world.network = Box::new(|_| Trip { there: Some(millis(100)), back: Some(millis(100)) });
    let mut items = 0;
    world.consumer = Box::new(move |job, _| {
        items += u64::from(job == 0);
        if consumer_pauses && job == 0 && items == 100 { Duration::from_mins(10) } else { Duration::ZERO }
    });
    let jobs = jobs(options().max_in_flight(2), &quota, 1);
    let one: Vec<u64> = (1_000_000..1_001_000).collect();
    let other: Vec<u64> = (1..30_000).collect();
    world.run(&mut [jobs.links(one), jobs.links(other)]);
    assert!(asked.borrow().is_some());
    late.borrow().len()
}

#[test]
fn a_pause_holds_for_the_siblings() {
    let cases: [(u64, fn() -> offerslook_core::Response); 4] = [
        (59, || retry_after(429, "60")),
        (59, || retry_after(503, "60")),
        (9, || answer(429, String::new())),
        (9, || answer(200, r#"{"code": 42901, "message": "Too many calls"}"#.to_owned())),
    ];
    for (seconds, answer) in cases {
        assert_eq!(sent_in_spite_of_a_pause(false, seconds, answer), 0, "{:?}", answer());
    }
}

/// The shares of a greedy and of modest jobs.
#[test]
fn no_job_starves() {
    for seed in 0..20 {
        let quota = Quota::new(rate(1 + (seed % 4) as u32, 1.0));
        let mut world = World::new(seed, Box::new(|call, _| rows(call.ids.iter().copied())));
        let greedy = jobs(options().ids_per_request(1).max_in_flight(1_000), &quota, seed);
        let modest = jobs(options().ids_per_request(1).max_in_flight(1), &quota, seed);
        let many: Vec<u64> = (1..=600).collect();
        let few: Vec<u64> = (1..=10).collect();
        let told = world.run(&mut [
            greedy.links(many.clone()),
            greedy.links(many.clone()),
            modest.links(few.clone()),
            modest.links(few.clone()),
        ]);
        let slots = f64::from(quota.rate().calls().get());
        // Passed over at most once per slot: each of its calls waits for at most as many others as there are slots,
        // plus the other waiters.
        for modest in &told[2..] {
            let calls = 10.0 * (slots + 4.0);
            let fair = calls / slots * 1.6 + 5.0;
            assert!(modest.ended.as_secs_f64() < fair, "seed {seed}: {:?}, fair: {fair}", modest.ended);
        }
    }
}
