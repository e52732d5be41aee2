//! Answers as the service gives them.

use std::fmt::Write as _;

use offerslook_core::Response;

pub(crate) fn answer(status: u16, body: String) -> Response {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status.try_into().unwrap();
    answer
}

pub(crate) fn retry_after(status: u16, seconds: &str) -> Response {
    let mut answer = answer(status, String::new());
    answer.headers_mut().insert("retry-after", seconds.parse().unwrap());
    answer
}

pub(crate) fn refusal() -> Response {
    answer(200, r#"{"code": 1001, "message": "Invalid offer", "data": null}"#.to_owned())
}

/// Success without any row, as PHP encodes it.
pub(crate) fn empty() -> Response {
    answer(200, r#"{"code": 0, "message": "Success", "data": []}"#.to_owned())
}

pub(crate) fn links(rows: &[String]) -> Response {
    answer(
        200,
        format!(r#"{{"code": 0, "message": "Success", "data": {{"tracking_link": [{}]}}}}"#, rows.join(",")),
    )
}

pub(crate) fn applied(ids: &[u64]) -> Response {
    let mut rows = String::new();
    for id in ids {
        let comma = if rows.is_empty() { "" } else { "," };
        write!(rows, r#"{comma}{{"offer_id": {id}, "status": "approved"}}"#).unwrap();
    }
    answer(200, format!(r#"{{"code": 0, "message": "Success", "data": {{"offer_application": [{rows}]}}}}"#))
}

pub(crate) fn row(id: u64) -> String {
    format!(
        r#"{{"offer_id": {id}, "url": "https://t.acme.com/index.php?offer_id={id}&aff_id=1", "impression_pixel": ""}}"#
    )
}

pub(crate) fn rows(ids: impl IntoIterator<Item = u64>) -> Response {
    links(&ids.into_iter().map(row).collect::<Vec<_>>())
}
