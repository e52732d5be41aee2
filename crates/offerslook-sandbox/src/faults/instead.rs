use axum::{
    Json,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::json;

use super::{Fault, Status, layers::Asked};
use crate::{
    checks::{Account, Quota},
    envelope::Failure,
};

const TOLD: &str = "This answer is a fault that the sandbox was told to make.";

/// What a fault answers in place of the work; `None` if it lets the work be done.
pub(super) fn answer(fault: &Fault, asked: &Asked) -> Option<Response> {
    let answer = match fault {
        Fault::RateLimited { retry_after } => refused(Quota::used_up(), *retry_after),
        Fault::Status { status, retry_after } => refused(Failure::new((*status).into(), TOLD), *retry_after),
        Fault::Html { status } => page(*status),
        Fault::Code { code } => Json(json!({"code": code, "message": TOLD})).into_response(),
        Fault::Redirect { location } => {
            (StatusCode::FOUND, [(header::LOCATION, location.to_string())]).into_response()
        }
        Fault::KeyRevoked => Account::unknown().into_response(),
        Fault::IdLimit { ids } if asked.ids.is_some_and(|asked| asked > *ids) => {
            Failure::bad_request(format!("A call may carry at most {ids} offer ids.")).into_response()
        }
        _ => return None,
    };
    Some(answer)
}

fn refused(failure: Failure, retry_after: Option<u64>) -> Response {
    let retry_after = retry_after.map(|seconds| [(header::RETRY_AFTER, seconds.to_string())]);
    (retry_after, failure).into_response()
}

/// As a proxy writes it.
fn page(status: Status) -> Response {
    let status = StatusCode::from(status);
    let title = format!("{} {}", status.as_str(), status.canonical_reason().unwrap_or("Unknown"));
    let page = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n\
         <hr><center>proxy</center>\r\n</body>\r\n</html>\r\n"
    );
    (status, Html(page)).into_response()
}
