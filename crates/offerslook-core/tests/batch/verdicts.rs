//! Which verdicts are certain, with which server.

use std::rc::Rc;

use fastrand::Rng;
use offerslook_core::job::{OptionsBuilder, Quota};

use crate::{
    input::Input,
    laws::{in_bounds, jobs, one_outcome_each, one_reason, options, rate, within_rate},
    server::{Offers, Servers, fickle, refusing, truncating},
    transcript::{Is, Transcript},
    world::{Server, World},
};

pub(crate) fn any_options(seed: u64) -> OptionsBuilder {
    let rng = &mut Rng::with_seed(seed ^ 0x0b7);
    options()
        .ids_per_request([1, 2, 3, 4, 5, 10, 11, 50, 100, 100, 100, 1000][rng.usize(0..12)])
        .max_in_flight([1, 2, 8, 8][rng.usize(0..4)])
}

/// Runs a job and checks all that holds with any server.
pub(crate) fn run(seed: u64, input: &Input, server: Server<'_>) -> Transcript {
    let rate = if seed.is_multiple_of(5) { rate(3, 1.0) } else { rate(50, 10.0) };
    let quota = Quota::new(rate);
    let mut world = World::new(seed, server);
    let jobs = jobs(any_options(seed), &quota, seed);
    let told = world.run(&mut [jobs.links(input.ids.clone())]).remove(0);
    one_outcome_each(&told, &input.ids);
    one_reason(&told);
    in_bounds(&told, jobs.options());
    within_rate(&world.arrivals, rate);
    told
}

pub(crate) fn is_certain(
    seeds: u64,
    servers: fn(&Offers, u64) -> Servers,
    is_refused: fn(&str, u64, &Offers) -> bool,
) {
    for seed in 0..seeds {
        let input = Input::any(seed, 700);
        let offers = Rc::new(input.existing.clone());
        for (name, server) in servers(&offers, seed) {
            let told = run(seed, &input, server);
            for (id, is) in &told.items {
                let is_true = match is {
                    Is::Found(_) => offers.contains(id),
                    Is::NoRow => !offers.contains(id),
                    Is::Refused => is_refused(name, *id, &offers),
                    Is::Unanswered | Is::NotAttempted(_) => true,
                    Is::NoLink | Is::Failed | Is::InDoubt => false,
                };
                assert!(is_true, "{name}, seed {seed}: {id} {is:?}");
            }
        }
    }
}

#[test]
fn servers_that_truncate() {
    is_certain(9, truncating, |_, _, _| false);
}

#[test]
fn servers_that_refuse_calls() {
    is_certain(9, refusing, |name, id, offers| {
        if name == "ids that do not exist" {
            !offers.contains(&id)
        } else {
            name.contains("single") && id % 97 == 0
        }
    });
}

/// Servers that nobody expects, and that are no match for sentinels all the same.
#[test]
fn servers_that_change_their_minds() {
    is_certain(9, fickle, |_, _, _| false);
}
