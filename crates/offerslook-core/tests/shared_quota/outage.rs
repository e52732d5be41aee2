//! A store that cannot be reached.

use std::time::Duration;

use offerslook_core::{
    Error,
    job::{Fallback, Rate, StoreErrorKind},
};

use crate::{laws::seconds, world::World};

fn rate() -> Rate {
    Rate::new(10, seconds(1)).unwrap()
}

#[test]
fn a_store_that_was_never_reached_ends_the_job() {
    for fallback in [Fallback::Wait, Fallback::Local(rate())] {
        let mut world = World::new(1, rate());
        world.cut_off.insert(0, seconds(1_000));
        let program = world.start(Duration::ZERO, 10, World::options(), fallback);
        world.run(seconds(60));
        let program = world.program(program);
        assert_eq!((program.calls, program.outcomes), (0, 10));
        assert!(program.ended.is_some());
        assert!(
            matches!(&program.error, Some(Error::QuotaStore(error)) if error.kind() == StoreErrorKind::Unreachable),
            "{:?}",
            program.error
        );
    }
}

#[test]
fn a_lost_store_is_waited_for() {
    let mut world = World::new(2, rate());
    let program = world.start(Duration::ZERO, 1_000, World::options().timeout(seconds(5)), Fallback::Wait);
    world.run(seconds(60));
    let before = world.program(program).calls;
    assert!(before > 0);
    assert_eq!(world.store_failures(program), Some(0));
    world.cut_off.insert(program, seconds(120));
    world.run(seconds(62));
    let during = world.program(program).calls;
    world.run(seconds(119));
    assert!(world.store_failures(program) > Some(3));
    world.run(seconds(120));
    assert_eq!(world.program(program).calls, during);
    world.run(seconds(1_000));
    assert_eq!(world.program(program).outcomes, 1_000);
    assert!(world.program(program).error.is_none());
}

#[test]
fn a_wait_for_the_store_ends_at_the_deadline() {
    let mut world = World::new(2, rate());
    let options = World::options().timeout(seconds(5)).max_time(seconds(90));
    let program = world.start(Duration::ZERO, 1_000, options, Fallback::Wait);
    world.run(seconds(60));
    world.cut_off.insert(program, seconds(10_000));
    world.run(seconds(95));
    assert!(matches!(world.program(program).error, Some(Error::Stopped(_))));
    assert!(world.program(program).ended.is_some_and(|ended| ended <= seconds(94)));
}

/// With a local part the job goes on, no faster than that part.
#[test]
fn a_local_part_goes_on_without_the_store() {
    let part = Rate::new(2, seconds(1)).unwrap();
    let mut world = World::new(4, rate());
    let options = || World::options().timeout(seconds(5));
    let cut_off = world.start(Duration::ZERO, 100_000, options(), Fallback::Local(part));
    let other = world.start(Duration::ZERO, 100_000, options(), Fallback::Local(part));
    world.run(seconds(60));
    world.cut_off.insert(cut_off, seconds(160));
    world.run(seconds(80));
    let before = world.program(cut_off).calls;
    world.run(seconds(160));
    let calls = world.program(cut_off).calls - before;
    assert!((100..=161).contains(&calls), "{calls} calls in 80 windows of 2");
    assert!(world.program(other).calls > 700);
    world.run(seconds(300));
    assert!(world.fullest_window() <= 12, "{}", world.fullest_window());
    assert!(world.program(cut_off).calls - before - calls > 400, "it uses the store again");
}
