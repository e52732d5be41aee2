use std::{fmt, pin::Pin, sync::Arc};

use offerslook_core::{
    Response, TransportError, TransportKind,
    drive::AsyncCalls,
    job::{Attempt, Moment, Ticket},
    transport::Exchange,
};

use crate::{Runtime, Transport, shared::Shared};

/// The calls of one job, each a task.
pub struct Calls<T: Transport> {
    client: Arc<Shared<T>>,
}

impl<T: Transport> Calls<T> {
    pub(crate) fn new(client: Arc<Shared<T>>) -> Self {
        Self { client }
    }
}

impl<T: Transport> AsyncCalls for Calls<T> {
    type Call = Pin<Box<dyn Future<Output = (Ticket, Result<Response, TransportError>)> + Send>>;
    type Sleep = <T::Runtime as Runtime>::Sleep;

    fn now(&self) -> Moment {
        self.client.now()
    }

    fn start(&mut self, attempt: Attempt) -> Self::Call {
        let Attempt { ticket, request, timeout, .. } = attempt;
        let (client, completion) = (Arc::clone(&self.client), ticket.completion());
        let host = request.uri().host().map(str::to_owned);
        let task = self.client.runtime.spawn(async move {
            let answer = client.exchange(request, timeout).await;
            completion.finish(client.now(), &answer);
            answer
        });
        Box::pin(async move {
            let answer = task.await.unwrap_or_else(|| {
                Err(TransportError::from(TransportKind::NeverAnswered)
                    .with_host(host.as_deref())
                    .with_source("the transport panicked, or the runtime shut down"))
            });
            (ticket, answer)
        })
    }

    fn sleep_until(&mut self, moment: Moment) -> Self::Sleep {
        // A job asks again when the timer fires early.
        self.client.runtime.sleep(moment.since(self.now()).min(Exchange::MAX_TIMEOUT))
    }
}

impl<T: Transport> fmt::Debug for Calls<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").finish_non_exhaustive()
    }
}
