//! What a server answers: the page of a list, right or wrong.

use std::fmt::Write;

use offerslook_core::{Delivery, TransportError, TransportKind};

use crate::harness::{Answer, Call};

/// One page, with what the server says about the whole list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    pub(crate) rows: Vec<u64>,
    pub(crate) total_rows: Option<usize>,
    pub(crate) total_pages: Option<usize>,
    pub(crate) limit: Option<usize>,
}

impl Reply {
    /// The answer of a server that pages as documented.
    pub(crate) fn honest(list: &[u64], call: &Call) -> Self {
        Self::cut(list, call.page, call.limit)
    }

    /// The page of this number, where pages have this size.
    pub(crate) fn cut(list: &[u64], page: usize, limit: usize) -> Self {
        Self {
            rows: list.iter().skip((page - 1) * limit).take(limit).copied().collect(),
            total_rows: Some(list.len()),
            total_pages: Some(list.len().div_ceil(limit)),
            limit: Some(limit),
        }
    }

    pub(crate) fn totals(self, total_rows: Option<usize>, total_pages: Option<usize>) -> Self {
        Self { total_rows, total_pages, ..self }
    }

    pub(crate) fn ok(self) -> Answer {
        let rows: Vec<_> = self.rows.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
        let mut data = format!(r#""rowset":[{}]"#, rows.join(","));
        let fields =
            [("totalRows", self.total_rows), ("totalPages", self.total_pages), ("limit", self.limit)];
        for (name, value) in fields {
            if let Some(value) = value {
                write!(data, r#","{name}":{value}"#).unwrap();
            }
        }
        body(&format!(r#"{{"code":0,"message":"Success","data":{{{data}}}}}"#))
    }
}

/// A list of this many rows. The ids are neither dense nor sorted.
pub(crate) fn list(rows: usize) -> Vec<u64> {
    (1..).take(rows).map(|row: u64| (row * 7919) % 1_000_003).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "it stands beside the lack of an answer")]
pub(crate) fn body(body: &str) -> Answer {
    Ok(http::Response::new(body.as_bytes().to_vec().into()))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands beside the lack of an answer")]
pub(crate) fn status(status: u16) -> Answer {
    Ok(http::Response::builder().status(status).body(Vec::new().into()).unwrap())
}

/// No answer, until the listing cancels the call.
pub(crate) fn silence() -> Answer {
    Err(TransportError::new(TransportKind::NeverAnswered, Delivery::Unknown))
}

pub(crate) fn timed_out() -> Answer {
    Err(TransportError::new(TransportKind::Timeout, Delivery::Unknown))
}
