use std::fmt;

use super::{
    Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket, scheduler::Scheduler,
    single_call::SingleCall,
};
use crate::{
    Request, Response,
    error::{Error, TransportError},
};

/// A job that sends one request once. It yields one item: the response, whatever its status.
///
/// Like every other call, it takes a slot of the quota, waits while the quota is paused, and pauses it if the service
/// asks for that.
pub struct Execute(SingleCall<Response>);

impl Execute {
    /// Creates the job.
    #[must_use]
    pub fn new(request: Request, options: Options, quota: &Quota) -> Self {
        // Without retries there is no jitter to seed.
        let scheduler = Scheduler::new(options, quota, true, 0);
        let is_change = !request.method().is_safe();
        Self(SingleCall::new(Ok(request), is_change, scheduler))
    }
}

impl Job for Execute {
    type Item = Result<Response, Error>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        self.0.next(now, |call, _, error| call.result = Some(Err(error)))
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        if let Some((_, answer)) = self.0.scheduler.answered(&ticket, now, answer)? {
            self.0.result = Some(answer);
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

impl fmt::Debug for Execute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Execute").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
