use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use offerslook_core::{Request, Response, TransportError, TransportKind, transport::Exchange};

use super::Transport;
use crate::builder::Parts;

/// What the clones of a blocking client and its running jobs share.
pub(super) struct Shared<T> {
    pub(super) parts: Parts,
    pub(super) transport: Arc<T>,
}

impl<T: Transport> Shared<T> {
    pub(super) fn transport(&self) -> &Arc<T> {
        &self.transport
    }

    pub(super) fn max_in_flight(&self) -> usize {
        self.parts.jobs.options().max_in_flight()
    }

    /// Makes one attempt, within its timeout.
    pub(super) fn exchange(
        &self,
        transport: &T,
        request: Request,
        timeout: Duration,
    ) -> Result<Response, TransportError> {
        let host = request.uri().host().map(str::to_owned);
        let exchange = Exchange::new(request, &self.parts.settings)?.within(timeout)?;
        catch_unwind(AssertUnwindSafe(|| transport.exchange(&exchange)))
            .unwrap_or_else(|_| {
                Err(TransportError::from(TransportKind::NeverAnswered).with_source("the transport panicked"))
            })
            .map_err(|error| error.with_host(host.as_deref()))
    }
}
