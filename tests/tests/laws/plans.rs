//! Any plan of faults there is. What is tried first, and what is shrunk to, is a plan without any.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use offerslook_core::job::Rate;
use offerslook_tests::simulation::{
    Behaviour, Clock, Fault, JobPlan, Jump, Kind, Network, Oddity, Paging, Pause, Plan, Refusal, Revocation,
    Shift, Silent, World,
};
use proptest::{collection::vec, option, prelude::*, sample::Index};

pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let quota = (1_u32..12, 1_u64..12);
    let parts = (world(), behaviour(), network(), clock(), vec(job(), 1..4), quota);
    let poison = vec(any::<Index>(), 0..3);
    (any::<u64>(), parts, poison, rarely(0..32)).prop_map(|(seed, parts, poison, mixed_up)| {
        let (mut world, server, network, clock, jobs, (calls, window)) = parts;
        let ids: Vec<u64> = jobs.iter().flat_map(|job| job.ids.iter().copied()).collect();
        world.poison = poison.iter().map(|index| *index.get(&ids)).collect();
        let quota =
            Rate::new(NonZeroU32::MIN.saturating_add(calls - 1), Duration::from_secs(window)).unwrap();
        Plan { seed, world, server, network, clock, quota, jobs, mixed_up }
    })
}

/// Mostly nothing, else something of this range.
fn rarely(range: std::ops::Range<u64>) -> impl Strategy<Value = u64> {
    option::weighted(0.2, range).prop_map(Option::unwrap_or_default)
}

fn up_to_seconds(most: u64) -> impl Strategy<Value = Duration> {
    (0..most * 1_000).prop_map(Duration::from_millis)
}

fn world() -> impl Strategy<Value = World> {
    (any::<u64>(), 0_u64..=16, 0_u64..4, 1_u64..20).prop_map(|(salt, without_row, unapproved, stretch)| {
        World { salt, without_row, unapproved, stretch, ..World::default() }
    })
}

fn behaviour() -> impl Strategy<Value = Behaviour> {
    let silent = (1_usize..12).prop_flat_map(|most| {
        prop_oneof![
            Just(Silent::FirstIds(most)),
            Just(Silent::FirstRows(most)),
            Just(Silent::LowestRows(most))
        ]
    });
    let revocation = prop_oneof![Just(Revocation::Unauthorized), Just(Revocation::Forbidden)];
    let refusal = prop_oneof![
        Just(Refusal::BadRequest),
        Just(Refusal::NotFound),
        Just(Refusal::Unprocessable),
        Just(Refusal::Code)
    ];
    let limits = (
        option::weighted(0.3, silent),
        option::weighted(0.1, 1_usize..10),
        option::weighted(0.1, 0_u64..40),
        option::weighted(0.1, (0_u64..30, revocation)),
        option::weighted(0.1, 1_usize..8),
    );
    let oddity = prop_oneof![Just(Oddity::Page), Just(Oddity::Teapot), Just(Oddity::Redirect)];
    let faults = (rarely(0..256), vec(fault(), 1..4), option::weighted(0.05, (1_u64..30, oddity)));
    let paging = (2_u64..14, 0..4).prop_map(|(number, how)| match how {
        0 => Paging::Repeats(number),
        1 => Paging::Grows(number),
        2 => Paging::Shifts(number),
        _ => Paging::Swaps(number),
    });
    let paging = option::weighted(0.2, paging);
    let rows = (rarely(0..128), rarely(0..128), rarely(0..64), any::<bool>(), paging);
    (limits, refusal, faults, rows).prop_map(|(limits, refusal, faults, rows)| {
        let (silent, loud, refuses_after, revoked_after, allows) = limits;
        let (fault_rate, faults, oddity) = faults;
        let (second_rows, unasked_rows, flaky, shuffled, paging) = rows;
        Behaviour {
            silent,
            loud,
            refusal,
            refuses_after,
            revoked_after,
            allows,
            fault_rate,
            faults,
            oddity,
            second_rows,
            unasked_rows,
            flaky,
            shuffled,
            paging,
        }
    })
}

