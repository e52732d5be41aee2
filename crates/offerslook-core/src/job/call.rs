use std::fmt;

use super::{
    Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket,
    scheduler::{Disposition, Scheduler, Task},
    single_call::SingleCall,
};
use crate::{
    Account, Endpoint, Response,
    error::{Error, TransportError},
    response::parse_redacted,
};

/// A job that makes one call, with retries where they may help and are allowed. It yields one item: the result.
pub struct Call<E: Endpoint>(SingleCall<E::Output>);

impl<E: Endpoint> Call<E> {
    /// Creates the job. A call that cannot be built is never sent: its result is that error. The seed determines the
    /// jitter between attempts.
    #[must_use]
    pub fn new(account: &Account, call: &E, options: Options, quota: &Quota, seed: u64) -> Self {
        let scheduler = Scheduler::new(options, quota, E::SPEC.idempotent, seed);
        let request = account.request(call).map_err(Error::from);
        Self(SingleCall::new(request, !E::SPEC.idempotent, scheduler))
    }
}

fn settle<T>(call: &mut SingleCall<T>, task: Task<()>, result: Result<T, Error>) {
    call.result = match call.scheduler.classify(task, result) {
        Disposition::Success(_, output) => Some(Ok(output)),
        Disposition::Retrying => None,
        Disposition::Refused(_, error)
        | Disposition::Failed((), error)
        | Disposition::Hopeless((), error) => Some(Err(error)),
    };
}

impl<E: Endpoint> Job for Call<E> {
    type Item = Result<E::Output, Error>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        self.0.next(now, |call, task, error| settle(call, task, Err(error)))
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        if let Some((task, answer)) = self.0.scheduler.answered(&ticket, now, answer)? {
            let result = answer.and_then(|response| parse_redacted::<E>(&response, || task.secrets()));
            settle(&mut self.0, task, result);
        }
        Ok(())
    }

    fn stop(&mut self, _now: Moment) {
        self.0.stop();
    }

    fn progress(&self) -> Progress {
        self.0.progress()
    }
}

impl<E: Endpoint> fmt::Debug for Call<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
