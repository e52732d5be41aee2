//! Each of these was a bug once, or would be one that chance alone seldom finds. Beside what a test asserts, its run
//! keeps every promise.

use std::time::Duration;

use offerslook_core::{
    affiliate::batches::GetTrackingLinks,
    job::{Action, Batch, Job, Moment, Options, Quota, Rate},
};
use offerslook_simulation::{
    Behaviour, Clock, Fault, JobPlan, Jump, Kind, Oddity, Outage, Pause, Plan, Shift, Spoiled,
};

use crate::{
    figures::statistics,
    fixture::{account, ids_of, response, rows, run},
};

fn changes(server: Behaviour) -> Plan {
    Plan { server, jobs: vec![JobPlan::plain(Kind::Applications, 1..=20)], ..Plan::plain([]) }
}

/// Retries followed one another without any pause, until none was left.
#[test]
fn ten_seconds_of_429_end_no_job() {
    for pause in [Pause::Absent, Pause::Seconds(0), Pause::PastDate, Pause::Invalid, Pause::Date(2)] {
        for fault in [Fault::Limited(pause), Fault::LimitedByCode(pause)] {
            let mut plan = Plan::plain(1..=5_000);
            let length = Duration::from_secs(10);
            plan.server.outage = Some(Outage { from: Duration::ZERO, length, fault });
            assert_eq!(statistics(&plan).found, 5_000, "{fault:?}");
        }
    }
}

/// The quota is used up, but there is nothing left to send.
#[test]
fn a_job_that_is_over_waits_for_no_slot() {
    let mut plan = Plan::plain(1..=100);
    plan.quota = "1/10".parse().unwrap();
    let statistics = statistics(&plan);
    assert!(statistics.time < Duration::from_secs(5), "{statistics}");
}

/// Pages that were read before an earlier one, which never came: chance seldom finds such a list.
#[test]
fn rows_behind_a_page_that_never_comes_are_handed_out() {
    let rows = [1178, 2226, 2532, 4021].map(|seed| statistics(&Plan::of_seed(seed)).rows);
    assert_eq!(rows, [12, 40, 5, 10]);
}

/// Slots came back only when their own job was polled. Its consumer waited for the other one.
#[test]
fn a_job_that_nobody_polls_holds_up_nobody() {
    let mut plan = Plan::plain(1..=1_000);
    plan.quota = "5/10".parse().unwrap();
    plan.jobs[0].ids_per_request = 1;
    plan.jobs[0].abandoned_after = Some(1);
    plan.jobs.push(JobPlan { start: Duration::from_secs(1), ..JobPlan::plain(Kind::OneLink, [7]) });
    let statistics = statistics(&plan);
    assert!(statistics.time < Duration::from_secs(25), "{statistics}");
}

/// A job that was always polled second starved.
#[test]
fn every_job_gets_its_share_of_a_quota() {
    let mut plan = Plan::plain([]);
    plan.quota = "3/5".parse().unwrap();
    let job = |kind, start, ids| JobPlan {
        start: Duration::from_millis(start),
        ids_per_request: 1,
        ..JobPlan::plain(kind, ids)
    };
    plan.jobs = vec![
        job(Kind::Links, 0, 1..=200),
        job(Kind::Applications, 1, 1..=200),
        job(Kind::OneLink, 20_000, 7..=7),
    ];
    assert_eq!(statistics(&plan).found, 400);
}

/// Slots of calls that a deadline ended came back while the calls could still arrive.
#[test]
fn calls_that_outlive_a_deadline_count() {
    for seed in 0..20 {
        let mut plan = Plan::plain(1..=60);
        plan.seed = seed;
        plan.quota = "4/1".parse().unwrap();
        (plan.network.jitter, plan.network.unreported, plan.network.keeps_timeouts) = (9_000, 300, false);
        plan.jobs[0].ids_per_request = 1;
        plan.jobs[0].max_time = Some(Duration::from_secs(5));
        plan.jobs.push(JobPlan { start: Duration::from_secs(5), ..plan.jobs[0].clone() });
        assert!(statistics(&plan).not_attempted > 0);
    }
}

/// They counted as not attempted, though the service may have acted on them.
#[test]
fn changes_that_met_a_strange_answer_are_in_doubt() {
    for oddity in [Oddity::Page, Oddity::Teapot, Oddity::Redirect] {
        let plan = changes(Behaviour { oddity: Some((1, oddity)), ..Behaviour::default() });
        assert_eq!(statistics(&plan).in_doubt, 20, "{oddity:?}");
    }
}

/// The call that proves that id 5 has no row is refused because of the ids beside it, which had one before.
#[test]
fn an_id_is_not_blamed_for_the_sentinels_of_its_proof() {
    for (after, count) in [(1, 1), (1, 2), (1, 8), (2, 2), (3, 2)] {
        let mut plan = Plan::plain(1..=12);
        plan.world.gaps.push(5..6);
        plan.server.spoiled = Some(Spoiled { after, count, are_refused: true });
        let statistics = statistics(&plan);
        assert_eq!((statistics.found, statistics.refused), (11, 0), "{statistics}");
    }
}

