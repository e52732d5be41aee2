use axum::{
    Json,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::json;

use super::{Fault, Status, layers::Asked};
use crate::envelope::Failure;

/// What a fault answers in place of the work; `None` if it lets the work be done.
pub(super) fn answer(fault: &Fault, asked: &Asked) -> Option<Response> {
    let answer = match fault {
        Fault::RateLimited { retry_after } => {
            let message = "Too many calls: the quota of the network is used up. Wait before you call again.";
            refused(StatusCode::TOO_MANY_REQUESTS, message, *retry_after)
        }
        Fault::Status { status, retry_after } => refused(
            (*status).into(),
            "This answer is a fault that the sandbox was told to make.",
            *retry_after,
        ),
        Fault::Html { status } => page(*status),
        Fault::Code { code } => {
            let message = "This answer is a fault that the sandbox was told to make.";
            Json(json!({"code": code, "message": message})).into_response()
        }
        Fault::Redirect { location } => {
            (StatusCode::FOUND, [(header::LOCATION, location.to_string())]).into_response()
        }
        Fault::KeyRevoked => refused(StatusCode::UNAUTHORIZED, "Unknown e-mail address or API key.", None),
        Fault::IdLimit { ids } if asked.ids.is_some_and(|asked| asked > *ids) => {
            refused(StatusCode::BAD_REQUEST, format!("A call may carry at most {ids} offer ids."), None)
        }
        _ => return None,
    };
    Some(answer)
}

fn refused(
    status: StatusCode,
    message: impl Into<std::borrow::Cow<'static, str>>,
    retry_after: Option<u64>,
) -> Response {
    let retry_after = retry_after.map(|seconds| [(header::RETRY_AFTER, seconds.to_string())]);
    (retry_after, Failure::new(status, message)).into_response()
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
