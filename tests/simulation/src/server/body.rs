use std::{
    fmt::Write,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use offerslook_core::{Request, Response};

use super::super::{behaviour::Pause, lists::PageReply, world::Truth};

/// What a request asks for.
#[derive(Clone, Debug)]
pub(in super::super) enum Asked {
    /// The link of one offer.
    Link(u64),
    /// The links of many.
    Links(Vec<u64>),
    /// Applications for many.
    Applications(Vec<u64>),
    /// A page of a list.
    Page { page: usize, limit: usize },
}

impl Asked {
    pub(in super::super) fn read(request: &Request) -> Self {
        let path = request.uri().path();
        let ids = |ids: &str| ids.split(',').map(|id| id.parse().expect("an id")).collect();
        if let Some(list) = path.strip_prefix("/aff/v1/batches/offers/tracking_links/") {
            Self::Links(ids(list))
        } else if let Some(list) = path.strip_prefix("/aff/v1/batches/offers/applys/") {
            Self::Applications(ids(list))
        } else if path == "/aff/v1/numbers" {
            let query = request.uri().query().expect("a query");
            let mut values = query.split('&').map(|pair| pair.split_once('=').expect("a value").1);
            let mut number = || values.next().and_then(|value| value.parse().ok()).expect("a number");
            Self::Page { page: number(), limit: number() }
        } else {
            let id =
                path.strip_prefix("/aff/v1/offers/").and_then(|rest| rest.strip_suffix("/tracking_links"));
            Self::Link(id.and_then(|id| id.parse().ok()).expect("a path of the model"))
        }
    }

    pub(in super::super) fn ids(&self) -> &[u64] {
        match self {
            Self::Link(id) => std::slice::from_ref(id),
            Self::Links(ids) | Self::Applications(ids) => ids,
            Self::Page { .. } => &[],
        }
    }
}

/// The body of an answer with these rows.
pub(super) fn rows(asked: &Asked, rows: &[(u64, Truth)]) -> String {
    let mut body = String::with_capacity(64 + rows.len() * 90);
    body.push_str(r#"{"code":0,"message":"Success","data":{"#);
    body.push_str(match asked {
        Asked::Link(_) => r#""tracking_link":"#,
        Asked::Applications(_) => r#""offer_application":["#,
        _ => r#""tracking_link":["#,
    });
    let is_link = !matches!(asked, Asked::Applications(_));
    for (position, (id, truth)) in rows.iter().enumerate() {
        if position > 0 {
            body.push(',');
        }
        let id = if *truth == Truth::Anonymous { 0 } else { *id };
        // Writing to a string cannot fail.
        let _ = match (is_link, truth) {
            (true, Truth::Link) => {
                let link = "https://click.example/index.php";
                write!(body, r#"{{"offer_id":{id},"url":"{link}?offer_id={id}&aff_id=40"}}"#)
            }
            (true, Truth::NoLink) => write!(body, r#"{{"offer_id":{id},"url":null}}"#),
            (true, Truth::Malformed) => write!(body, r#"{{"offer_id":{id},"url":{{"a":[7]}}}}"#),
            (true, _) => write!(body, r#"{{"offer_id":{id},"url":"Need to apply"}}"#),
            (false, Truth::Link) => write!(body, r#"{{"offer_id":{id},"status":"approved"}}"#),
            (false, Truth::Malformed) => write!(body, r#"{{"offer_id":{id},"status":{{"a":[7]}}}}"#),
            (false, _) => write!(body, r#"{{"offer_id":{id},"status":"pending"}}"#),
        };
    }
    body.push_str(match asked {
        Asked::Link(_) if rows.is_empty() => "[]}}",
        Asked::Link(_) => "}}",
        _ => "]}}",
    });
    body
}

/// The body of a page of a list.
pub(super) fn page(reply: &PageReply, is_object: bool) -> String {
    let mut body = String::from(r#"{"code":0,"data":{"rowset":"#);
    let is_object = is_object && !reply.rows.is_empty();
    body.push(if is_object { '{' } else { '[' });
    for (position, id) in reply.rows.iter().enumerate() {
        let comma = if position > 0 { "," } else { "" };
        let key = if is_object { format!(r#""{position}":"#) } else { String::new() };
        // Writing to a string cannot fail.
        let _ = write!(body, r#"{comma}{key}{{"id":{id}}}"#);
    }
    body.push(if is_object { '}' } else { ']' });
    if let Some(pages) = reply.total_pages {
        let _ = write!(body, r#","totalPages":{pages}"#);
    }
    if let Some(rows) = reply.total_rows {
        let _ = write!(body, r#","totalRows":"{rows}""#);
    }
    body.push_str("}}");
    body
}

/// An answer with this `Retry-After`.
pub(super) fn response(status: u16, body: impl Into<Bytes>, pause: Pause, now: Duration) -> Response {
    let mut response = http::Response::builder().status(status);
    // A date has no fractions of a second.
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + now.as_secs());
    let dated = |response: http::response::Builder, until: SystemTime| {
        response
            .header("date", httpdate::fmt_http_date(date))
            .header("retry-after", httpdate::fmt_http_date(until))
    };
    match pause {
        Pause::Absent => {}
        Pause::Invalid => response = response.header("retry-after", "in a while"),
        Pause::Seconds(seconds) => response = response.header("retry-after", seconds),
        Pause::Date(seconds) => response = dated(response, date + Duration::from_secs(seconds)),
        Pause::PastDate => response = dated(response, date - Duration::from_mins(2)),
    }
    response.body(body.into()).expect("a valid answer")
}
