use std::{
    fmt::Write,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use offerslook_core::{Request, Response};

use super::{
    behaviour::Pause,
    world::{Truth, link_of},
};

/// Which of the model's endpoints is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The link of one offer.
    Link,
    /// The links of many.
    Links,
    /// Applications for many.
    Applications,
    /// A page of a list.
    Page,
}

/// What a request asks for: which endpoint, and which ids, or which page.
pub(super) fn asked(request: &Request) -> (Shape, Vec<u64>) {
    let path = request.uri().path();
    let (shape, ids) = if let Some(ids) = path.strip_prefix("/aff/v1/batches/offers/tracking_links/") {
        (Shape::Links, ids)
    } else if let Some(ids) = path.strip_prefix("/aff/v1/batches/offers/applys/") {
        (Shape::Applications, ids)
    } else if path == "/aff/v1/numbers" {
        let query = request.uri().query().expect("a query");
        (Shape::Page, query.split(['=', '&']).nth(1).expect("a page"))
    } else {
        let id = path.strip_prefix("/aff/v1/offers/").and_then(|rest| rest.strip_suffix("/tracking_links"));
        (Shape::Link, id.expect("a path of the model"))
    };
    (shape, ids.split(',').map(|id| id.parse().expect("an id")).collect())
}

/// The body of a good answer.
pub(super) fn success(shape: Shape, rows: &[(u64, Truth)]) -> String {
    let mut body = String::with_capacity(64 + rows.len() * 110);
    body.push_str(r#"{"code":0,"message":"Success","data":{"#);
    body.push_str(match shape {
        Shape::Link => r#""tracking_link":"#,
        Shape::Links => r#""tracking_link":["#,
        Shape::Applications => r#""offer_application":["#,
        Shape::Page => r#""rowset":["#,
    });
    for (position, (id, truth)) in rows.iter().enumerate() {
        if position > 0 {
            body.push(',');
        }
        // Writing to a string cannot fail.
        let _ = match (shape, truth) {
            (Shape::Page, _) => write!(body, r#"{{"id":{id}}}"#),
            (Shape::Applications, Truth::Link) => {
                write!(body, r#"{{"offer_id":{id},"status":"approved"}}"#)
            }
            (Shape::Applications, _) => write!(body, r#"{{"offer_id":{id},"status":"pending"}}"#),
            (_, Truth::Link) => write!(body, r#"{{"offer_id":{id},"url":"{}"}}"#, link_of(*id)),
            _ => write!(body, r#"{{"offer_id":{id},"url":"Need to apply","impression_pixel":null}}"#),
        };
    }
    if shape == Shape::Link {
        body.push_str(if rows.is_empty() { "[]" } else { "" });
    } else {
        body.push(']');
    }
    body.push_str("}}");
    body
}

/// The body of a page of a list.
pub(super) fn page(rows: &[(u64, Truth)], pages: usize, total: usize) -> String {
    let mut body = success(Shape::Page, rows);
    body.truncate(body.len() - 2);
    // Writing to a string cannot fail.
    let _ = write!(body, r#","totalPages":{pages},"totalRows":"{total}"}}}}"#);
    body
}

/// An answer as it travels.
pub(super) fn told(status: u16, body: impl Into<Bytes>, pause: Pause, now: Duration) -> Response {
    let mut response = http::Response::builder().status(status);
    match pause {
        Pause::Unsaid => {}
        Pause::Seconds(seconds) => response = response.header("retry-after", seconds),
        Pause::Date(seconds) => {
            // A date has no fractions of a second: a whole one is told.
            let date = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + now.as_secs());
            let until = date + Duration::from_secs(seconds);
            response = response
                .header("date", httpdate::fmt_http_date(date))
                .header("retry-after", httpdate::fmt_http_date(until));
        }
    }
    response.body(body.into()).expect("a valid answer")
}
