//! Failures that do not go away: how long a job goes on.

use std::time::Duration;

use offerslook_core::{Response, job::Quota};

use crate::{
    answer::{answer, links, refusal, row, rows},
    laws::{jobs, one_outcome_each, one_reason, options},
    transcript::{Is, Transcript},
    world::{Call, Trip, World},
};

fn run(
    count: u64,
    server: impl Fn(&Call<'_>) -> Response,
    change: impl FnOnce(&mut World<'_>),
) -> Transcript {
    let ids: Vec<u64> = (1..=count).collect();
    let mut world = World::new(1, Box::new(move |call, _| server(call)));
    change(&mut world);
    let told = world.run(&mut [jobs(options(), &Quota::default(), 1).links(ids.clone())]).remove(0);
    one_outcome_each(&told, &ids);
    one_reason(&told);
    told
}

#[test]
fn what_fails_for_good_ends_the_job() {
    let servers: [(&str, fn() -> Response); 6] = [
        ("500", || answer(500, String::new())),
        ("429", || answer(429, String::new())),
        ("cut JSON", || answer(200, r#"{"code": 0, "da"#.to_owned())),
        ("another key", || answer(200, r#"{"code": 0, "data": {"links": []}}"#.to_owned())),
        ("refusal", refusal),
        ("teapot", || answer(418, String::new())),
    ];
    for (name, server) in servers {
        for count in [1, 100, 10_000] {
            let told = run(count, |_| server(), |_| {});
            assert!(told.calls.len() < 100, "{name}, {count}: {} calls", told.calls.len());
            assert!(told.ended < Duration::from_mins(20), "{name}, {count}: {:?}", told.ended);
            assert!(told.end.is_some() || count < 10_000, "{name}, {count}");
        }
    }
}

#[test]
fn a_network_without_answers_ends_the_job() {
    for tidy in [true, false] {
        let told = run(
            10_000,
            |_| refusal(),
            |world| {
                world.tidy = tidy;
                world.network = Box::new(|_| Trip { there: None, back: None });
            },
        );
        assert!(told.end.is_some());
        assert!(told.ended < Duration::from_mins(30), "{:?}", told.ended);
    }
}

/// The service refuses any call that contains one of a few ids.
#[test]
fn bad_ids_and_their_neighbors() {
    let bad: [(&str, fn() -> Response); 4] = [
        ("refusal", refusal),
        ("404", || answer(404, String::new())),
        ("403", || answer(403, String::new())),
        ("another key", || answer(200, r#"{"code": 0, "data": {"links": []}}"#.to_owned())),
    ];
    for (name, bad) in bad {
        let told = run(
            2_000,
            |call| {
                if call.ids.iter().any(|id| id % 500 == 250) { bad() } else { rows(call.ids.iter().copied()) }
            },
            |_| {},
        );
        let lost =
            told.items.iter().filter(|(id, is)| id % 500 != 250 && !matches!(is, Is::Found(_))).count();
        assert_eq!(lost, 0, "{name}");
        assert!(told.end.is_none() && told.calls.len() < 100, "{name}: {} calls", told.calls.len());
    }
}

/// A row that does not decode costs only its own id.
#[test]
fn a_row_that_never_decodes_costs_only_its_id() {
    let told = run(
        500,
        |call| {
            let rows: Vec<_> =
                call.ids
                    .iter()
                    .map(|id| {
                        if id % 100 == 50 { format!(r#"{{"offer_id": {id}, "url": [7]}}"#) } else { row(*id) }
                    })
                    .collect();
            links(&rows)
        },
        |_| {},
    );
    for (id, is) in &told.items {
        assert_eq!(matches!(is, Is::Found(_)), id % 100 != 50, "{id} {is:?}");
        assert!(*is != Is::NoRow, "{id}");
    }
    assert!(told.calls.len() < 30, "{}", told.calls.len());
}
