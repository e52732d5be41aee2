use http::StatusCode;

use super::{ErrorClass, KeptBody};
use crate::types::Secrets;

/// A response with a success status that cannot be decoded.
#[derive(Clone, Debug, thiserror::Error)]
#[error("HTTP {}: {fault}", .status.as_u16())]
#[non_exhaustive]
pub struct DecodeError {
    /// The HTTP status.
    pub status: StatusCode,
    /// What is wrong with the body.
    pub fault: DecodeFault,
    /// The body of the response.
    pub body: KeptBody,
}

/// What is wrong with the body of a response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeFault {
    /// It is empty, or its JSON is truncated.
    #[error("the response is empty or truncated: its JSON ends early")]
    EndsEarly,
    /// It is an HTML page.
    #[error("the response is an HTML page, not the JSON of the API")]
    Html,
    /// It is not an envelope of the API: not a JSON object, or one without a `code`.
    #[error("the response is not from the API: {0}")]
    NotTheEnvelope(&'static str),
    /// The envelope says success, but its payload is not that of the endpoint.
    #[error("the response cannot be decoded{}: {cause}", at(.path))]
    Payload {
        /// The JSON path, such as `data.tracking_link[1].offer_id`. Empty for the whole.
        path: String,
        /// What is wrong there.
        cause: String,
    },
}

fn at(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" at {path}") }
}

impl DecodeError {
    pub(super) fn redact(&mut self, secrets: &Secrets) {
        if let DecodeFault::Payload { path, cause } = &mut self.fault {
            for text in [path, cause] {
                *text = secrets.redact(text).into_owned();
            }
        }
        self.body.redact(secrets);
    }

    /// Returns the class of this error; see [`ErrorClass`].
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        match self.fault {
            DecodeFault::EndsEarly => ErrorClass::Transient,
            DecodeFault::Html | DecodeFault::NotTheEnvelope(_) => ErrorClass::Foreign,
            DecodeFault::Payload { .. } => ErrorClass::Undecodable,
        }
    }
}
