//! The job of one attempt.

use std::time::Duration;

use offerslook_core::{
    Delivery, Error, Request, Response, Settings, StopCause, TransportError, TransportKind,
    affiliate::batches::GetTrackingLinks,
    job::{Action, Attempt, Execute, Job, Jobs, Moment, Options, Quota, Ticket},
};

use crate::fixture::{Answer, account, response, rows};

fn second(seconds: u64) -> Moment {
    Moment::after_epoch(Duration::from_secs(seconds))
}

fn call() -> GetTrackingLinks {
    GetTrackingLinks::new("16".parse().unwrap())
}

fn attempt(job: &mut impl Job, now: Moment) -> Attempt {
    match job.next(now) {
        Action::Send(attempt) => attempt,
        _ => panic!("no attempt"),
    }
}

fn answer(job: &mut Execute, ticket: Ticket, answer: Answer) -> Result<Response, Error> {
    job.answered(ticket, second(0), answer).unwrap();
    match job.next(second(0)) {
        Action::Item(item) => item,
        _ => panic!("no item"),
    }
}

fn request() -> (Jobs, Request) {
    let jobs = Jobs::new(account(), Options::default(), Quota::default(), 7);
    let request = jobs.account().request(&call()).unwrap();
    (jobs, request)
}

#[test]
fn a_response_of_any_status_is_returned_and_nothing_is_retried() {
    let (jobs, request) = request();
    for status in [200, 404, 503] {
        let mut job = jobs.execute(request.clone());
        let Attempt { ticket, request, .. } = attempt(&mut job, second(0));
        let mut response = rows(&request);
        *response.status_mut() = status.try_into().unwrap();
        assert_eq!(answer(&mut job, ticket, Ok(response)).unwrap().status(), status);
        assert!(matches!(job.next(second(0)), Action::Done));
    }
    let mut job = jobs.execute(request);
    let ticket = attempt(&mut job, second(0)).ticket;
    let error = TransportError::new(TransportKind::Connect, Delivery::NotSent);
    assert!(matches!(answer(&mut job, ticket, Err(error)), Err(Error::Transport(_))));
}

#[test]
fn a_429_pauses_the_quota_for_every_other_job() {
    let (jobs, request) = request();
    let mut job = jobs.execute(request.clone());
    let ticket = attempt(&mut job, second(0)).ticket;
    let mut limited = response(429, "");
    limited.headers_mut().insert("retry-after", 9.into());
    assert!(answer(&mut job, ticket, Ok(limited)).is_ok());
    let mut other = jobs.call(&call());
    assert!(matches!(other.next(second(8)), Action::Wait { until: Some(until) } if until == second(9)));
    assert!(matches!(jobs.execute(request).next(second(9)), Action::Send(_)));
}

#[test]
fn a_stop_leaves_a_change_in_doubt_only_if_it_was_sent() {
    let (jobs, get) = request();
    let mut post = get.clone();
    *post.method_mut() = http::Method::POST;
    for (request, is_sent, in_doubt) in [(&get, true, false), (&post, true, true), (&post, false, false)] {
        let mut job = jobs.execute(request.clone());
        if is_sent {
            attempt(&mut job, second(0));
        }
        job.stop(second(1));
        let Action::Item(Err(error)) = job.next(second(1)) else { panic!("no error") };
        assert_eq!(matches!(error, Error::InDoubt(_)), in_doubt);
        assert_eq!(matches!(error, Error::Stopped(StopCause::Requested)), !in_doubt);
    }
}

#[test]
fn no_attempt_may_take_longer_than_what_is_left_of_the_deadline() {
    let options = Options::builder().max_time(Duration::from_secs(3)).build().unwrap();
    let mut job = Jobs::new(account(), options, Quota::default(), 7).call(&call());
    let attempt = attempt(&mut job, second(0));
    assert_eq!(attempt.timeout, Duration::from_secs(3));
    let exchange = attempt.exchange(&Settings::default()).unwrap();
    assert_eq!(exchange.timeout(), Duration::from_secs(3));
}
