use offerslook_core::{
    Response, TransportError,
    job::{Action, ForeignTicket, Job, Moment, Progress, Ticket},
};

/// A job that hands out a `None` after each call that it starts, and so can be dropped while a call is running also by
/// those who wait for items.
pub struct Announced<J> {
    job: J,
    has_started: bool,
}

impl<J: Job> Announced<J> {
    /// This job, with its calls announced.
    #[must_use]
    pub fn new(job: J) -> Self {
        Self { job, has_started: false }
    }
}

impl<J: Job> Job for Announced<J> {
    type Item = Option<J::Item>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        if std::mem::take(&mut self.has_started) {
            return Action::Item(None);
        }
        match self.job.next(now) {
            Action::Send(attempt) => {
                self.has_started = true;
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
