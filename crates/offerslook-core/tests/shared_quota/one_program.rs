//! Several jobs of one program, which has one share of the quota for all of them.

use std::time::Duration;

use offerslook_core::{
    affiliate::batches::GetTrackingLinks,
    job::{Action, Batch, Fallback, Job, Jobs, Moment, Quota, QuotaRequest, Rate, StoreReply, Ticket},
};

use crate::world::{AskedByTheWorld, World, account, rows};

type Links = Batch<GetTrackingLinks, std::vec::IntoIter<u64>>;

/// The jobs of a program, at so many calls in 10 seconds.
fn jobs(calls: u32) -> Jobs {
    let rate = Rate::new(calls, Duration::from_secs(10)).unwrap();
    let quota = Quota::stored(rate, AskedByTheWorld, Fallback::Wait);
    Jobs::new(account(), World::options().build().unwrap(), quota, 1)
}

/// Why a job does nothing more now.
#[derive(Debug)]
enum End {
    AsksTheStore(Ticket, QuotaRequest),
    WaitsFor(Duration),
    IsDone,
}

/// Polls a job and answers its calls at once. Returns how many there were.
fn poll(job: &mut Links, now: Moment) -> (u32, End) {
    let mut calls = 0;
    loop {
        match job.next(now) {
            Action::Send(attempt) => {
                let id = attempt.request.uri().path().rsplit('/').next().unwrap().parse().unwrap();
                job.answered(attempt.ticket, now, Ok(rows(&[id]))).unwrap();
                calls += 1;
            }
            Action::Quota(call) => return (calls, End::AsksTheStore(call.ticket, call.request)),
            Action::Wait { until } => return (calls, End::WaitsFor(until.unwrap().since(now))),
            Action::Done => return (calls, End::IsDone),
            Action::Item(_) | Action::Cancel(_) => {}
        }
    }
}

/// Lets a job ask the store, which grants it some slots.
fn grant(job: &mut Links, slots: u32) -> QuotaRequest {
    let (0, End::AsksTheStore(ticket, request)) = poll(job, Moment::EPOCH) else { panic!("no slot is free") };
    let reply = StoreReply::Granted { slots, next: Duration::ZERO };
    job.quota_answered(ticket, Moment::EPOCH, Ok(reply)).unwrap();
    request
}

/// The first job to end would return slots that the other one is about to use.
#[test]
fn the_last_job_alone_returns_the_slots() {
    let jobs = jobs(10);
    let (mut first, mut last) = (jobs.links(vec![1]), jobs.links(vec![1, 2]));
    // One that nobody wants any more.
    drop(jobs.links(vec![3]));
    let now = Moment::EPOCH;
    grant(&mut first, 4);
    assert!(matches!(poll(&mut first, now), (1, End::IsDone)));
    let (2, End::AsksTheStore(ticket, request)) = poll(&mut last, now) else {
        panic!("three calls are to be reported, and a slot that nobody used")
    };
    assert_eq!((request.want, request.ended.len()), (0, 4));
    last.quota_answered(ticket, now, Ok(StoreReply::NotBefore(Duration::ZERO))).unwrap();
    assert!(matches!(poll(&mut last, now), (0, End::IsDone)));
}

/// A pause of two minutes is waited for. A longer one ends every job, also those that have no call in flight.
#[test]
fn long_pauses_end_every_job() {
    for (seconds, is_waited_for) in [("120", true), ("121", false)] {
        let jobs = jobs(10);
        let (mut asking, mut other) = (jobs.links(vec![1]), jobs.links(vec![2]));
        let now = Moment::EPOCH;
        grant(&mut asking, 4);
        let Action::Send(attempt) = asking.next(now) else { panic!("a slot is free") };
        let pause = http::Response::builder().status(429).header("Retry-After", seconds);
        asking.answered(attempt.ticket, now, Ok(pause.body(Vec::new().into()).unwrap())).unwrap();
        let (_, end) = poll(&mut other, now);
        assert_eq!(matches!(end, End::IsDone), !is_waited_for, "{seconds} s: {end:?}");
    }
}

/// A job that waited longer gets the slot that another one was granted. That one does not ask for it without pause.
#[test]
fn a_slot_is_kept_for_the_job_that_was_passed_over() {
    let jobs = jobs(1);
    let (mut waiting, mut greedy) = (jobs.links(vec![1]), jobs.links(vec![2, 3]));
    let now = Moment::EPOCH;
    grant(&mut waiting, 0);
    let (0, End::AsksTheStore(ticket, _)) = poll(&mut waiting, now) else { panic!("it was granted nothing") };
    let (0, End::WaitsFor(wait)) = poll(&mut waiting, now) else { panic!("the store has not replied") };
    assert!(wait > Duration::from_secs(1), "{wait:?}");
    // Nobody tells the other one that the store has replied.
    let (0, End::WaitsFor(wait)) = poll(&mut greedy, now) else { panic!("the store has not replied") };
    assert!(wait < Duration::from_millis(100), "{wait:?}");
    let reply = StoreReply::Granted { slots: 1, next: Duration::ZERO };
    waiting.quota_answered(ticket, now, Ok(reply)).unwrap();

    let (1, End::AsksTheStore(ticket, request)) = poll(&mut greedy, now) else { panic!("a slot is free") };
    assert_eq!(request.want, 6, "five for itself, one for the other");
    greedy.quota_answered(ticket, now, Ok(reply)).unwrap();
    let (0, End::WaitsFor(wait)) = poll(&mut greedy, now) else { panic!("the slot is for the other one") };
    assert!(wait > Duration::ZERO);
    assert!(matches!(poll(&mut waiting, now), (1, _)));
}

/// Nobody takes the reply that was meant for it, so another job repeats the request.
#[test]
fn a_job_that_is_dropped_holds_up_no_other() {
    let jobs = jobs(10);
    let (mut dropped, mut other) = (jobs.links(vec![1]), jobs.links(vec![2]));
    let now = Moment::EPOCH;
    let (0, End::AsksTheStore(_, lost)) = poll(&mut dropped, now) else { panic!("no slot is free") };
    drop(jobs.links(vec![3]));
    assert!(matches!(poll(&mut other, now), (0, End::WaitsFor(_))));
    drop(dropped);
    assert_eq!(grant(&mut other, 1).id, lost.id);
    assert!(matches!(poll(&mut other, now), (1, _)));
}
