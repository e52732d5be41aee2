use http::StatusCode;

use super::{ErrorClass, KeptBody};
use crate::types::Secrets;

/// An answer with a status of success that cannot be understood.
#[derive(Clone, Debug, thiserror::Error)]
#[error("HTTP {}: {fault}", .status.as_u16())]
#[non_exhaustive]
pub struct DecodeError {
    /// The HTTP status.
    pub status: StatusCode,
    /// What is wrong with the body.
    pub fault: DecodeFault,
    /// The bytes of the answer.
    pub body: KeptBody,
}

/// What is wrong with the body of an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeFault {
    /// It stops before the JSON is complete, or is empty.
    #[error("the answer is empty or cut short: its JSON ends early")]
    EndsEarly,
    /// It is an HTML page.
    #[error("the answer is an HTML page, not the API's JSON")]
    Html,
    /// It is not the envelope of the API: no JSON object, or one without a `code`.
    #[error("the answer is not the API's: {0}")]
    NotTheEnvelope(&'static str),
    /// The envelope says success, but what it carries is not what the endpoint answers.
    #[error("the answer cannot be read{}: {cause}", at(.path))]
    Payload {
        /// Where in the JSON, such as `data.tracking_link[1].offer_id`; empty where it is the whole.
        path: String,
        /// What is wrong there.
        cause: String,
    },
}

impl DecodeFault {
    pub(super) fn redact(&mut self, secrets: &Secrets) {
        if let Self::Payload { path, cause } = self {
            for text in [path, cause] {
                *text = secrets.redact(text).into_owned();
            }
        }
    }
}

fn at(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" at {path}") }
}

impl DecodeError {
    pub(super) fn redact(&mut self, secrets: &Secrets) {
        self.fault.redact(secrets);
    }

    /// The row of the table.
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        match self.fault {
            DecodeFault::EndsEarly => ErrorClass::Transient,
            DecodeFault::Html | DecodeFault::NotTheEnvelope(_) => ErrorClass::Foreign,
            DecodeFault::Payload { .. } => ErrorClass::Undecodable,
        }
    }
}
