//! Both clients over transports without any I/O.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[cfg(feature = "tokio")]
mod asynchronous;
mod blocking;
#[cfg(feature = "tokio")]
mod stored_quota;

use offerslook_core::{
    Account, BaseUrl, Credentials, Response, TransportError, affiliate::batches::GetTrackingLinks,
    transport::Exchange,
};

type Answer = Result<Response, TransportError>;

fn account() -> Account {
    let base_url: BaseUrl = "http://127.0.0.1:1".parse().unwrap();
    Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap())
}

fn links() -> GetTrackingLinks {
    GetTrackingLinks::new("16".parse().unwrap())
}

/// A link for each id that was asked for.
#[expect(clippy::unnecessary_wraps, reason = "it is the whole of a transport")]
fn rows(exchange: &Exchange) -> Answer {
    let (_, ids) = exchange.request().uri().path().rsplit_once('/').unwrap();
    let row = |id| format!(r#"{{"offer_id":{id},"url":"https://t.example/{id}"}}"#);
    let rows: Vec<String> = ids.split(',').map(row).collect();
    let body = format!(r#"{{"code":0,"message":"Success","data":{{"tracking_link":[{}]}}}}"#, rows.join(","));
    Ok(Response::new(body.into()))
}
