use axum::extract::{FromRequest, Request};
use serde_json::{Map, Value};

use crate::{decimal::decimal, envelope::Failure, whole_body::whole_body};

/// A body that is a JSON object. Whoever takes a field out knows it; what is left at the end is unknown.
///
/// The content type is not looked at.
pub(crate) struct JsonBody {
    left: Map<String, Value>,
    known: Vec<&'static str>,
}

impl JsonBody {
    /// A whole number, which may come as a string, as those of the service do; `None` where it is missing or
    /// null.
    pub(crate) fn integer(&mut self, name: &'static str) -> Result<Option<u64>, Failure> {
        let number = match self.take(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Number(number)) => number.as_u64(),
            Some(Value::String(digits)) => decimal(&digits),
            Some(_) => None,
        };
        number.map(Some).ok_or_else(|| Failure::bad_request(format!("{name} is not a whole number.")))
    }

    pub(crate) fn required_integer(&mut self, name: &'static str) -> Result<u64, Failure> {
        self.integer(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn required_text(&mut self, name: &'static str) -> Result<String, Failure> {
        match self.take(name) {
            None | Some(Value::Null) => Err(missing(name)),
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(Failure::bad_request(format!("{name} is not a string."))),
        }
    }

    /// Refuses what nobody took.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        if self.left.is_empty() {
            return Ok(());
        }
        let (count, known) = (self.left.len(), self.known.join(", "));
        Err(Failure::bad_request(format!("Unknown fields in the body: {count}. This path takes {known}.")))
    }

    fn take(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.left.remove(name)
    }
}

fn missing(name: &str) -> Failure {
    Failure::bad_request(format!("The body has no {name}."))
}

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let bytes = whole_body(request, state).await?;
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(left)) => Ok(Self { left, known: Vec::new() }),
            Ok(_) => Err(Failure::bad_request("The body is JSON, but not an object.")),
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                Err(Failure::bad_request(format!("The body is not JSON: see line {line}, column {column}.")))
            }
        }
    }
}
