use http::header::CONTENT_ENCODING;
use offerslook_core::{
    Delivery::{NotSent, Unknown},
    Response, TransportError,
    TransportKind::{Certificate, Connect, ConnectTimeout, Interrupted, Malformed, Tls, UnknownHost},
    transport::Exchange,
};
use serde_json::{Value, json};

/// Describes a call to `fetch`.
pub(crate) fn describe(exchange: &Exchange, id: u32, max_bytes: usize) -> Value {
    let request = exchange.request();
    let headers = request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().ok()));
    let headers: Vec<_> = headers.collect();
    let init = json!({ "method": request.method().as_str(), "headers": headers });
    let (url, timeout) = (request.uri().to_string(), exchange.timeout().as_millis());
    json!({ "id": id, "url": url, "init": init, "timeout": timeout, "maxBytes": max_bytes })
}

type Answer = Result<Response, TransportError>;

/// Checks an answer: status, headers in JSON, and body. `fetch` has inflated the body, and left the headers as they were.
pub(crate) fn answer(exchange: &Exchange, status: u16, head: &str, body: &[u8]) -> Answer {
    let mut response = http::Response::builder().status(status);
    for (name, value) in serde_json::from_str::<Vec<(String, String)>>(head).unwrap_or_default() {
        response = response.header(name, value);
    }
    let (head, ()) = response.body(()).map_err(|error| failure(exchange, &error.to_string()))?.into_parts();
    let is_inflated = head.headers.contains_key(CONTENT_ENCODING);
    let reader = exchange.response(head)?;
    let mut reader = if is_inflated { reader.already_inflated() } else { reader };
    reader.push(body)?;
    reader.finish()
}

/// Returns the error of a `fetch` that failed with this code.
pub(crate) fn failure(exchange: &Exchange, code: &str) -> TransportError {
    let (kind, delivery) = match code {
        "timeout" => return exchange.timed_out(),
        "ENOTFOUND" | "EAI_AGAIN" => (UnknownHost, NotSent),
        "ECONNREFUSED" | "ENETUNREACH" | "EHOSTUNREACH" => (Connect, NotSent),
        "UND_ERR_CONNECT_TIMEOUT" => (ConnectTimeout, NotSent),
        _ if code.contains("CERT") || code.starts_with("UNABLE_TO") => (Certificate, NotSent),
        _ if code.contains("SSL") || code == "EPROTO" => (Tls, NotSent),
        _ if code.contains("HPE") || code.contains("HEADERS") => (Malformed, Unknown),
        _ => (Interrupted, Unknown),
    };
    TransportError::new(kind, delivery).with_source(code).with_host(exchange.request().uri().host())
}
