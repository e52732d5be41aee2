use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::{envelope::Failure, request_body::read_body, text::decimal};

/// A request body that is a JSON object. A handler takes out the fields that it knows; those that remain are
/// unknown.
///
/// The content type is ignored.
pub(crate) struct JsonBody {
    /// Not parsed until a handler takes them.
    fields: BTreeMap<String, Box<RawValue>>,
    known: Vec<&'static str>,
}

impl JsonBody {
    /// Takes an integer, which may be a string of digits; `None` if it is missing or null.
    pub(crate) fn integer(&mut self, name: &'static str) -> Result<Option<u64>, Failure> {
        let Some(sent) = self.take(name) else { return Ok(None) };
        let number = read(&sent).or_else(|| decimal(&read::<String>(&sent)?));
        number.map(Some).ok_or_else(|| Failure::bad_request(format!("{name} is not a whole number.")))
    }

    pub(crate) fn required_integer(&mut self, name: &'static str) -> Result<u64, Failure> {
        self.integer(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn required_text(&mut self, name: &'static str) -> Result<String, Failure> {
        let sent = self.take(name).ok_or_else(|| missing(name))?;
        read(&sent).ok_or_else(|| Failure::bad_request(format!("{name} is not a string.")))
    }

    /// Refuses a body with fields that remain.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        if self.fields.is_empty() {
            return Ok(());
        }
        let (count, known) = (self.fields.len(), self.known.join(", "));
        Err(Failure::bad_request(format!("Unknown fields in the body: {count}. This path accepts {known}.")))
    }

    /// Returns `None` if the field is missing or null.
    fn take(&mut self, name: &'static str) -> Option<Box<RawValue>> {
        self.known.push(name);
        self.fields.remove(name).filter(|sent| sent.get() != "null")
    }
}

fn read<T: DeserializeOwned>(sent: &RawValue) -> Option<T> {
    serde_json::from_str(sent.get()).ok()
}

fn missing(name: &str) -> Failure {
    Failure::bad_request(format!("The body has no {name}."))
}

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let bytes = read_body(request, state).await?;
        match serde_json::from_slice(&bytes) {
            Ok(fields) => Ok(Self { fields, known: Vec::new() }),
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                let message = format!("The body is not a JSON object: see line {line}, column {column}.");
                Err(Failure::bad_request(message))
            }
        }
    }
}
