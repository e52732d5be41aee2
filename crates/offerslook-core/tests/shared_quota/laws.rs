//! Whatever happens to messages, programs and the store: at most so many calls arrive in any window.

use std::{fmt::Write, time::Duration};

use offerslook_core::job::{Fallback, Rate};

use crate::world::{StoreLine, World};

const SEEDS: u64 = 160;

fn rate(calls: u32, millis: u64) -> Rate {
    Rate::new(calls, Duration::from_millis(millis)).unwrap()
}

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The world of a seed: every kind of disturbance, alone and together.
fn disturbed(seed: u64) -> (World, Rate, Vec<usize>) {
    let rate =
        [rate(1, 1_000), rate(3, 1_000), rate(7, 10_000), rate(50, 10_000), rate(2, 50)][seed as usize % 5];
    let mut world = World::new(seed, rate);
    let on = |bit: u64| ((seed / 5) >> bit) & 1 == 1;
    if on(0) {
        world.line = StoreLine { delay: 0..=4_000, lost: 100, doubled: 200 };
    }
    if on(1) {
        world.unanswered = 100;
        world.trip = 0..=2_000;
    }
    if on(2) {
        world.pauses = (20, 3);
    }
    let programs = 1 + seed as usize % 4;
    let programs: Vec<_> = (0..programs)
        .map(|_| {
            let timeout = [1_000, 3_000, 5_000][world.rng.usize(0..3)];
            // A program that finds the store without data closes it for as long as its own calls may take.
            let timeout = Duration::from_millis(if on(4) { 3_000 } else { timeout });
            let options = World::options().timeout(timeout).max_in_flight(1 + world.rng.usize(0..20));
            let start = Duration::from_millis(world.rng.u64(0..20_000));
            world.start(start, 200, options, Fallback::Wait)
        })
        .collect();
    if on(3) {
        let at = Duration::from_millis(world.rng.u64(20_000..60_000));
        world.kill(programs[0], at);
    }
    if on(4) {
        let at = Duration::from_millis(world.rng.u64(20_000..60_000));
        let data_of = at.mul_f64(world.rng.f64());
        world.restart(data_of, at);
    }
    (world, rate, programs)
}

#[test]
fn no_window_has_more_arrivals_than_the_rate() {
    for seed in 0..SEEDS {
        let (mut world, rate, programs) = disturbed(seed);
        world.run(seconds(100_000));
        let fullest = world.fullest_window();
        assert!(fullest <= rate.calls().get() as usize, "seed {seed}: {fullest} in a window of {rate}");
        for program in programs {
            let program = world.program(program);
            assert!(program.ended.is_some(), "seed {seed}: a program hangs");
        }
    }
}

/// A change of how programs share a quota that is not meant shows here.
#[test]
fn what_some_programs_do() {
    let mut table = String::new();
    for seed in (0..SEEDS).step_by(7) {
        let (mut world, rate, programs) = disturbed(seed);
        if seed % 3 == 0 {
            world.run(seconds(30));
            world.cut_off.insert(programs[0], seconds(60));
        }
        world.run(seconds(100_000));
        write!(table, "seed {seed}, {rate}: {} messages", world.store.messages).unwrap();
        for program in programs.iter().map(|program| world.program(*program)) {
            let ended = program.ended.map_or(0, |ended| ended.as_millis());
            write!(table, "; {} calls in {ended} ms", program.calls).unwrap();
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

/// Where nothing is disturbed, every program gets its rows, the rate is used, and the store sees at most one message per
/// call, and a few more for each program.
#[test]
fn an_undisturbed_quota_is_used() {
    for (programs, rate) in
        [(1, rate(50, 10_000)), (2, rate(50, 10_000)), (8, rate(50, 10_000)), (4, rate(20, 1_000))]
    {
        let mut world = World::new(7, rate);
        world.trip = 1..=rate.window().as_millis() as u64 / 50;
        let ids = 1_200 / programs;
        let all: Vec<_> = (0..programs)
            .map(|_| world.start(Duration::ZERO, ids, World::options().timeout(seconds(5)), Fallback::Wait))
            .collect();
        world.run(seconds(100_000));
        let outcomes: usize = all.iter().map(|program| world.program(*program).outcomes).sum();
        assert_eq!(outcomes as u64, ids * programs);
        let (first, last) = (world.arrivals[0].1, world.arrivals[world.arrivals.len() - 1].1);
        let calls = world.arrivals.len() as f64;
        let possible =
            (last - first).as_secs_f64() / rate.window().as_secs_f64() * f64::from(rate.calls().get());
        assert!(calls / possible > 0.9, "{programs} programs at {rate}: {calls} calls of {possible:.0}");
        let messages = world.store.messages as f64;
        assert!(messages <= calls * 1.2, "{messages} messages for {calls} calls");
        assert!(messages <= calls || rate.window() < seconds(10), "{messages} messages for {calls} calls");
        assert!(world.fullest_window() <= rate.calls().get() as usize);
    }
}

/// The slots of a program that died are free two windows after the last of its calls has timed out.
#[test]
fn the_slots_of_a_dead_program_come_back() {
    let rate = rate(3, 1_000);
    let mut world = World::new(3, rate);
    // Its calls are never answered.
    world.unanswered = 1_000;
    let options = || World::options().timeout(seconds(10)).max_in_flight(3);
    let dead = world.start(Duration::ZERO, 100, options(), Fallback::Wait);
    world.run(seconds(30));
    let calls = world.program(dead).calls;
    assert!(calls > 0);
    world.kill(dead, seconds(30));
    world.unanswered = 0;
    let heir = world.start(seconds(30), 10, options(), Fallback::Wait);
    // 5 seconds to use a slot, 10 for the call, 5 for the driver, and two windows.
    world.run(seconds(30 + 22 + 5));
    assert_eq!(world.program(heir).outcomes, 10);
}

/// A pause that the service asks one program for holds for all.
#[test]
fn a_pause_is_shared() {
    let mut world = World::new(5, rate(50, 10_000));
    let one = world.start(Duration::ZERO, 2_000, World::options().timeout(seconds(5)), Fallback::Wait);
    let other = world.start(Duration::ZERO, 2_000, World::options().timeout(seconds(5)), Fallback::Wait);
    world.run(seconds(100));
    let (calls, mut begun) = (world.arrivals.len(), seconds(100));
    world.pauses = (1_000, 60);
    while world.arrivals.len() == calls {
        begun += seconds(1);
        world.run(begun);
    }
    world.pauses = (0, 0);
    world.run(begun + seconds(1));
    let before = [one, other].map(|program| world.program(program).calls);
    world.run(begun + seconds(58));
    assert_eq!([one, other].map(|program| world.program(program).calls), before);
    world.run(begun + seconds(75));
    assert!([one, other].iter().zip(before).all(|(program, before)| world.program(*program).calls > before));
}
