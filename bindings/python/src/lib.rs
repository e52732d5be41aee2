//! The Python module `offerslook`: the blocking client, with exceptions and iterators of Python's own.

#![expect(clippy::doc_markdown, reason = "Python shows these comments, which are plain text there")]

mod client;
mod error;
mod ids;
mod item;
mod options;
mod run;

use pyo3::pymodule;

/// The client for the OffersLook Affiliate API: offer ids in, tracking links out.
#[pymodule]
mod offerslook {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::{
        client::Client,
        error::Error,
        item::{Application, Link},
        run::Run,
    };

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        crate::error::set_defaults(module.py())
    }
}
