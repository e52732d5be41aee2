//! A transport of your own: the client on reqwest, with TLS, proxies and the translation of all errors. Run it as
//! `cargo run --package reqwest-adapter --example links_reqwest -- 5000 50/10 100`, as the example `event-loop` says.

use std::error::Error;

use http_body_util::BodyExt;
use hyper_util::client::legacy::connect::{HttpConnector, proxy::Tunnel};
use offerslook_client::{Tokio, Transport, tls};
use offerslook_core::{
    BaseUrl,
    Delivery::{NotSent, Unknown},
    Proxies, Response, Settings, SetupError, TransportError,
    TransportKind::{ConnectTimeout, Malformed, Proxy, Unsendable},
    transport::{Exchange, Stage, causes},
};
use rustls::pki_types::InvalidDnsNameError;
use tokio::task::yield_now;

/// The transport on reqwest.
#[derive(Debug)]
pub struct Reqwest(reqwest::Client);

impl Transport for Reqwest {
    type Runtime = Tokio;

    fn new(settings: &Settings, base_url: &BaseUrl) -> Result<Self, SetupError> {
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured((*tls::config(settings, base_url)?).clone())
            .http1_only()
            .http1_max_headers(Settings::MAX_HEADERS)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .pool_idle_timeout(Settings::IDLE_TIMEOUT)
            .pool_max_idle_per_host(Settings::MAX_IDLE_CONNECTIONS)
            // Before the timeout of the whole call, which cannot tell that nothing was sent.
            .connect_timeout(settings.connect_timeout.min(settings.timeout / 4 * 3))
            .proxy(proxy(base_url, settings.proxies.clone().unwrap_or_default()));
        http.build().map(Self).map_err(|error| SetupError::Tls { cause: error.to_string() })
    }

    async fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError> {
        // reqwest has a task for each connection, which notices here what happened to an idle one.
        yield_now().await;
        let translate = |error| translate(error, exchange.proxy().is_some());
        let request = exchange.request().clone().try_into().map_err(translate)?;
        let response = self.0.execute(request).await.map_err(translate)?;
        let (head, mut body) = http::Response::from(response).into_parts();
        let mut reader = exchange.response(head)?;
        while let Some(frame) = body.frame().await {
            reader.push(frame.map_err(translate)?.data_ref().map_or(&[], |data| data))?;
        }
        // And which returns the connection to the pool here.
        yield_now().await;
        reader.finish()
    }
}

/// Asks the rules for each call. The credentials are those of the account's proxy.
fn proxy(base_url: &BaseUrl, rules: Proxies) -> reqwest::Proxy {
    let for_url = |rules: &Proxies, url: &str| rules.for_uri(&url.parse().ok()?).ok()?.cloned();
    let login = for_url(&rules, base_url.origin()).and_then(|proxy| proxy.authorization().cloned());
    let proxy = reqwest::Proxy::custom(move |url| Some(for_url(&rules, url.as_str())?.uri().to_string()));
    login.into_iter().fold(proxy, reqwest::Proxy::custom_http_auth)
}

type TunnelError = <Tunnel<HttpConnector> as tower_service::Service<http::Uri>>::Error;

fn translate(error: reqwest::Error, is_proxied: bool) -> TransportError {
    let error = error.without_url();
    let (kind, delivery) = if error.is_builder() {
        (Unsendable, NotSent)
    } else if is_proxied && causes(&error).any(<dyn Error>::is::<TunnelError>) {
        (Proxy, NotSent)
    } else if error.is_connect() && error.is_timeout() {
        (ConnectTimeout, NotSent)
    } else if error.is_connect() {
        let is_host = error.is_dns() || causes(&error).any(<dyn Error>::is::<InvalidDnsNameError>);
        tls::classify(&error, if is_host { Stage::Resolve } else { Stage::Connecting })
    } else if causes(&error).filter_map(<dyn Error>::downcast_ref).any(hyper::Error::is_parse) {
        (Malformed, Unknown)
    } else {
        tls::classify(&error, Stage::Exchange)
    };
    TransportError::new(kind, delivery).with_source(error)
}
