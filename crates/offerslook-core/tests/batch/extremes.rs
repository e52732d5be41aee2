//! Inputs, options, clocks and drivers at their limits.

use std::{cell::Cell, rc::Rc, time::Duration};

use offerslook_core::{
    Response,
    job::{Action, Job, Moment, Quota, Rate},
};

use crate::{
    answer::{answer, links, refusal, row, rows},
    input::Input,
    laws::{in_bounds, jobs, one_outcome_each, one_reason, options, rate},
    transcript::Is,
    verdicts::any_options,
    world::World,
};

#[test]
fn ids_of_twenty_digits_a_thousand_per_call() {
    let ids: Vec<u64> = (0..3_000).map(|n| u64::MAX - n).collect();
    for kind in 0..3 {
        let mut world = World::new(
            1,
            Box::new(move |call, _| match kind {
                0 => rows(call.ids.iter().copied()),
                1 => rows(call.ids.iter().copied().filter(|id| id % 3 > 0)),
                _ if call.ids.len() > 300 => answer(414, String::new()),
                _ => rows(call.ids.iter().copied()),
            }),
        );
        let jobs = jobs(options().ids_per_request(1_000), &Quota::default(), 1);
        let told = world.run(&mut [jobs.links(ids.clone())]).remove(0);
        one_outcome_each(&told, &ids);
        assert_eq!(told.count(|is| *is == Is::NoRow), if kind == 1 { 1_000 } else { 0 });
        assert!(told.end.is_none());
    }
}

#[test]
fn inputs_of_none_and_of_zeros() {
    for ids in [vec![], vec![0], vec![1, 0, 2], vec![0, 1], vec![1, 2, 0], vec![5, 5, 0, 0, 5]] {
        let mut world = World::new(1, Box::new(|call, _| rows(call.ids.iter().copied())));
        let told = world.run(&mut [jobs(options(), &Quota::default(), 1).links(ids.clone())]).remove(0);
        let zero = ids.iter().position(|id| *id == 0);
        let before = &ids[..zero.unwrap_or(ids.len())];
        assert_eq!(told.end.is_some(), zero.is_some(), "{ids:?}");
        assert!(told.items.len() >= before.len(), "{ids:?}: {:?}", told.items);
        for ((id, _), expected) in told.items.iter().zip(before) {
            assert_eq!(id, expected);
        }
    }
}

#[test]
fn an_input_that_goes_on_after_its_end_has_ended() {
    let count = Cell::new(0);
    let input = std::iter::from_fn(|| {
        count.set(count.get() + 1);
        (count.get() % 4 != 0).then_some(count.get() as u64)
    });
    let mut world = World::new(1, Box::new(|call, _| rows(call.ids.iter().copied())));
    let told = world.run(&mut [jobs(options(), &Quota::default(), 1).links(input)]).remove(0);
    one_outcome_each(&told, &[1, 2, 3]);
    assert_eq!(count.get(), 4);
}

#[test]
fn clocks_that_run_backwards_or_to_the_end_of_time() {
    for seed in 0..100_u64 {
        let input = Input::any(seed, 300);
        let offers = Rc::new(input.existing.clone());
        let mut world = World::new(
            seed,
            Box::new(move |call, rng| match rng.u32(0..8) {
                0 => answer(429, String::new()),
                1 => answer(500, String::new()),
                _ => rows(call.ids.iter().copied().filter(|id| offers.contains(id))),
            }),
        );
        world.tidy = seed.is_multiple_of(2);
        world.clock = Box::new(move |now, rng| match rng.u32(0..20) {
            0 => Duration::ZERO,
            1 => now.saturating_sub(Duration::from_secs(rng.u64(0..100))),
            2 if seed % 10 == 9 && now > Duration::from_secs(5) => Duration::MAX,
            _ => now,
        });
        let jobs = jobs(any_options(seed).retry_budget(10_000), &Quota::new(rate(5, 2.0)), seed);
        if seed % 10 == 9 {
            // After the end of time there is nothing to wait for: only no panic is asked for.
            let mut job = jobs.links(input.ids.clone());
            for step in 0..3_000_u64 {
                let now = if step == 20 { Duration::MAX } else { Duration::from_millis(step * 50) };
                if let Action::Send(attempt) = job.next(Moment::after_epoch(now)) {
                    let _ = job.answered(
                        attempt.ticket,
                        Moment::after_epoch(now),
                        Ok(answer(429, String::new())),
                    );
                }
            }
            continue;
        }
        let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
        one_outcome_each(&told, &input.ids);
        one_reason(&told);
        in_bounds(&told, jobs.options());
    }
}

#[test]
fn rates_and_timeouts_at_their_limits() {
    let rates = [
        Rate::new(u32::MAX, Duration::from_nanos(1)),
        Rate::new(u32::MAX, Duration::MAX),
        Rate::new(1, Duration::MAX),
        Rate::new(1, Duration::from_nanos(1)),
    ];
    for rate in rates.into_iter().flatten() {
        for timeout in [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] {
            for status in [200, 429, 500] {
                let jobs = jobs(options().timeout(timeout).ids_per_request(1), &Quota::new(rate), 1);
                let mut job = jobs.links([1_u64, 2, 3]);
                let mut now = Moment::EPOCH;
                for _ in 0..100 {
                    match job.next(now) {
                        Action::Send(attempt) => {
                            let mut response = rows([1, 2, 3]);
                            *response.status_mut() = status.try_into().unwrap();
                            job.answered(attempt.ticket, now, Ok(response)).unwrap();
                        }
                        Action::Wait { until } => now = until.unwrap_or(now),
                        Action::Done => break,
                        _ => {}
                    }
                }
            }
        }
    }
}

