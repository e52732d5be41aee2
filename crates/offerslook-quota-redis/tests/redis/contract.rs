//! What a store promises, with the clock of the server.

use std::{thread, time::Duration};

use offerslook_core::job::{EndedSlot, SlotEnd, SlotId, StoreReply};

use crate::{
    program::{HOLD, NETWORK, Program, rate, request, store},
    redis_server::RedisServer,
};

/// How long a store that is empty is closed in these tests.
fn closed(window: u64) -> Duration {
    HOLD + Duration::from_millis(2 * window)
}

fn granted(reply: &StoreReply) -> u32 {
    if let StoreReply::Granted { slots, .. } = reply { *slots } else { 0 }
}

fn ended(request: u64, index: u32, end: SlotEnd, age: u64) -> EndedSlot {
    EndedSlot { slot: SlotId { request, index }, end, age: Duration::from_secs(age) }
}

#[test]
fn an_empty_store_is_closed_until_forgotten_calls_are_over() {
    let server = RedisServer::start();
    let program = Program::new(&server, rate(2, 100));
    assert!(matches!(program.ask(&request(1, 1)), Ok(StoreReply::Closed(wait)) if wait > closed(100) / 2));
    let (reply, _, took) = program.ask_when_open(2, 5);
    assert_eq!(granted(&reply), 2);
    assert!(took + Duration::from_millis(100) >= closed(100), "open after {took:?}");
}

#[test]
fn a_server_that_was_restarted_or_emptied_is_closed() {
    // It saves after every write, so that the key is there again after the restart.
    for options in [&["--save", ""][..], &["--appendonly", "yes", "--appendfsync", "always"][..]] {
        let mut server = RedisServer::with(options);
        let program = Program::new(&server, rate(2, 100));
        let (_, id, _) = program.ask_when_open(1, 1);
        server.kill();
        assert!(program.ask(&request(id + 1, 1)).is_err());
        server.start_again();
        assert!(matches!(program.ask(&request(id + 1, 1)), Ok(StoreReply::Closed(_))), "{options:?}");
        let (_, id, _) = program.ask_when_open(id + 2, 1);
        let mut redis = redis::Client::open(server.url()).unwrap().get_connection().unwrap();
        redis::cmd("FLUSHALL").exec(&mut redis).unwrap();
        assert!(matches!(program.ask(&request(id + 1, 1)), Ok(StoreReply::Closed(_))));
    }
}

#[test]
fn a_repeated_request_is_granted_once() {
    let server = RedisServer::start();
    let (one, other) = (Program::new(&server, rate(5, 60_000)), Program::new(&server, rate(5, 60_000)));
    open(&server);
    assert_eq!(granted(&one.ask(&request(1, 2)).unwrap()), 2);
    for _ in 0..3 {
        assert_eq!(granted(&one.ask(&request(1, 2)).unwrap()), 2);
    }
    assert_eq!(granted(&other.ask(&request(1, 5)).unwrap()), 3);
    // One that comes late grants nothing, and changes nothing.
    let mut late = request(0, 5);
    late.ended = (0..2).map(|index| ended(1, index, SlotEnd::Unused, 0)).collect();
    assert_eq!(granted(&one.ask(&late).unwrap()), 0);
    assert_eq!(granted(&other.ask(&request(2, 5)).unwrap()), 0);
}

#[test]
fn slots_come_back_by_what_became_of_them() {
    for (end, age, is_free) in [
        (SlotEnd::Unused, 0, true),
        (SlotEnd::Answered, 0, false),
        (SlotEnd::Answered, 59, false),
        (SlotEnd::Answered, 61, true),
        (SlotEnd::TimedOut, 61, false),
        (SlotEnd::TimedOut, 119, false),
        (SlotEnd::TimedOut, 121, true),
    ] {
        let server = RedisServer::start();
        let program = Program::new(&server, rate(1, 60_000));
        open(&server);
        assert_eq!(granted(&program.ask(&request(1, 1)).unwrap()), 1);
        let mut next = request(2, 1);
        next.ended = vec![ended(1, 0, end, age)];
        assert_eq!(granted(&program.ask(&next).unwrap()) == 1, is_free, "{end:?} {age} s ago");
        // Nobody else's slots are returned.
        let other = Program::new(&server, rate(1, 60_000));
        let mut foreign = request(3, 1);
        foreign.ended = vec![ended(2, 0, SlotEnd::Unused, 0)];
        assert_eq!(granted(&other.ask(&foreign).unwrap()), 0);
    }
}

#[test]
fn the_slots_of_a_dead_program_come_back() {
    let server = RedisServer::start();
    let dead = Program::new(&server, rate(3, 100));
    let (reply, ..) = dead.ask_when_open(1, 3);
    assert_eq!(granted(&reply), 3);
    drop(dead);
    let heir = Program::new(&server, rate(3, 100));
    let mut waited = Duration::ZERO;
    for id in 1..100 {
        match heir.ask(&request(id, 1)).unwrap() {
            StoreReply::NotBefore(wait) => {
                waited += wait;
                thread::sleep(wait);
            }
            reply => {
                assert_eq!(granted(&reply), 1);
                assert!(waited + Duration::from_millis(200) >= closed(100), "free after {waited:?}");
                return;
            }
        }
    }
    panic!("they do not come back");
}

#[test]
fn a_pause_holds_for_everyone() {
    let server = RedisServer::start();
    let (one, other) = (Program::new(&server, rate(5, 1_000)), Program::new(&server, rate(5, 1_000)));
    open(&server);
    let mut paused = request(1, 1);
    paused.pause = Some(Duration::from_secs(100));
    for reply in [one.ask(&paused).unwrap(), other.ask(&request(1, 1)).unwrap()] {
        assert!(matches!(reply, StoreReply::Paused(wait) if wait > Duration::from_secs(90)), "{reply:?}");
    }
}

#[test]
fn the_usage_names_who_holds_how_much() {
    let server = RedisServer::start();
    let (one, other) = (Program::new(&server, rate(5, 60_000)), Program::new(&server, rate(5, 60_000)));
    assert_eq!(store(&server).usage(NETWORK).unwrap().rate, None);
    open(&server);
    one.ask(&request(1, 4)).unwrap();
    other.ask(&request(1, 4)).unwrap();
    let usage = store(&server).usage(NETWORK).unwrap();
    assert_eq!(usage.rate.as_deref(), Some("5/60"));
    let parts: Vec<_> = usage.programs.iter().map(|program| (program.slots, program.wants)).collect();
    assert_eq!(parts, [(4, 0), (1, 3)]);
    let this = format!("/{}", std::process::id());
    assert!(usage.programs.iter().all(|program| program.name.ends_with(&this)), "{usage:?}");
}

/// Opens the quota as if the time had passed.
fn open(server: &RedisServer) {
    let mut redis = redis::Client::open(server.url()).unwrap().get_connection().unwrap();
    let info: String = redis::cmd("INFO").arg("server").query(&mut redis).unwrap();
    let run = info.lines().find_map(|line| line.strip_prefix("run_id:")).unwrap();
    let key = format!("offerslook:quota:{{{NETWORK}}}");
    redis::cmd("HSET").arg(key).arg("run").arg(run).exec(&mut redis).unwrap();
}
