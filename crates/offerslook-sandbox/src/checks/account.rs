use std::io;

use axum::http::{HeaderMap, StatusCode, header};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};

use crate::envelope::Failure;

const UNKNOWN: &str = "Unknown e-mail address or API key.";

/// The one account that the sandbox accepts.
pub(crate) struct Account {
    email: SecretString,
    api_key: SecretString,
}

impl Account {
    pub(crate) fn new(email: SecretString, api_key: SecretString) -> io::Result<Self> {
        let invalid = |text: &str| text.is_empty() || text.chars().any(char::is_control);
        let problem = if invalid(email.expose_secret()) || email.expose_secret().contains(':') {
            "the sandbox's e-mail address is empty, or contains a colon or a control character"
        } else if invalid(api_key.expose_secret()) {
            "the sandbox's API key is empty or contains a control character"
        } else {
            return Ok(Self { email, api_key });
        };
        Err(io::Error::new(io::ErrorKind::InvalidInput, problem))
    }

    pub(crate) fn email(&self) -> &str {
        self.email.expose_secret()
    }

    pub(crate) fn api_key(&self) -> &str {
        self.api_key.expose_secret()
    }

    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<(), Failure> {
        self.verify(headers).map_err(|message| Failure::new(StatusCode::UNAUTHORIZED, message))
    }

    /// Returns the response to the credentials of an unknown account.
    pub(crate) fn unknown() -> Failure {
        Failure::new(StatusCode::UNAUTHORIZED, UNKNOWN)
    }

    fn verify(&self, headers: &HeaderMap) -> Result<(), &'static str> {
        let value = headers
            .get(header::AUTHORIZATION)
            .ok_or("No Authorization header. Use HTTP Basic: the e-mail address and the API key.")?;
        let token = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
            .map(|(_, token)| token.trim())
            .ok_or("The Authorization header is not HTTP Basic. Use the e-mail address and the API key.")?;
        let sent = STANDARD
            .decode(token)
            .map_err(|_| "The credentials of the Authorization header are not valid base64.")?;
        if sent == format!("{}:{}", self.email(), self.api_key()).as_bytes() { Ok(()) } else { Err(UNKNOWN) }
    }
}
