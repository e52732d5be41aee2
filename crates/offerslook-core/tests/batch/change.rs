//! Applications: changes that are not sent twice.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, time::Duration};

use offerslook_core::{OfferId, OfferIds, job::Quota};

use crate::{
    answer::{answer, applied, empty, refusal, retry_after},
    laws::{in_bounds, jobs, one_outcome_each, one_reason, options, rate, within_rate},
    transcript::{Is, Transcript},
    world::{Trip, World},
};

/// How often each id arrived without being rejected before any work.
type Made = Rc<RefCell<BTreeMap<u64, u32>>>;

fn run(seed: u64, input: &[u64]) -> (Transcript, Made) {
    let made = Made::default();
    let seen = Rc::clone(&made);
    let mut world = World::new(
        seed,
        Box::new(move |call, rng| {
            match rng.u32(0..20) {
                0 => return answer(429, String::new()),
                1 => return retry_after(429, "2"),
                2 => return retry_after(503, "2"),
                3 => return answer(200, r#"{"code": 42900, "message": "slow down"}"#.to_owned()),
                _ => {}
            }
            for id in call.ids {
                *seen.borrow_mut().entry(*id).or_default() += 1;
            }
            match rng.u32(0..20) {
                0 => answer(503, String::new()),
                1 => answer(502, "<html>".to_owned()),
                2 => answer(200, r#"{"code": 500, "message": "oops"}"#.to_owned()),
                3 => answer(408, String::new()),
                4 => answer(404, String::new()),
                5 => refusal(),
                6 => empty(),
                7 => answer(413, String::new()),
                8 => answer(200, r#"{"code": 0, "data": {"offer_application": [{"offer_"#.to_owned()),
                9 => applied(&call.ids[..call.ids.len() / 2]),
                10 => applied(&[1, 2, 3]),
                _ => applied(call.ids),
            }
        }),
    );
    world.tidy = !seed.is_multiple_of(4);
    world.network = Box::new(|rng| {
        let leg = |rng: &mut fastrand::Rng| Some(Duration::from_millis(rng.u64(0..400)));
        match rng.u32(0..12) {
            0 => Trip { there: None, back: leg(rng) },
            1 => Trip { there: leg(rng), back: None },
            2 => Trip { there: None, back: None },
            3 => Trip { there: Some(Duration::from_secs(35)), back: leg(rng) },
            _ => Trip { there: leg(rng), back: leg(rng) },
        }
    });
    world.stop_after = seed.is_multiple_of(3).then_some(1 + (seed as usize * 7) % 300);
    let rate = rate(10, 1.0);
    let quota = Quota::new(rate);
    let jobs = jobs(options().ids_per_request([1, 2, 10, 100, 1000][seed as usize % 5]), &quota, seed);
    let ids = input.iter().filter_map(|id| OfferId::new(*id));
    let told = world.run(&mut [jobs.apply(OfferIds::new(ids).unwrap())]).remove(0);
    one_outcome_each(&told, input);
    one_reason(&told);
    in_bounds(&told, jobs.options());
    within_rate(&world.arrivals, rate);
    (told, made)
}

fn check(told: &Transcript, made: &Made) {
    for (id, times) in made.borrow().iter() {
        assert!(*times <= 1, "id {id} was sent {times} times to a server that may have acted on it");
    }
    for (id, is) in &told.items {
        let is_made = made.borrow().contains_key(id);
        match is {
            Is::NotAttempted(_) | Is::Failed => assert!(!is_made, "{id} {is:?}, and it was made"),
            Is::NoRow | Is::Unanswered | Is::NoLink => panic!("{id} {is:?} of a change"),
            Is::Found(_) | Is::Refused | Is::InDoubt => {}
        }
    }
}

#[test]
fn a_change_is_not_sent_twice() {
    for seed in 0..160 {
        let input: Vec<u64> = (1..=[1, 2, 30, 250][seed as usize / 4 % 4]).collect();
        let (told, made) = run(seed, &input);
        check(&told, &made);
    }
}
