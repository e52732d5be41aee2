use offerslook::{
    IdError, OfferId, OfferLink,
    affiliate::{batches, offers::OfferRow},
};
use pyo3::{IntoPyObjectExt, exceptions::PyValueError, prelude::*};

use crate::error;

/// What came of one offer: a link, or an error in its place.
#[pyclass(frozen, get_all, module = "offerslook")]
pub(crate) struct Link {
    /// The offer.
    id: u64,
    /// The tracking link, or None.
    url: Option<String>,
    /// The HTML snippet that counts impressions, if there is one.
    impression_pixel: Option<String>,
    /// Why there is no link, or None.
    error: Option<Py<PyAny>>,
}

/// What came of the application to one offer.
#[pyclass(frozen, get_all, module = "offerslook")]
pub(crate) struct Application {
    /// The offer.
    id: u64,
    /// The status of the application, if the API reports one: 'approved', 'pending' …
    status: Option<String>,
    /// Why it is not known that the application was made, or None.
    error: Option<Py<PyAny>>,
}

#[pymethods]
impl Link {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        repr("Link", self.id, "url", self.url.as_deref(), self.error.as_ref(), py)
    }
}

#[pymethods]
impl Application {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        repr("Application", self.id, "status", self.status.as_deref(), self.error.as_ref(), py)
    }
}

fn repr(
    class: &str,
    id: u64,
    name: &str,
    value: Option<&str>,
    error: Option<&Py<PyAny>>,
    py: Python<'_>,
) -> PyResult<String> {
    let (name, shown) = match error {
        Some(error) => ("error", error.bind(py).repr()?),
        None => (name, value.into_bound_py_any(py)?.repr()?),
    };
    Ok(format!("{class}(id={id}, {name}={shown})"))
}

/// What a job yields, before it becomes an object of Python.
pub(crate) enum Item {
    Link(OfferId, Result<OfferLink, IdError>),
    Application(OfferId, Result<batches::Application, IdError>),
    Offer(Box<OfferRow>),
}

impl Item {
    pub(crate) fn into_object(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let error = |id, error| Some(error::of_offer(py, error, id).into_value(py).into_any());
        match self {
            Self::Link(id, outcome) => {
                let id = id.get();
                let error = outcome.as_ref().err().and_then(|cause| error(id, cause));
                let link = outcome.ok();
                let pixel = link.as_ref().and_then(|link| link.impression_pixel.as_ref());
                let impression_pixel = pixel.map(ToString::to_string);
                let url = link.map(|link| link.url.to_string());
                Link { id, url, impression_pixel, error }.into_py_any(py)
            }
            Self::Application(id, outcome) => {
                let id = id.get();
                let error = outcome.as_ref().err().and_then(|cause| error(id, cause));
                let status = outcome.ok().and_then(|made| made.status).map(|status| status.to_string());
                Application { id, status, error }.into_py_any(py)
            }
            Self::Offer(row) => {
                let json = serde_json::to_string(&row).map_err(|e| PyValueError::new_err(e.to_string()))?;
                Ok(py.import("json")?.call_method1("loads", (json,))?.unbind())
            }
        }
    }
}
