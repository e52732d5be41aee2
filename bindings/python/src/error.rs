use std::fmt::Display;

use offerslook::IdError;
use pyo3::{PyTypeInfo, create_exception, exceptions::PyException, prelude::*};

create_exception!(
    offerslook,
    Error,
    PyException,
    "Whatever goes wrong with the client, a run or an offer.\n\n\
     str() says what happened. It holds no credentials.\n\n\
     kind: one stable word for programs, such as 'authentication' or 'unapproved'.\n\
     advice: one sentence that tells a person what to do next.\n\
     offer_id: the offer, if it is about one offer alone."
);

/// Gives the class the attributes that every instance has.
pub(crate) fn set_defaults(py: Python<'_>) -> PyResult<()> {
    set(Error::type_object(py).as_any(), "other", "", None)
}

fn set(target: &Bound<'_, PyAny>, kind: &str, advice: &str, offer_id: Option<u64>) -> PyResult<()> {
    target.setattr("kind", kind)?;
    target.setattr("advice", advice)?;
    target.setattr("offer_id", offer_id)
}

/// Creates an exception.
pub(crate) fn new(
    py: Python<'_>,
    what: impl Display,
    kind: &str,
    advice: &str,
    offer_id: Option<u64>,
) -> PyErr {
    let error = Error::new_err(what.to_string());
    set(error.value(py), kind, advice, offer_id).err().unwrap_or(error)
}

/// Creates the exception that ends a run.
pub(crate) fn of_run(py: Python<'_>, error: &offerslook::Error) -> PyErr {
    new(py, error, error.kind(), error.advice(), None)
}

/// Creates the exception of one offer.
pub(crate) fn of_offer(py: Python<'_>, error: &IdError, offer_id: u64) -> PyErr {
    new(py, error, error.kind(), error.advice(), Some(offer_id))
}

/// Creates the exception of a client that cannot be built.
pub(crate) fn of_configuration(py: Python<'_>, what: impl Display) -> PyErr {
    new(py, what, "configuration", "Correct the setting that the message names.", None)
}