#[test]
fn tickets_of_other_jobs_change_nothing() {
    let all = jobs(options(), &Quota::default(), 1);
    let (mut one, mut other) = (all.links([1_u64, 2]), all.links([3_u64, 4]));
    let now = Moment::EPOCH;
    let (Action::Send(to_one), Action::Send(to_other)) = (one.next(now), other.next(now)) else { panic!() };
    assert!(one.answered(to_other.ticket, now, Ok(refusal())).is_err());
    assert!(matches!(one.next(now), Action::Wait { .. }));
    one.answered(to_one.ticket, now, Ok(rows([1, 2]))).unwrap();
    assert!(matches!(one.next(now), Action::Item(Ok((id, Ok(_)))) if id.get() == 1));
    assert!(matches!(one.next(now), Action::Item(Ok((id, Ok(_)))) if id.get() == 2));
    assert!(matches!(one.next(now), Action::Done));
    // The other has lost its ticket: it goes on after its timeout.
    let late = Moment::after_epoch(Duration::from_mins(5));
    assert!(matches!(other.next(late), Action::Cancel(_)));
}

#[test]
fn rows_in_odd_shapes() {
    let object =
        |rows: String| answer(200, format!(r#"{{"code": "0", "data": {{"tracking_link": {rows}}}}}"#));
    let null = |id| format!(r#"{{"offer_id": "{id}", "url": null}}"#);
    let found = |id: u64| Is::Found(id.to_string());
    let huge = row(1).replace(": 1,", ": 99999999999999999999,");
    let cases = [
        (object(format!(r#"{{"0": {}, "1": {}}}"#, row(1), row(2))), [found(1), found(2), Is::Unanswered]),
        (object(format!(r#"{{"1": {}, "2": {}}}"#, row(1), row(2))), [found(1), found(2), Is::Unanswered]),
        (object(row(1)), [found(1), Is::Unanswered, Is::Unanswered]),
        (links(&[null(1), null(2), null(3)]), [Is::NoLink, Is::NoLink, Is::NoLink]),
        (links(&["null".to_owned(), row(1), null(2)]), [found(1), Is::NoLink, Is::Unanswered]),
        (links(&[row(0), row(2), row(3)]), [Is::Unanswered, found(2), found(3)]),
        (links(&[row(1), null(1), row(2)]), [found(1), found(2), Is::Unanswered]),
        (links(&[huge, row(2)]), [Is::Unanswered, found(2), Is::Unanswered]),
    ];
    for (response, expected) in cases {
        let body = response.into_body();
        let seen = body.clone();
        let mut world = World::new(1, Box::new(move |_, _| Response::new(body.clone())));
        let told = world.run(&mut [jobs(options(), &Quota::default(), 1).links([1_u64, 2, 3])]).remove(0);
        one_outcome_each(&told, &[1, 2, 3]);
        let outcomes: Vec<_> = told.items.into_iter().map(|(_, is)| is).collect();
        assert_eq!(outcomes, expected, "{seen:?}");
        assert!(told.end.is_none() && told.calls.len() <= 3, "{seen:?}: {} calls", told.calls.len());
    }
}

#[test]
fn the_same_seed_gives_the_same_actions() {
    for seed in 0..20 {
        let input = Input::any(seed, 400);
        let runs: Vec<_> = (0..2)
            .map(|_| {
                let offers = Rc::new(input.existing.clone());
                let mut world = World::new(
                    seed,
                    Box::new(move |call, rng| match rng.u32(0..8) {
                        0 => answer(503, String::new()),
                        1 => refusal(),
                        _ => rows(call.ids.iter().copied().filter(|id| offers.contains(id))),
                    }),
                );
                let jobs = jobs(any_options(seed), &Quota::default(), seed);
                let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
                (told.calls, told.sent, told.items)
            })
            .collect();
        assert!(runs[0] == runs[1], "seed {seed}");
    }
}

/// Offers are closed during the run, sentinels too, and others are approved.
#[test]
fn offers_that_appear_and_vanish_meanwhile() {
    for seed in 0..40 {
        let input = Input::any(seed, 700);
        let offers = Rc::new(input.existing.clone());
        let changes = Duration::from_millis(700);
        let mut world = World::new(
            seed,
            Box::new(move |call, _| {
                let is_old = call.at < changes;
                rows(call.ids.iter().copied().filter(|id| {
                    if is_old {
                        offers.contains(id)
                    } else {
                        offers.contains(id) && id % 3 > 0 || id % 5 == 0
                    }
                }))
            }),
        );
        let jobs = jobs(any_options(seed), &Quota::default(), seed);
        let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
        one_outcome_each(&told, &input.ids);
        one_reason(&told);
        for (id, is) in &told.items {
            assert!(*is != Is::NoRow || !input.existing.contains(id) || id % 3 == 0, "seed {seed}: {id}");
        }
    }
}
