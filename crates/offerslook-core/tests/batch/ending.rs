//! How runs end: revoked keys, outages, stops, deadlines.

use std::{rc::Rc, time::Duration};

use fastrand::Rng;
use offerslook_core::job::{Job, Moment, Quota};

use crate::{
    answer::{answer, refusal, retry_after, rows},
    input::{Input, Order},
    laws::{in_bounds, jobs, one_outcome_each, one_reason, options},
    transcript::Is,
    verdicts::any_options,
    world::World,
};

fn no_key(kind: u64) -> offerslook_core::Response {
    match kind {
        0 => answer(401, String::new()),
        1 => answer(403, "<html>Forbidden</html>".to_owned()),
        2 => answer(200, r#"{"code": 401, "message": "Invalid key"}"#.to_owned()),
        3 => answer(200, r#"{"code": 40301, "message": "IP"}"#.to_owned()),
        4 => answer(407, String::new()),
        5 => answer(302, String::new()),
        _ => refusal(),
    }
}

#[test]
fn a_run_with_a_wrong_key_ends_with_an_error() {
    for kind in 0..6 {
        for count in [1, 2, 3, 20, 1_000] {
            let mut world = World::new(1, Box::new(move |_, _| no_key(kind)));
            let ids: Vec<u64> = (1..=count).collect();
            let told = world.run(&mut [jobs(options(), &Quota::default(), 1).links(ids.clone())]).remove(0);
            one_outcome_each(&told, &ids);
            one_reason(&told);
            assert!(told.end.is_some(), "kind {kind}, {count} ids");
            assert_eq!(told.calls.len(), 1, "kind {kind}, {count} ids");
        }
    }
}

/// The key is revoked after so many calls: no id is refused for itself.
#[test]
fn a_key_that_is_revoked_meanwhile_is_not_blamed_on_ids() {
    let mut report = String::new();
    for kind in 0..6 {
        for seed in 0..20_u64 {
            let mut rng = Rng::with_seed(seed);
            let input = Input::new([5, 60, 400][seed as usize % 3], 100, Order::Mixed, false, &mut rng);
            let offers = Rc::new(input.existing.clone());
            let good = rng.usize(0..12);
            let total = std::cell::Cell::new(0);
            let mut world = World::new(
                seed,
                Box::new(|call, _| {
                    total.set(total.get() + 1);
                    if call.number >= good {
                        no_key(kind)
                    } else {
                        rows(call.ids.iter().copied().filter(|id| offers.contains(id)))
                    }
                }),
            );
            let jobs = jobs(any_options(seed), &Quota::default(), seed);
            let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
            drop(world);
            one_outcome_each(&told, &input.ids);
            one_reason(&told);
            let refused = told.count(|is| *is == Is::Refused);
            let revoked = total.get() > good;
            if revoked && (refused > 0 || told.end.is_none()) {
                report += &format!(
                    "kind {kind}, seed {seed}: {good} good calls of {}, {} ids, {refused} refused, end: {:?}\n",
                    total.get(),
                    input.ids.len(),
                    told.end.as_ref().map(ToString::to_string)
                );
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// The service answers 404 for some seconds, as while it is being replaced.
#[test]
fn an_outage_is_not_blamed_on_ids() {
    for seed in 0..15_u64 {
        let rng = &mut Rng::with_seed(seed);
        let input = Input::new(1_500, 100, Order::Mixed, false, rng);
        let from = Duration::from_millis(rng.u64(0..3_000));
        let to = from + Duration::from_secs([1, 3, 30][seed as usize % 3]);
        let mut world = World::new(
            seed,
            Box::new(|call, _| {
                if call.at >= from && call.at < to {
                    answer(404, "<html>404 Not Found</html>".to_owned())
                } else {
                    rows(call.ids.iter().copied().filter(|id| input.existing.contains(id)))
                }
            }),
        );
        let jobs = jobs(options(), &Quota::default(), seed);
        let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
        one_outcome_each(&told, &input.ids);
        one_reason(&told);
        assert_eq!(told.count(|is| *is == Is::Refused), 0, "seed {seed}");
        assert!(
            told.items.iter().all(|(id, is)| *is != Is::NoRow || !input.existing.contains(id)),
            "seed {seed}"
        );
    }
}

#[test]
fn a_stop_at_any_step_leaves_one_outcome_each() {
    for seed in 0..100_u64 {
        let input = Input::any(seed, 300);
        let offers = Rc::new(input.existing.clone());
        let mut world = World::new(
            seed,
            Box::new(move |call, rng| match rng.u32(0..10) {
                0 => answer(500, String::new()),
                1 => refusal(),
                _ => rows(call.ids.iter().copied().filter(|id| offers.contains(id))),
            }),
        );
        world.tidy = seed.is_multiple_of(2);
        world.stop_after = Some(1 + seed as usize * 3 % 700);
        let jobs = jobs(any_options(seed), &Quota::default(), seed);
        let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
        one_outcome_each(&told, &input.ids);
        one_reason(&told);
        in_bounds(&told, jobs.options());
    }
}

#[test]
fn a_deadline_ends_the_job_in_time() {
    for seed in 0..30_u64 {
        let input = Input::any(seed, 2_000);
        let offers = Rc::new(input.existing.clone());
        let limit = Duration::from_millis([0, 1, 500, 3_000, 60_000][seed as usize % 5]);
        let mut world = World::new(
            seed,
            Box::new(move |call, rng| match rng.u32(0..10) {
                0 => retry_after(429, "100"),
                _ => rows(call.ids.iter().copied().filter(|id| offers.contains(id))),
            }),
        );
        let jobs = jobs(any_options(seed).max_time(limit), &Quota::default(), seed);
        let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
        one_outcome_each(&told, &input.ids);
        one_reason(&told);
        assert!(told.ended <= limit, "ended at {:?}, allowed {limit:?}", told.ended);
    }
}

#[test]
fn a_wait_that_is_too_long_ends_the_job() {
    for (header, most) in [("121", 1), ("99999999999999999999", 1), ("0", 5), ("-5", 5), ("", 5)] {
        for status in [429, 503] {
            let mut world = World::new(1, Box::new(move |_, _| retry_after(status, header)));
            let quota = Quota::default();
            let told = world.run(&mut [jobs(options(), &quota, 1).links([1_u64, 2, 3])]).remove(0);
            one_outcome_each(&told, &[1, 2, 3]);
            one_reason(&told);
            assert!(told.calls.len() <= most, "{header:?}: {} calls", told.calls.len());
            assert!(told.ended < Duration::from_secs(200), "{header:?}: {:?}", told.ended);
        }
    }
}

#[test]
fn progress_agrees_with_what_was_told() {
    let jobs = jobs(options(), &Quota::default(), 1);
    let mut job = jobs.links((1..500_u64).collect::<Vec<_>>());
    let mut world = World::new(1, Box::new(|call, _| rows(call.ids.iter().copied())));
    let told = world.run(std::slice::from_mut(&mut job)).remove(0);
    assert_eq!(job.progress().done, told.items.len() as u64);
    assert_eq!(job.progress().calls, told.calls.len() as u64);
    assert_eq!(job.progress().in_flight, 0);
    job.stop(Moment::EPOCH);
}
