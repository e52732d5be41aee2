//! Each of these was a bug once, or would be one that chance alone seldom finds.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use offerslook_core::{
    Response,
    affiliate::batches::GetTrackingLinks,
    job::{Action, Batch, BatchItem, Job, Moment, Options, Outcome, Quota, Rate},
};
use offerslook_tests::simulation::{
    Behaviour, Clock, Fault, JobPlan, Jump, Kind, Oddity, Pause, Plan, Shift, Silent, Tally, run,
};

use crate::fixture::{account, ids, rows};

fn tally(plan: &Plan) -> Tally {
    let outcome = run(plan);
    if let Some(broken) = outcome.broken {
        panic!("{broken}");
    }
    outcome.tally
}

fn with_status(status: u16) -> Response {
    http::Response::builder().status(status).body(bytes::Bytes::new()).unwrap()
}

fn changes(server: Behaviour) -> Plan {
    Plan { server, jobs: vec![JobPlan::plain(Kind::Applications, 1..=20)], ..Plan::plain([]) }
}

/// They counted as not attempted, though the service may have acted on them.
#[test]
fn changes_that_met_a_strange_answer_are_in_doubt() {
    for oddity in [Oddity::Page, Oddity::Teapot, Oddity::Redirect] {
        let plan = changes(Behaviour { oddity: Some((1, oddity)), ..Behaviour::default() });
        assert_eq!(tally(&plan).in_doubt, 20, "{oddity:?}");
    }
}

/// Changes that failed for good went on at once, and after any wish however long.
#[test]
fn a_wish_to_wait_counts_also_where_a_change_is_not_sent_again() {
    for (seconds, calls) in [(15, 2), (121, 1)] {
        let faults = vec![Fault::Failed(Pause::Seconds(seconds))];
        let mut plan = changes(Behaviour { fault_rate: 256, faults, ..Behaviour::default() });
        plan.jobs[0].ids_per_request = NonZeroUsize::MIN.saturating_add(9);
        assert_eq!(tally(&plan).calls, calls);
    }
}

/// The slot was given back while the call was still on its way.
#[test]
fn a_call_may_arrive_after_it_was_given_up() {
    let mut plan = Plan::plain(1..=400);
    plan.jobs[0].ids_per_request = NonZeroUsize::MIN;
    plan.network.held_back = 64;
    plan.network.jitter = 9_000;
    assert!(tally(&plan).arrivals > 100);
}

/// A job that began after the clock was set back does not know of the later time that others were told.
#[test]
fn jobs_that_were_told_different_times_share_one_quota() {
    let mut plan = Plan::plain([]);
    plan.quota = "10/10".parse().unwrap();
    let at = Duration::from_secs(25);
    plan.clock = Clock(vec![Jump { at, by: Shift::Back(Duration::from_secs(200)) }]);
    plan.network.jitter = 1_000;
    let job = |start, ids, more_in_flight| JobPlan {
        start: Duration::from_secs(start),
        ids_per_request: NonZeroUsize::MIN,
        max_in_flight: NonZeroUsize::MIN.saturating_add(more_in_flight),
        ..JobPlan::plain(Kind::Links, 1..=ids)
    };
    plan.jobs = vec![job(24, 6, 0), job(26, 60, 7)];
    assert_eq!(tally(&plan).found, 66);
}

/// A server that sends the rows with the lowest ids: the reach says nothing of it.
#[test]
fn rows_that_are_left_out_in_the_middle_of_a_call_are_asked_for_again() {
    let mut plan = Plan::plain((1..=1_000).rev());
    plan.server.silent = Some(Silent::LowestRows(20));
    assert_eq!(tally(&plan).found, 1_000);
}

