use offerslook_core::{
    Response, TransportError,
    job::{Action, ForeignTicket, Job, Moment, Progress, Ticket},
};

/// A job that also yields a `None` after each call that it starts. So whoever waits for items can drop the job while a
/// call is in flight.
pub struct YieldOnSend<J> {
    job: J,
    has_sent: bool,
}

impl<J: Job> YieldOnSend<J> {
    /// Wraps a job.
    #[must_use]
    pub fn new(job: J) -> Self {
        Self { job, has_sent: false }
    }
}

impl<J: Job> Job for YieldOnSend<J> {
    type Item = Option<J::Item>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        if std::mem::take(&mut self.has_sent) {
            return Action::Item(None);
        }
        match self.job.next(now) {
            Action::Send(attempt) => {
                self.has_sent = true;
                Action::Send(attempt)
            }
            Action::Item(item) => Action::Item(Some(item)),
            Action::Wait { until } => Action::Wait { until },
            Action::Done => Action::Done,
        }
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        self.job.answered(ticket, now, answer)
    }

    fn stop(&mut self, now: Moment) {
        self.job.stop(now);
    }

    fn progress(&self) -> Progress {
        self.job.progress()
    }
}
