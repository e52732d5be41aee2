//! A transport of your own, as short as it gets: the blocking client on attohttpc.
//!
//! ```no_run
//! # fn example(account: offerslook_core::Account) -> Result<(), Box<dyn std::error::Error>> {
//! let client = attohttpc_adapter::Client::new(account)?;
//! # Ok(()) }
//! ```
//!
//! attohttpc opens a connection for each request, and does not say whether a failure came before the request was sent.
//! What follows from that, and its other limits, stands in [`DEVIATIONS`].

mod deviations;

use std::time::Instant;

use attohttpc::{Error, ErrorKind, RequestBuilder};
use offerslook_client::{
    blocking::{Transport, read_body},
    tls,
};
use offerslook_core::{
    BaseUrl,
    Delivery::{NotSent, Unknown},
    Response, Settings, SetupError, TransportError,
    TransportKind::{Malformed, Proxy, Tls, Unsendable},
    transport::{Exchange, Stage},
};
use rustls::pki_types::{CertificateDer, pem::PemObject};

pub use deviations::DEVIATIONS;

/// The blocking client on attohttpc.
pub type Client = offerslook_client::blocking::Client<Attohttpc>;

/// The transport on attohttpc.
#[derive(Debug)]
pub struct Attohttpc {
    roots: Vec<CertificateDer<'static>>,
}

impl Transport for Attohttpc {
    fn new(settings: &Settings, base_url: &BaseUrl) -> Result<Self, SetupError> {
        // Checks the certificates.
        tls::config(settings, base_url)?;
        let extra = settings.root_certificates.iter().flat_map(|pem| CertificateDer::pem_slice_iter(pem));
        let system = rustls_native_certs::load_native_certs().certs;
        Ok(Self { roots: extra.filter_map(Result::ok).chain(system).collect() })
    }

    fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError> {
        let began = Instant::now();
        let request = exchange.request();
        if exchange.proxy().is_some() {
            return Err(TransportError::from(Proxy).with_source("this transport has no proxies"));
        }
        let mut builder = RequestBuilder::try_new(request.method().clone(), request.uri().to_string())
            .map_err(translate)?
            .follow_redirects(false)
            .max_headers(Settings::MAX_HEADERS)
            .connect_timeout(exchange.connect_timeout())
            .read_timeout(exchange.timeout())
            .timeout(exchange.timeout());
        for root in &self.roots {
            builder = builder.add_root_certificate(root.clone());
        }
        *builder.headers_mut() = request.headers().clone();
        let response = builder.bytes(request.body()).send().map_err(translate)?;
        let (status, headers, body) = response.split();
        read_body(exchange, began, exchange.response((status, headers))?, body, |error| {
            translate(error.into())
        })
    }
}

fn translate(error: Error) -> TransportError {
    let (kind, delivery) = match error.kind() {
        ErrorKind::InvalidBaseUrl | ErrorKind::InvalidUrlHost | ErrorKind::InvalidUrlPort => {
            (Unsendable, NotSent)
        }
        ErrorKind::InvalidResponse(_) | ErrorKind::Http(_) => (Malformed, Unknown),
        ErrorKind::Io(cause) => tls::classify(cause, Stage::Exchange),
        _ => (Tls, NotSent),
    };
    TransportError::new(kind, delivery).with_source(error)
}