/// In a server that sends so many rows at the most, ids without a row push the reach beyond the limit.
#[test]
fn a_limit_of_rows_is_no_limit_of_ids() {
    let mut plan = Plan::plain(1..=1_000);
    plan.world.without_row = 8;
    plan.world.stretch = 30;
    plan.server.silent = Some(Silent::FirstRows(20));
    let tally = tally(&plan);
    assert_eq!((tally.found + tally.absent, tally.doubts_dropped), (1_000, 0));
}

/// Eight calls with doubted ids went out before the first of them was answered, beside the eight that count.
#[test]
fn suspicion_costs_eight_calls_at_the_most() {
    let mut plan = Plan::plain(1..=5_000);
    plan.world.without_row = 16;
    assert_eq!(tally(&plan).calls, 50 + 8);
}

/// The job said that it had ended early, while all outcomes were there and only the consumer was slow.
#[test]
fn a_deadline_after_the_last_answer_ends_nothing() {
    let mut plan = Plan::plain(1..=20);
    plan.jobs[0].max_time = Some(Duration::from_secs(2));
    plan.jobs[0].rests = 255;
    assert_eq!(tally(&plan).found, 20);
}

/// Rows that nobody asked for were dropped where they came with the answer to a probe.
#[test]
fn unasked_rows_are_reported_whatever_the_call_was_for() {
    let mut plan = Plan::plain(1..=400);
    plan.world.poison = (101..=300).collect();
    plan.server.unasked_rows = 256;
    assert!(tally(&plan).notices > 0);
}

/// An id that is asked only to learn whether ids are at fault at all keeps what it had.
#[test]
fn what_comes_of_a_probe_is_no_outcome() {
    let mut options = Options::default();
    options.ids_per_request = NonZeroUsize::MIN;
    options.attempts = NonZeroU32::MIN;
    let quota = Quota::new(options.quota);
    let mut job = Batch::<GetTrackingLinks, _>::new(account(), ids(1..=30), options, quota, 1);
    let mut second = None;
    let mut asked = Vec::new();
    let mut found = Vec::new();
    loop {
        match job.next(Moment::EPOCH) {
            Action::Send(attempt) => {
                let id = attempt.request.uri().path().rsplit('/').next().unwrap().to_owned();
                let answer = match &*id {
                    "2" => {
                        second = Some((attempt.ticket, rows(&attempt.request)));
                        continue;
                    }
                    "1" => rows(&attempt.request),
                    "3" if !asked.contains(&id) => rows(&attempt.request),
                    "3" => with_status(500),
                    _ => with_status(404),
                };
                job.answered(attempt.ticket, Moment::EPOCH, Ok(answer)).unwrap();
                asked.push(id);
            }
            Action::Item(BatchItem::Outcome { id, outcome: Outcome::Found(_) }) => found.push(id.get()),
            Action::Item(_) => {}
            // All is answered but the second id, which holds back the outcomes.
            Action::Wait { .. } => {
                let (ticket, answer) = second.take().unwrap();
                job.answered(ticket, Moment::EPOCH, Ok(answer)).unwrap();
            }
            Action::Done => break,
        }
    }
    assert_eq!(asked.iter().filter(|id| *id == "3").count(), 2, "it was asked again: {asked:?}");
    assert_eq!(found, [1, 2, 3]);
}

/// The job went by the window of its own options, which may not be that of the quota it draws from.
#[test]
fn a_429_closes_the_gate_for_a_window_of_the_quota_in_use() {
    let rate: Rate = "5/60".parse().unwrap();
    let mut job =
        Batch::<GetTrackingLinks, _>::new(account(), ids(1..=3), Options::default(), Quota::new(rate), 1);
    let Action::Send(attempt) = job.next(Moment::EPOCH) else { panic!("nothing is sent") };
    job.answered(attempt.ticket, Moment::EPOCH, Ok(with_status(429))).unwrap();
    let Action::Wait { until: Some(until) } = job.next(Moment::EPOCH) else { panic!("it does not wait") };
    assert_eq!(until.since_epoch(), Duration::from_mins(1));
}
