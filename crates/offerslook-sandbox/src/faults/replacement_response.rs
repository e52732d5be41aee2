use axum::{
    Json,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::json;

use super::{Fault, Status, call::Call};
use crate::{
    checks::{Account, Quota},
    envelope::Failure,
};

const MESSAGE: &str = "A fault of the sandbox caused this response.";

/// Returns the response that a fault sends instead of the handler's; `None` if the handler runs.
pub(super) fn replacement_response(fault: &Fault, call: &Call) -> Option<Response> {
    let response = match fault {
        Fault::RateLimited { retry_after } => refusal(Quota::exhausted(), *retry_after),
        Fault::Status { status, retry_after } => {
            refusal(Failure::new((*status).into(), MESSAGE), *retry_after)
        }
        Fault::Html { status } => html_page(*status),
        Fault::Code { code } => Json(json!({"code": code, "message": MESSAGE})).into_response(),
        Fault::Redirect { location } => {
            (StatusCode::FOUND, [(header::LOCATION, location.to_string())]).into_response()
        }
        Fault::KeyRevoked => Account::unknown().into_response(),
        Fault::IdLimit { ids } if call.ids.is_some_and(|sent| sent > *ids) => {
            Failure::bad_request(format!("A call may carry at most {ids} offer ids.")).into_response()
        }
        _ => return None,
    };
    Some(response)
}

fn refusal(failure: Failure, retry_after: Option<u64>) -> Response {
    let retry_after = retry_after.map(|seconds| [(header::RETRY_AFTER, seconds.to_string())]);
    (retry_after, failure).into_response()
}

fn html_page(status: Status) -> Response {
    let status = StatusCode::from(status);
    let title = format!("{} {}", status.as_str(), status.canonical_reason().unwrap_or("Unknown"));
    let page = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n\
         <hr><center>proxy</center>\r\n</body>\r\n</html>\r\n"
    );
    (status, Html(page)).into_response()
}
