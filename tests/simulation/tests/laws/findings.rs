//! Each of these was a bug once, or would be one that chance alone seldom finds. Beside what a test asserts, its run
//! keeps every promise.

use std::time::Duration;

use offerslook_core::{
    Response,
    affiliate::batches::GetTrackingLinks,
    job::{Action, Batch, Job, Moment, Options, Quota, Rate},
};
use offerslook_simulation::{
    Behaviour, Clock, Fault, JobPlan, Jump, Kind, Limits, LooksAt, Oddity, Outage, Pause, Plan, Refusal,
    RowOrder, Shift,
};

use crate::{
    figures::statistics,
    fixture::{account, rows},
};

fn with_status(status: u16) -> Response {
    http::Response::builder().status(status).body(bytes::Bytes::new()).unwrap()
}

fn changes(server: Behaviour) -> Plan {
    Plan { server, jobs: vec![JobPlan::plain(Kind::Applications, 1..=20)], ..Plan::plain([]) }
}

/// Without waiting for the quota.
fn unlimited(ids: impl IntoIterator<Item = u64>) -> Plan {
    Plan { quota: "1000/0.001".parse().unwrap(), ..Plan::plain(ids) }
}

/// Existing ids were called absent where many ids without a row came first.
#[test]
fn a_server_that_looks_at_50_ids_hides_no_offer() {
    for (ids, dead, in_flight, most) in [(12_000, 8_000, 8, 360), (4_000, 1_500, 1, 130)] {
        let mut plan = unlimited(1..=ids);
        plan.world.gaps.push(1..dead + 1);
        plan.server.limits = Limits { ids: Some(LooksAt::First(50)), rows: None };
        plan.jobs[0].max_in_flight = in_flight;
        let statistics = statistics(&plan);
        assert_eq!((statistics.found, statistics.no_row), (ids - dead, dead));
        assert!(statistics.calls <= most, "{statistics}");
    }
}

/// Only distinct rows were counted, so that a limit of raw rows was not seen.
#[test]
fn rows_that_come_twice_hide_no_offer() {
    for order in [RowOrder::Requested, RowOrder::Ascending, RowOrder::Random] {
        let mut plan = unlimited(1..=2_000);
        (plan.server.order, plan.server.doubled) = (order, 25);
        plan.server.limits = Limits { ids: None, rows: Some(50) };
        let statistics = statistics(&plan);
        assert_eq!(statistics.found, 2_000);
        assert!(statistics.calls <= 60, "{statistics}");
    }
}

/// Such answers were bisected, and the size of calls never recovered.
#[test]
fn trouble_that_passes_inside_a_200_costs_little() {
    let unknown = Fault::Refused(Refusal::Code);
    for fault in [Fault::FailedByCode(500), Fault::Refused(Refusal::NotFound), unknown] {
        let mut plan = unlimited(1..=20_000);
        (plan.server.fault_rate, plan.server.faults) = (20, vec![fault]);
        let statistics = statistics(&plan);
        assert_eq!(statistics.found, 20_000);
        assert!(statistics.calls <= 240, "{fault:?}: {statistics}");
    }
}

/// Retries followed one another without any pause, until none was left.
#[test]
fn ten_seconds_of_429_end_no_job() {
    for pause in [Pause::Absent, Pause::Seconds(0), Pause::PastDate, Pause::Invalid, Pause::Date(2)] {
        let mut plan = Plan::plain(1..=5_000);
        let fault = Fault::Limited(pause);
        plan.server.outage = Some(Outage { from: Duration::ZERO, length: Duration::from_secs(10), fault });
        assert_eq!(statistics(&plan).found, 5_000, "{pause:?}");
    }
}

/// 16 refusals came in a row before anything succeeded.
#[test]
fn refusals_before_the_first_row_end_no_job() {
    let mut plan = unlimited(1..=5_000);
    plan.world.refused = (6..=100).step_by(6).collect();
    let refusing = statistics(&plan);
    assert_eq!((refusing.found, refusing.refused), (4_984, 16));
    assert!(refusing.calls <= 195, "{refusing}");
    let mut plan = unlimited(1..=5_000);
    plan.server.max_ids = Some(50);
    plan.jobs[0].ids_per_request = 1_000;
    let limited = statistics(&plan);
    assert_eq!(limited.found, 5_000);
    assert!(limited.calls <= 145, "{limited}");
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

/// A size that was too small for the server stayed for ever.
#[test]
fn the_size_of_calls_recovers_from_a_sparse_head() {
    let mut plan = unlimited(1..=5_000);
    plan.world.gaps = (0..6).map(|n| n * 50 + 2..n * 50 + 51).collect();
    plan.server.limits = Limits { ids: Some(LooksAt::First(50)), rows: None };
    plan.jobs[0].max_in_flight = 1;
    let statistics = statistics(&plan);
    assert!(statistics.calls <= 130, "{statistics}");
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
    let mut now = Moment::EPOCH;
    let mut asked = Vec::new();
    let mut found = Vec::new();
    loop {
        match job.next(now) {
            Action::Send(attempt) => {
                let id = attempt.request.uri().path().rsplit('/').next().unwrap().to_owned();
                let is_again = asked.contains(&id);
                let answer = match &*id {
                    "1" | "2" | "3" if !is_again => rows(&attempt.request),
                    "1" | "2" | "3" => with_status(500),
                    _ => with_status(404),
                };
                job.answered(attempt.ticket, now, Ok(answer)).unwrap();
                asked.push(id);
                assert!(asked.len() < 200, "it does not end");
            }
            Action::Item(Ok((id, Ok(_)))) => found.push(id.get()),
            Action::Item(_) | Action::Cancel(_) | Action::Quota(_) => {}
            Action::Wait { until } => now = until.unwrap(),
            Action::Done => break,
        }
    }
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
    job.answered(attempt.ticket, Moment::EPOCH, Ok(with_status(429))).unwrap();
    let Action::Wait { until: Some(until) } = job.next(Moment::EPOCH) else { panic!("it does not wait") };
    assert_eq!(until.since_epoch(), Duration::from_mins(1));
}
