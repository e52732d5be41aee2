use std::sync::{Arc, Mutex, PoisonError};

use pyo3::{exceptions::PyException, prelude::*, types::PyIterator};

use crate::error;

/// What went wrong while the ids were read.
#[derive(Clone, Default)]
pub(crate) struct InputError(Arc<Mutex<Option<PyErr>>>);

impl InputError {
    pub(crate) fn take(&self) -> Option<PyErr> {
        self.take_if(|_| true)
    }

    /// Takes what is not to be put off until the ids before it are done, such as `KeyboardInterrupt`.
    pub(crate) fn take_urgent(&self, py: Python<'_>) -> Option<PyErr> {
        self.take_if(|error| !error.is_instance_of::<PyException>(py))
    }

    fn take_if(&self, is_wanted: impl FnOnce(&PyErr) -> bool) -> Option<PyErr> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take_if(|error| is_wanted(error))
    }

    fn set(&self, error: PyErr) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

/// The ids of a Python iterable, read as they are needed.
pub(crate) struct Ids {
    iterator: Py<PyIterator>,
    /// How many are to come, if the iterable has a length.
    left: Option<usize>,
    position: u64,
    error: InputError,
}

impl Ids {
    pub(crate) fn new(ids: &Bound<'_, PyAny>) -> PyResult<Self> {
        let iterator = ids.try_iter()?.unbind();
        Ok(Self { iterator, left: ids.len().ok(), position: 0, error: InputError::default() })
    }

    pub(crate) fn error(&self) -> InputError {
        self.error.clone()
    }
}

impl Iterator for Ids {
    type Item = u64;

    /// After an error, returns 0: a job ends there, with all that came before.
    fn next(&mut self) -> Option<u64> {
        let id = Python::attach(|py| {
            let element = self.iterator.bind(py).clone().next()?;
            Some(element.and_then(|element| id_of(&element, self.position)))
        })?;
        self.position += 1;
        self.left = self.left.map(|left| left.saturating_sub(1));
        Some(id.unwrap_or_else(|error| {
            self.error.set(error);
            0
        }))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.left)
    }
}

fn id_of(element: &Bound<'_, PyAny>, position: u64) -> PyResult<u64> {
    element.extract().or_else(|_| {
        let shown: String = element.repr()?.to_string().chars().take(60).collect();
        let what = format!(
            "{shown} at position {position} of the input is not an offer id: ids are integers from 1 on"
        );
        let invalid = offerslook::Error::InvalidOfferId { value: 0, position };
        Err(error::new(element.py(), what, invalid.kind(), invalid.advice(), None))
    })
}
