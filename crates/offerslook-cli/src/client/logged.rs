use std::time::Instant;

use offerslook_client::{Transport, blocking};
use offerslook_core::{BaseUrl, Response, Settings, SetupError, TransportError, transport::Exchange};
use tracing::{debug, info};

use crate::log::REQUESTS;

/// A transport whose exchanges stand in the log: method, URL, status, size and time, and no header.
pub(super) struct Logged<T>(T);

impl<T: Transport> Transport for Logged<T> {
    type Runtime = T::Runtime;

    fn new(settings: &Settings, base_url: &BaseUrl) -> Result<Self, SetupError> {
        T::new(settings, base_url).map(Self)
    }

    async fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError> {
        let began = Instant::now();
        log_request(exchange);
        let answer = self.0.exchange(exchange).await;
        log_answer(exchange, began, &answer);
        answer
    }
}

impl<T: blocking::Transport> blocking::Transport for Logged<T> {
    fn new(settings: &Settings, base_url: &BaseUrl) -> Result<Self, SetupError> {
        T::new(settings, base_url).map(Self)
    }

    fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError> {
        let began = Instant::now();
        log_request(exchange);
        let answer = self.0.exchange(exchange);
        log_answer(exchange, began, &answer);
        answer
    }

    fn fork(&self) -> Option<Self> {
        self.0.fork().map(Self)
    }

    fn abort(&self) {
        self.0.abort();
    }
}

fn log_request(exchange: &Exchange) {
    let request = exchange.request();
    debug!(target: REQUESTS, "{} {}", request.method(), request.uri());
}

fn log_answer(exchange: &Exchange, began: Instant, answer: &Result<Response, TransportError>) {
    let request = exchange.request();
    let time = began.elapsed().as_millis();
    match answer {
        Ok(response) => info!(
            target: REQUESTS,
            "{} {}: HTTP {}, {} bytes in {time} ms",
            request.method(),
            request.uri(),
            response.status().as_u16(),
            response.body().len(),
        ),
        Err(error) => info!(target: REQUESTS, "{} {}: {error} ({time} ms)", request.method(), request.uri()),
    }
}
