use std::{io::Read, time::Duration};

use offerslook_core::{
    Request, Response, Settings, TransportError,
    transport::{Answer, sendable},
};
use ureq::{AsSendBody, Body};

use crate::{Client, connector, fault};

impl Client {
    /// Sends one request and reads its whole answer, whatever its status. Nothing is repeated.
    ///
    /// # Errors
    /// Where no whole answer came back. [`Delivery::NotSent`](offerslook_core::Delivery::NotSent) is said only
    /// where the service cannot have seen anything of the request.
    pub fn execute(&self, request: Request) -> Result<Response, TransportError> {
        let request = sendable(request)?;
        let host = request.uri().host().map(str::to_owned);
        self.exchange(request).map_err(|fault| fault.with_host(host.as_deref()))
    }

    fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        let (head, body) = request.into_parts();
        let response = if body.is_empty() {
            self.exchange_head(http::Request::from_parts(head, ()))?
        } else {
            self.exchange_head(http::Request::from_parts(head, &*body))?
        };
        let (head, body) = response.into_parts();
        let mut answer = Answer::new(head, self.settings().max_body_bytes)?;
        let mut body = body.into_reader();
        let mut piece = vec![0; 16 * 1024];
        loop {
            let length = body.read(&mut piece).map_err(|error| fault::of(error.into()))?;
            if length == 0 {
                return answer.finish();
            }
            answer.push(piece.get(..length).unwrap_or_default())?;
        }
    }

    fn exchange_head(
        &self,
        request: http::Request<impl AsSendBody>,
    ) -> Result<http::Response<Body>, TransportError> {
        // To ureq a moment that no clock can show is a panic.
        const LONGEST: Duration = Duration::from_hours(24 * 365);
        let settings = self.settings();
        if settings.timeout.is_zero() {
            return Err(connector::timeout());
        }
        let connect_timeout = Some(settings.connect_timeout.min(LONGEST));
        let request = self
            .agent()
            .configure_request(request)
            .timeout_global(Some(settings.timeout.min(LONGEST)))
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
        self.agent().run(request).map_err(fault::of)
    }
}
