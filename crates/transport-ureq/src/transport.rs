use std::time::Instant;

use offerslook_client::{
    blocking::{Transport, read_body},
    tls,
};
use offerslook_core::{
    BaseUrl, Response, Settings, SetupError, TransportError,
    transport::{Exchange, Proxies},
};
use ureq::{Agent, AsSendBody, Body, config::Config};

use crate::{
    connector::{Dialer, Unresolved},
    error,
};

/// The [`Transport`] on ureq.
#[derive(Debug)]
pub struct Ureq {
    agent: Agent,
    /// What connects for the transport's own agent. An agent of the caller's has its own.
    dialer: Option<Dialer>,
}

impl Ureq {
    /// Creates a transport that sends with an agent of your own.
    ///
    /// The agent decides on connections, TLS and proxies. Use it with
    /// [`Client::with_transport`](offerslook_client::blocking::Client::with_transport). Differences from the agent of
    /// this crate:
    ///
    /// - Each call looks up the host, with a timeout of its own.
    /// - A body without an announced length, whose connection breaks, is taken for complete.
    /// - Errors while connecting are less precise.
    /// - The calls of a run that is dropped end with their timeout.
    #[must_use]
    pub fn with_agent(agent: Agent) -> Self {
        Self { agent, dialer: None }
    }

    fn with_dialer(dialer: Dialer) -> Self {
        let config = Config::builder()
            .proxy(None)
            .user_agent("")
            .max_idle_age(Settings::IDLE_TIMEOUT)
            .max_idle_connections(Settings::MAX_IDLE_CONNECTIONS)
            .max_idle_connections_per_host(Settings::MAX_IDLE_CONNECTIONS)
            .build();
        let agent = Agent::with_parts(config, dialer.clone(), Unresolved);
        Self { agent, dialer: Some(dialer) }
    }

    fn send(
        &self,
        request: http::Request<impl AsSendBody>,
        exchange: &Exchange,
    ) -> Result<http::Response<Body>, TransportError> {
        let connect_timeout = Some(exchange.connect_timeout());
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(exchange.timeout()))
            .timeout_resolve(connect_timeout)
            .timeout_connect(connect_timeout)
            .max_response_header_size(Settings::MAX_HEAD_BYTES)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .accept("")
            .accept_encoding("")
            .build();
        self.agent.run(request).map_err(error::of_ureq)
    }
}

impl Transport for Ureq {
    fn new(settings: &Settings, base_url: &BaseUrl) -> Result<Self, SetupError> {
        let proxies: Proxies = settings.proxies.clone().unwrap_or_default();
        Ok(Self::with_dialer(Dialer::new(tls::LazyConfig::new(settings, base_url)?, proxies)))
    }

    fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError> {
        let began = Instant::now();
        let (head, body) = exchange.request().clone().into_parts();
        let response = if body.is_empty() {
            self.send(http::Request::from_parts(head, ()), exchange)?
        } else {
            self.send(http::Request::from_parts(head, &*body), exchange)?
        };
        let (head, body) = response.into_parts();
        let reader = exchange.response(head)?;
        read_body(exchange, began, reader, body.into_reader(), |cause| error::of_ureq(cause.into()))
    }

    fn fork(&self) -> Option<Self> {
        self.dialer.clone().map(Self::with_dialer)
    }

    fn abort(&self) {
        self.agent.clone().shutdown();
    }
}
