//! Servers that fail or lose rows at random, as far as that does no harm.

use fastrand::Rng;
use offerslook_core::{Response, job::Quota};

use crate::{
    answer::{answer, empty, refusal, rows},
    input::{Input, Order},
    laws::{jobs, one_outcome_each, one_reason, options},
    transcript::Is,
    world::{Call, World},
};

/// The jobs with a wrong verdict, the ids with one, the jobs that ended early.
#[derive(Debug, Default)]
struct Measured {
    jobs: u32,
    ids: usize,
    ended: u32,
}

fn measure(
    count: usize,
    missing: u32,
    per_call: usize,
    seeds: u64,
    lossy: impl Fn(&Call<'_>, &mut Rng, &dyn Fn(&[u64]) -> Vec<u64>) -> Response,
) -> Measured {
    let mut measured = Measured::default();
    for seed in 0..seeds {
        let Input { ids, existing } =
            Input::new(count, missing, Order::Mixed, false, &mut Rng::with_seed(seed));
        let of = |ids: &[u64]| ids.iter().copied().filter(|id| existing.contains(id)).collect();
        let mut world = World::new(seed, Box::new(|call, rng| lossy(call, rng, &of)));
        let jobs = jobs(options().ids_per_request(per_call), &Quota::default(), seed);
        let told = world.run(&mut [jobs.links(ids.clone())]).remove(0);
        one_outcome_each(&told, &ids);
        one_reason(&told);
        let is_wrong = |(id, is): &&(u64, Is)| match is {
            Is::NoRow => existing.contains(id),
            Is::Refused => !id.is_multiple_of(97),
            _ => false,
        };
        let wrong = told.items.iter().filter(is_wrong).count();
        measured.jobs += u32::from(wrong > 0);
        measured.ids += wrong;
        measured.ended += u32::from(told.end.is_some());
    }
    measured
}

#[test]
fn passing_empty_answers_do_no_harm_to_calls_for_many_ids() {
    for missing in [0, 20, 200] {
        let measured = measure(2_000, missing, 100, 4, |call, rng, existing| {
            if rng.u32(0..100) == 0 { empty() } else { rows(existing(call.ids)) }
        });
        assert_eq!((measured.jobs, measured.ended), (0, 0), "{missing}: {measured:?}");
    }
}

#[test]
fn single_lost_rows_do_no_harm() {
    let measured = measure(2_000, 20, 100, 6, |call, rng, existing| {
        rows(existing(call.ids).into_iter().filter(|_| rng.u32(0..1_000) > 0))
    });
    assert_eq!((measured.jobs, measured.ended), (0, 0), "{measured:?}");
}

/// Two of a hundred calls fail, and one of a hundred ids is refused for itself.
#[test]
fn passing_failures_are_not_blamed_on_ids() {
    for (status, body) in [(404, ""), (200, r#"{"code": 500, "message": "oops"}"#)] {
        let measured = measure(1_000, 20, 100, 8, |call, rng, existing| {
            if rng.u32(0..100) < 2 {
                answer(status, body.to_owned())
            } else if call.ids.iter().any(|id| id.is_multiple_of(97)) {
                refusal()
            } else {
                rows(existing(call.ids))
            }
        });
        assert_eq!((measured.jobs, measured.ended), (0, 0), "{status}: {measured:?}");
    }
}
