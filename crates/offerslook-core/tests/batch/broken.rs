//! Promises that do not hold. To run: `mod broken;` in `main.rs`.

use std::{cell::RefCell, rc::Rc, time::Duration};

use fastrand::Rng;
use offerslook_core::{
    OfferId,
    affiliate::batches::ApplyToOffers,
    job::{Action, Job, Moment, Quota},
};

use crate::{
    answer::{answer, applied, empty, refusal, retry_after, rows},
    input::{Input, Order},
    laws::{jobs, options},
    told::{Is, Told},
    world::{Call, World},
};

fn told(
    ids: &[u64],
    per_call: usize,
    server: impl FnMut(&Call<'_>, &mut Rng) -> offerslook_core::Response,
) -> Told {
    let mut world = World::new(1, Box::new(server));
    let jobs = jobs(options().ids_per_request(per_call), &Quota::default(), 1);
    world.run(&mut [jobs.links(ids.to_vec())]).remove(0)
}

/// Nobody polls the job, but its call has ended, and `Completion::finish` was told how.
#[test]
fn a_pause_of_a_job_whose_consumer_sleeps_holds_for_its_siblings() {
    let jobs = jobs(options(), &Quota::default(), 1);
    let (mut sleeper, mut sibling) = (jobs.links([1_u64]), jobs.links([2_u64]));
    let Action::Send(attempt) = sleeper.next(Moment::EPOCH) else { panic!() };
    let now = Moment::after_epoch(Duration::from_secs(1));
    attempt.ticket.completion().finish(now, &Ok(retry_after(429, "60")));
    assert!(matches!(sibling.next(now), Action::Wait { .. }));
}

/// The pause counts from the answer, not from when the consumer comes back.
#[test]
fn a_pause_that_is_over_does_not_begin_again() {
    let jobs = jobs(options(), &Quota::default(), 1);
    let (mut sleeper, mut sibling) = (jobs.links([1_u64]), jobs.links([2_u64]));
    let Action::Send(attempt) = sleeper.next(Moment::EPOCH) else { panic!() };
    let answered = retry_after(429, "60");
    attempt.ticket.completion().finish(Moment::after_epoch(Duration::from_secs(1)), &Ok(answered.clone()));
    let awake = Moment::after_epoch(Duration::from_mins(10));
    sleeper.answered(attempt.ticket, awake, Ok(answered)).unwrap();
    assert!(matches!(sibling.next(awake), Action::Send(_)));
}

#[test]
fn an_application_is_not_sent_twice_for_an_id_that_repeats() {
    let made = Rc::new(RefCell::new(0));
    let seen = Rc::clone(&made);
    let mut world = World::new(
        1,
        Box::new(move |call, _| {
            *seen.borrow_mut() += call.ids.iter().filter(|id| **id == 7).count();
            applied(call.ids)
        }),
    );
    let jobs = jobs(options().ids_per_request(1).max_in_flight(1), &Quota::default(), 1);
    let ids: Vec<_> = [7, 8, 9, 10, 11, 12, 13, 14, 15, 7].into_iter().filter_map(OfferId::new).collect();
    world.run(&mut [jobs.batch::<ApplyToOffers, _>(ids)]);
    assert_eq!(*made.borrow(), 1);
}

/// One passing empty answer to a call for one id.
#[test]
fn an_id_is_not_absent_because_of_one_empty_answer() {
    let one =
        told(&[16], 100, |call, _| if call.number == 0 { empty() } else { rows(call.ids.iter().copied()) });
    assert_ne!(one.items[0].1, Is::NoRow);
}

#[test]
fn an_id_among_known_ones_is_not_absent_because_of_one_empty_answer() {
    let ids: Vec<u64> = (1..=50).collect();
    let many =
        told(&ids, 1, |call, _| if call.number == 25 { empty() } else { rows(call.ids.iter().copied()) });
    assert_eq!(many.count(|is| *is == Is::NoRow), 0);
}

/// The three ids that the server looks at have no row: the call is repeated eight times as it is.
#[test]
fn an_empty_answer_is_not_the_end_for_the_ids_it_left_out() {
    let ids: Vec<u64> = (1..=120).collect();
    let told = told(&ids, 1_000, |call, _| rows(call.ids.iter().copied().take(3).filter(|id| *id > 30)));
    assert_eq!(told.count(|is| matches!(is, Is::Found(_))), 90);
}

/// Fifteen ids and a wrong key, which the service reports with a code that nobody knows.
#[test]
fn a_run_without_any_success_ends_with_an_error() {
    let ids: Vec<u64> = (1..=15).collect();
    let told = told(&ids, 100, |_, _| refusal());
    assert!(told.end.is_some());
}

/// The service fails wherever it meets one of four offers.
#[test]
fn an_id_that_breaks_the_service_does_not_cost_its_neighbors() {
    let ids: Vec<u64> = (1..=2_000).collect();
    let told = told(&ids, 100, |call, _| {
        if call.ids.iter().any(|id| id % 500 == 250) {
            answer(500, String::new())
        } else {
            rows(call.ids.iter().copied())
        }
    });
    assert_eq!(told.count(|is| matches!(is, Is::Found(_))), 1_996);
}

/// The list starts with ids that the service refuses.
#[test]
fn bad_ids_at_the_start_do_not_end_the_job() {
    let ids: Vec<u64> = (1..=1_000).collect();
    let told = told(&ids, 100, |call, _| {
        if call.ids.iter().any(|id| *id <= 120) { refusal() } else { rows(call.ids.iter().copied()) }
    });
    assert_eq!(told.count(|is| matches!(is, Is::Found(_))), 880);
}

/// One passing burst of empty answers.
#[test]
fn ids_are_not_absent_because_of_a_burst_of_empty_answers() {
    let mut wrong = 0;
    for seed in 0..10 {
        let input = Input::new(5_000, 20, Order::Mixed, false, &mut Rng::with_seed(seed));
        let told = told(&input.ids, 100, |call, _| {
            if call.at.as_secs() % 6 == 2 {
                empty()
            } else {
                rows(call.ids.iter().copied().filter(|id| input.existing.contains(id)))
            }
        });
        wrong += told.items.iter().filter(|(id, is)| *is == Is::NoRow && input.existing.contains(id)).count();
    }
    assert_eq!(wrong, 0, "of 50,000 ids");
}

/// The last proof call's answer comes again for the next one: 1 of 100 answers is the one before.
#[test]
fn a_stale_answer_proves_nothing() {
    let mut wrong = 0;
    for seed in 0..30 {
        let input = Input::new(5_000, 200, Order::Mixed, false, &mut Rng::with_seed(seed));
        let mut previous = Vec::new();
        let mut world = World::new(
            seed,
            Box::new(|call, rng| {
                let before = std::mem::replace(&mut previous, call.ids.to_vec());
                let ids = if rng.u32(0..100) == 0 && !before.is_empty() { &before } else { call.ids };
                rows(ids.iter().copied().filter(|id| input.existing.contains(id)))
            }),
        );
        let jobs = jobs(options(), &Quota::default(), seed);
        let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
        wrong += told.items.iter().filter(|(id, is)| *is == Is::NoRow && input.existing.contains(id)).count();
    }
    assert_eq!(wrong, 0, "of 150,000 ids");
}

/// Two rows, any of those asked for: now and then those are the two sentinels.
#[test]
fn a_limit_that_falls_to_two_rows_proves_nothing() {
    let mut wrong = 0;
    for seed in 0..100 {
        let input = Input::new(400, 100, Order::Mixed, false, &mut Rng::with_seed(seed));
        let offers = Rc::new(input.existing.clone());
        let mut world = World::new(
            seed,
            Box::new(move |call, rng| {
                let n = [100, 2, 10][call.number / 7 % 3];
                let mut found: Vec<_> = call.ids.iter().copied().filter(|id| offers.contains(id)).collect();
                rng.shuffle(&mut found);
                rows(found.into_iter().take(n))
            }),
        );
        let jobs = jobs(options().ids_per_request(10).max_in_flight(2), &Quota::default(), seed);
        let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
        wrong +=
            usize::from(told.items.iter().any(|(id, is)| *is == Is::NoRow && input.existing.contains(id)));
    }
    assert_eq!(wrong, 0, "of 100 jobs");
}