fn fault() -> impl Strategy<Value = Fault> {
    let seconds = prop_oneof![9 => 0_u64..20, 1 => 118_u64..124];
    let pause = (seconds, 0..3).prop_map(|(seconds, how)| match how {
        0 => Pause::Unsaid,
        1 => Pause::Seconds(seconds),
        _ => Pause::Date(seconds),
    });
    pause.prop_flat_map(|pause| {
        prop_oneof![
            Just(Fault::Limited(pause)),
            Just(Fault::LimitedByCode(pause)),
            Just(Fault::Unavailable(pause)),
            Just(Fault::Failed(pause)),
            Just(Fault::Gateway),
            Just(Fault::Cut),
            Just(Fault::Undecodable)
        ]
    })
}

fn network() -> impl Strategy<Value = Network> {
    let ways = (1_u64..200, prop_oneof![0_u64..500, 0_u64..12_000], rarely(0..32));
    let losses = (rarely(0..64), rarely(0..48), rarely(0..48), rarely(0..64), rarely(0..48));
    (ways, losses, any::<bool>()).prop_map(|((least, jitter, slow), losses, keeps_timeouts)| {
        let (not_sent, lost_request, lost_answer, held_back, never_told) = losses;
        Network {
            least,
            jitter,
            slow,
            not_sent,
            lost_request,
            lost_answer,
            held_back,
            never_told,
            keeps_timeouts,
        }
    })
}

/// A clock is either set back now and then, or forward, or both.
fn clock() -> impl Strategy<Value = Clock> {
    let jump = (up_to_seconds(60), up_to_seconds(200), any::<bool>()).prop_map(|(at, by, back)| {
        let by = if back { Shift::Back(by) } else { Shift::Forward(by) };
        Jump { at, by }
    });
    option::weighted(0.2, vec(jump, 1..3)).prop_map(|jumps| Clock(jumps.unwrap_or_default()))
}

fn job() -> impl Strategy<Value = JobPlan> {
    let kind = prop_oneof![
        8 => Just(Kind::Links),
        4 => Just(Kind::Applications),
        1 => Just(Kind::OneLink),
        1 => Just(Kind::OneApplication),
        2 => Just(Kind::Numbers)
    ];
    let input = (kind, 1_u64..500, vec(0_u64..60, 1..60)).prop_map(|(kind, first, offsets)| {
        let mut ids: Vec<u64> = offsets.into_iter().map(|offset| first + offset).collect();
        if kind != Kind::Links {
            // A change that is asked for twice is made twice, and a call carries each id once.
            let mut seen = std::collections::BTreeSet::new();
            ids.retain(|id| seen.insert(*id));
        }
        if kind == Kind::OneLink {
            ids.truncate(1);
        }
        (kind, ids)
    });
    let sizes = (0_usize..14, 0_usize..8, 0_u32..5, prop_oneof![Just(20_u32), 0_u32..6]);
    let times = (up_to_seconds(30), option::weighted(0.1, up_to_seconds(60)), 1_u64..40);
    let ends = (option::weighted(0.1, up_to_seconds(40)), option::weighted(0.1, up_to_seconds(40)));
    (input, sizes, times, ends, rarely(0..64)).prop_map(|((kind, ids), sizes, times, ends, rests)| {
        let (more_ids, more_in_flight, more_attempts, retry_budget) = sizes;
        let (start, max_time, timeout) = times;
        let (stop, dropped) = ends;
        JobPlan {
            start,
            ids_per_request: NonZeroUsize::MIN.saturating_add(more_ids),
            max_in_flight: NonZeroUsize::MIN.saturating_add(more_in_flight),
            attempts: NonZeroU32::MIN.saturating_add(more_attempts),
            retry_budget,
            max_time,
            timeout: Duration::from_secs(timeout),
            stop,
            dropped,
            rests,
            ..JobPlan::plain(kind, ids)
        }
    })
}
