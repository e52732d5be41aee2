use std::fmt::Display;

use offerslook::{Account, BaseUrl, Credentials, ListOffers, Network, OfferId, OfferIds, ureq};
use pyo3::{prelude::*, types::PyDict};

use crate::{
    error::{self, of_configuration},
    ids::{Ids, InputError},
    item::Item,
    options,
    run::Run,
};

/// A client for the API of one account. Any number of threads may share it.
#[pyclass(frozen, module = "offerslook")]
pub(crate) struct Client(ureq::Client);

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (*, email, api_key, network=None, base_url=None, **options))]
    fn new(
        py: Python<'_>,
        email: &str,
        api_key: &str,
        network: Option<&str>,
        base_url: Option<&str>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let base_url = match (network, base_url) {
            (Some(network), None) => network.parse::<Network>().map(BaseUrl::from).map_err(|e| e.to_string()),
            (None, Some(base_url)) => base_url.parse().map_err(|e: offerslook::BaseUrlError| e.to_string()),
            _ => Err("give either a network or a base_url".to_owned()),
        };
        let base_url = base_url.map_err(|error| of_configuration(py, error))?;
        let credentials = Credentials::affiliate(email, api_key);
        let credentials = credentials.map_err(|error| of_configuration(py, error))?;
        Self::build(py, Ok::<_, String>(Account::new(base_url, credentials)), options)
    }

    /// Creates a client from the environment: OFFERSLOOK_NETWORK or OFFERSLOOK_BASE_URL, OFFERSLOOK_EMAIL and
    /// OFFERSLOOK_API_KEY.
    #[staticmethod]
    #[pyo3(signature = (**options))]
    fn from_env(py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Self::build(py, Account::from_variables(|name| std::env::var(name).ok()), options)
    }

    /// Gets the tracking links of any number of offers: one Link per id, in input order, as soon as it is known.
    ///
    /// A run that ends early, because of a wrong key for example, raises an Error after the last Link.
    fn links(&self, ids: &Bound<'_, PyAny>) -> PyResult<Run> {
        let ids = Ids::new(ids)?;
        let error = ids.error();
        Ok(Run::new(self.0.links(ids), error, |(id, outcome)| Item::Link(id, outcome)))
    }

    /// Applies to these offers, each once: one Application per id, in input order.
    ///
    /// An application that may or may not have been made has an error of the kind 'in_doubt', and is never sent again.
    fn apply(&self, py: Python<'_>, ids: &Bound<'_, PyAny>) -> PyResult<Run> {
        let ids = Ids::new(ids)?;
        let error = ids.error();
        let offers: Result<Vec<_>, _> =
            (0..).zip(ids).map(|(position, id)| OfferId::new(id).ok_or(position)).collect();
        let offers = offers.map_err(|position| {
            let invalid = offerslook::Error::InvalidOfferId { value: 0, position };
            error.take().unwrap_or_else(|| error::of_run(py, &invalid))
        })?;
        Ok(match OfferIds::new(offers) {
            Some(offers) => {
                Run::new(self.0.apply(offers), error, |(id, outcome)| Item::Application(id, outcome))
            }
            None => Run::new(self.0.links([0; 0]), error, |(id, outcome)| Item::Link(id, outcome)),
        })
    }

    /// Lists the offers that this account can see, or with personal=True those that it is approved for. Each is a
    /// dict like the API's row: `offer["offer"]["id"]`, `offer["offer"]["name"]` …
    ///
    /// If the list is not complete, an Error after the last offer says why.
    #[pyo3(signature = (*, personal=false))]
    fn offers(&self, personal: bool) -> Run {
        let call = if personal { ListOffers::new().personal() } else { ListOffers::new() };
        Run::new(self.0.offers(call), InputError::default(), |row| Item::Offer(Box::new(row)))
    }

    fn __repr__(&self) -> String {
        format!("Client(base_url='{}')", self.0.jobs().account().base_url())
    }
}

impl Client {
    fn build(
        py: Python<'_>,
        account: Result<Account, impl Display>,
        arguments: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let account = account.map_err(|error| of_configuration(py, error))?;
        let (options, quota) = options::parse(py, arguments)?;
        let client = ureq::Client::builder(account).options(options).quota(quota).build();
        Ok(Self(client.map_err(|error| of_configuration(py, error))?))
    }
}
