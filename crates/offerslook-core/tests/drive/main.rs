//! The two drivers, and the job of one attempt, with calls and a clock that are counted only.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod asynchronous;
mod blocking;
mod execute;

use std::time::Duration;

use offerslook_core::{
    Account, BaseUrl, Credentials, Response,
    affiliate::batches::GetTrackingLinks,
    job::{Jobs, Moment, Options, OptionsBuilder, Quota, Rate},
};

fn jobs(options: OptionsBuilder) -> Jobs {
    let base_url: BaseUrl = "https://a.example".parse().unwrap();
    let account = Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap());
    let quota = Quota::new(Rate::new(1_000, Duration::from_secs(1)).unwrap());
    Jobs::new(account, options.build().unwrap(), quota, 7)
}

fn one_per_call() -> OptionsBuilder {
    Options::builder().ids_per_request(1).max_in_flight(4)
}

fn call() -> GetTrackingLinks {
    GetTrackingLinks::new("16".parse().unwrap())
}

/// A link for the ids of a request.
fn links(request: &offerslook_core::Request) -> Response {
    let ids = request.uri().path().rsplit('/').next().unwrap();
    let rows: Vec<String> =
        ids.split(',').map(|id| format!(r#"{{"offer_id":{id},"url":"https://t.example/"}}"#)).collect();
    let body = format!(r#"{{"code":0,"message":"Success","data":{{"tracking_link":[{}]}}}}"#, rows.join(","));
    Response::new(body.into())
}

fn second(seconds: u64) -> Moment {
    Moment::after_epoch(Duration::from_secs(seconds))
}
