use std::time::Duration;

use offerslook::{Options, Quota, Rate, job::OptionsBuilder};
use pyo3::{exceptions::PyTypeError, prelude::*, types::PyDict};

use crate::error::of_configuration;

/// Reads the keyword arguments that every constructor of a client takes.
pub(crate) fn parse(py: Python<'_>, arguments: Option<&Bound<'_, PyDict>>) -> PyResult<(Options, Quota)> {
    let mut options = Options::builder();
    let mut quota = Quota::default();
    for (name, value) in arguments.into_iter().flatten() {
        let name: String = name.extract()?;
        if value.is_none() {
            continue;
        }
        if name == "quota" {
            let rate = value.extract::<String>()?.parse::<Rate>();
            quota = Quota::new(rate.map_err(|error| of_configuration(py, format_args!("quota: {error}")))?);
        } else {
            options = set(options, &name, &value)?;
        }
    }
    Ok((options.build().map_err(|error| of_configuration(py, error))?, quota))
}

fn set(options: OptionsBuilder, name: &str, value: &Bound<'_, PyAny>) -> PyResult<OptionsBuilder> {
    let seconds = || {
        let seconds = Duration::try_from_secs_f64(value.extract()?);
        seconds.map_err(|error| of_configuration(value.py(), format_args!("{name}: {error}")))
    };
    Ok(match name {
        "connect_timeout" => options.connect_timeout(seconds()?),
        "ids_per_request" => options.ids_per_request(value.extract()?),
        "max_in_flight" => options.max_in_flight(value.extract()?),
        "max_time" => options.max_time(seconds()?),
        "retries" => options.retries(value.extract()?),
        "root_certificate" => options.root_certificate(value.extract::<Vec<u8>>()?),
        "timeout" => options.timeout(seconds()?),
        "trust_missing_rows" => options.trust_missing_rows(value.extract()?),
        _ => return Err(PyTypeError::new_err(format!("there is no option '{name}'"))),
    })
}