/// Of several, any may have been made. One alone was not.
#[test]
fn a_refused_change_of_one_offer_is_refused() {
    for (ids_per_request, refused, in_doubt) in [(1, 1, 0), (20, 0, 20)] {
        let mut plan = changes(Behaviour::default());
        plan.world.refused = [3].into();
        plan.jobs[0].ids_per_request = ids_per_request;
        let statistics = statistics(&plan);
        assert_eq!((statistics.refused, statistics.in_doubt), (refused, in_doubt));
    }
}

/// Changes that failed for good went on at once, however long the service asked to wait.
#[test]
fn retry_after_counts_also_where_a_change_is_not_sent_again() {
    for (seconds, calls) in [(15, 2), (121, 1)] {
        let faults = vec![Fault::Failed(Pause::Seconds(seconds))];
        let mut plan = changes(Behaviour { fault_rate: 1_000, faults, ..Behaviour::default() });
        plan.jobs[0].ids_per_request = 10;
        assert_eq!(statistics(&plan).calls, calls);
    }
}

/// The slot was returned while the call was still on its way.
#[test]
fn a_call_may_arrive_after_it_failed() {
    let mut plan = Plan::plain(1..=400);
    plan.jobs[0].ids_per_request = 1;
    (plan.network.late_request, plan.network.jitter) = (250, 9_000);
    assert!(statistics(&plan).arrivals > 100);
}

/// A job that began after the clock was set back does not know the later time that others were told.
#[test]
fn jobs_that_were_told_different_times_share_one_quota() {
    let mut plan = Plan::plain([]);
    plan.quota = "10/10".parse().unwrap();
    let at = Duration::from_secs(25);
    plan.clock = Clock(vec![Jump { at, by: Shift::Back(Duration::from_secs(200)) }]);
    plan.network.jitter = 1_000;
    let job = |start, ids, max_in_flight| JobPlan {
        start: Duration::from_secs(start),
        ids_per_request: 1,
        max_in_flight,
        ..JobPlan::plain(Kind::Links, 1..=ids)
    };
    plan.jobs = vec![job(24, 6, 1), job(26, 60, 8)];
    assert_eq!(statistics(&plan).found, 66);
}

/// The job said that it had ended early, while all outcomes were there and only the consumer was slow.
#[test]
fn a_deadline_after_the_last_answer_ends_nothing() {
    let mut plan = Plan::plain(1..=20);
    plan.jobs[0].max_time = Some(Duration::from_secs(2));
    plan.jobs[0].pauses = 1_000;
    assert_eq!(statistics(&plan).found, 20);
}

/// Rows that nobody asked for were dropped where they came with the answer to a probe.
#[test]
fn unrequested_rows_are_reported_whatever_the_call_was_for() {
    let mut plan = Plan::plain(1..=400);
    plan.world.refused = (101..=300).collect();
    plan.server.unrequested_rows = 1_000;
    assert!(statistics(&plan).reported_rows > 0);
}

/// An id that is asked only to learn whether ids are at fault at all keeps what it had.
#[test]
fn the_answer_to_a_probe_is_no_outcome() {
    let options = Options::builder().ids_per_request(1).retries(0).build().unwrap();
    let quota = Quota::new("1000/1".parse().unwrap());
    let mut job = Batch::<GetTrackingLinks, _>::new(account(), 1..=30, options, &quota, 1);
    let mut asked = Vec::new();
    let items = run(&mut job, |request| {
        let id = ids_of(request)[0];
        let is_again = asked.contains(&id);
        asked.push(id);
        let answer = match id {
            1..4 if !is_again => rows(request),
            1..4 => response(500, ""),
            _ => response(404, ""),
        };
        (Duration::ZERO, Ok(answer))
    });
    let found: Vec<_> =
        items.into_iter().flatten().filter(|(_, outcome)| outcome.is_ok()).map(|(id, _)| id.get()).collect();
    assert!(asked.len() > 3 + 4, "a probe was sent: {asked:?}");
    assert_eq!(found, [1, 2, 3]);
}

/// The job went by the window of its own options, which may not be that of the quota it draws from.
#[test]
fn a_429_pauses_for_a_window_of_the_quota_in_use() {
    let rate: Rate = "5/60".parse().unwrap();
    let quota = Quota::new(rate);
    let mut job = Batch::<GetTrackingLinks, _>::new(account(), 1..=3, Options::default(), &quota, 1);
    let Action::Send(attempt) = job.next(Moment::EPOCH) else { panic!("nothing is sent") };
    job.answered(attempt.ticket, Moment::EPOCH, Ok(response(429, ""))).unwrap();
    let Action::Wait { until: Some(until) } = job.next(Moment::EPOCH) else { panic!("it does not wait") };
    assert_eq!(until.since_epoch(), Duration::from_mins(1));
}
