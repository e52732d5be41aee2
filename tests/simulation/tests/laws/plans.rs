//! Any plan: that of any seed, with any of its parts set to its default. Shrinking removes parts.

use std::time::Duration;

use offerslook_simulation::{Behaviour, Clock, JobPlan, Limits, ListBehaviour, Network, Plan, World};
use proptest::{bool::weighted, collection::vec, prelude::*};

/// What makes a plan simpler.
const SIMPLER: &[fn(&mut Plan)] = &[
    |plan| plan.server = Behaviour::default(),
    |plan| plan.network = Network { latency: 100, keeps_timeouts: true, ..Network::default() },
    |plan| plan.clock = Clock::default(),
    |plan| plan.misdirected = 0,
    |plan| plan.world = World { without_row: plan.world.without_row, ..World::default() },
    |plan| plan.world.without_row = 0,
    |plan| plan.world.refused.clear(),
    |plan| (plan.world.malformed, plan.world.anonymous) = (0, 0),
    |plan| (plan.world.unapproved, plan.world.without_link) = (0, 0),
    |plan| plan.server.limits = Limits::default(),
    |plan| plan.server.later_limits = None,
    |plan| plan.server.fault_rate = 0,
    |plan| plan.server.outage = None,
    |plan| plan.server.spoiled = None,
    |plan| (plan.server.refuses_after, plan.server.revoked_after) = (None, None),
    |plan| (plan.server.max_ids, plan.server.allows, plan.server.oddity) = (None, None, None),
    |plan| (plan.server.lossy_calls, plan.server.flaky) = (0, 0),
    |plan| (plan.server.doubled, plan.server.second_rows) = (0, 0),
    |plan| (plan.server.unrequested_rows, plan.server.anonymous_rows) = (0, 0),
    |plan| plan.server.list = ListBehaviour::default(),
    |plan| each_job(plan, |job| (job.stop, job.is_endless) = (None, false)),
    |plan| each_job(plan, |job| (job.dropped, job.abandoned_after) = (None, None)),
    |plan| each_job(plan, |job| (job.max_time, job.pauses) = (None, 0)),
    |plan| each_job(plan, |job| (job.start, job.first_page) = (Duration::ZERO, None)),
    |plan| plan.jobs.truncate(1),
];

fn each_job(plan: &mut Plan, change: fn(&mut JobPlan)) {
    plan.jobs.iter_mut().for_each(change);
}

pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let parts = vec(weighted(0.9), SIMPLER.len());
    (any::<u64>().no_shrink(), parts, 1_usize..1_500).prop_map(|(seed, parts, ids)| {
        let mut plan = Plan::of_seed(seed);
        for (simplify, _) in SIMPLER.iter().zip(parts).filter(|(_, is_kept)| !is_kept) {
            simplify(&mut plan);
        }
        for job in &mut plan.jobs {
            job.ids.truncate(ids);
        }
        plan
    })
}
