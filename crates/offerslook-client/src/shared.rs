use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use offerslook_core::{Request, Response, TransportError, job::Moment, transport::Exchange};

use crate::{Runtime, Transport, builder::Parts, runtime::moment};

/// What the clones of an async client and its running jobs share.
pub(crate) struct Shared<T: Transport> {
    pub(crate) parts: Parts,
    pub(crate) transport: T,
    pub(crate) runtime: T::Runtime,
}

impl<T: Transport> Shared<T> {
    pub(crate) fn now(&self) -> Moment {
        moment(self.runtime.now())
    }

    /// Makes one attempt, within its timeout.
    pub(crate) async fn exchange(
        &self,
        request: Request,
        timeout: Duration,
    ) -> Result<Response, TransportError> {
        let host = request.uri().host().map(str::to_owned);
        let exchange = Exchange::new(request, &self.parts.settings)?.within(timeout)?;
        let mut sleep = pin!(self.runtime.sleep(exchange.timeout()));
        let mut response = pin!(self.transport.exchange(&exchange));
        let answer = poll_fn(|context| {
            if let Poll::Ready(answer) = response.as_mut().poll(context) {
                return Poll::Ready(answer);
            }
            sleep.as_mut().poll(context).map(|()| Err(exchange.timed_out()))
        });
        answer.await.map_err(|error| error.with_host(host.as_deref()))
    }
}
