use std::io;

use axum::http::{HeaderMap, StatusCode, header};

use crate::envelope::Failure;

/// The network whose domain is served; `None` serves every host.
pub(crate) struct Network(Option<String>);

impl Network {
    pub(crate) fn new(name: Option<String>) -> io::Result<Self> {
        let is_label = |name: &String| {
            (1..=63).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if name.as_ref().is_none_or(is_label) {
            return Ok(Self(name));
        }
        let problem = "the name of the sandbox's network is not 1 to 63 letters, digits and hyphens";
        Err(io::Error::new(io::ErrorKind::InvalidInput, problem))
    }

    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), Failure> {
        let Some(name) = &self.0 else { return Ok(()) };
        let label = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .and_then(|host| host.split(['.', ':']).next());
        if label.is_some_and(|label| label.eq_ignore_ascii_case(name)) {
            return Ok(());
        }
        let message =
            "This key does not belong to the network that the host names. Use the network's own API domain.";
        Err(Failure::new(StatusCode::FORBIDDEN, message))
    }
}
