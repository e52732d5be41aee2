use std::sync::mpsc::SyncSender;

use offerslook_core::{
    Response, TransportError,
    job::{Action, ForeignTicket, Job, Moment, Progress, Report, StoreError, StoreReply, Ticket},
};

/// A job that hands its items to another thread itself, and its report when it is done.
///
/// All jobs are of one type then, whatever their items: a driver is compiled once for each transport, and not for each
/// endpoint, which is most of what there is to compile.
pub(super) struct Delivery<J: Job> {
    pub(super) job: J,
    pub(super) items: SyncSender<J::Item>,
    pub(super) report_of: fn(&J) -> Report,
    pub(super) report: SyncSender<Report>,
}

/// A job whose items are delivered.
pub(super) type Delivering = Box<dyn Job<Item = Result<(), NobodyTakesThem>> + Send>;

/// The thread that took the items is not interested any more.
pub(super) struct NobodyTakesThem;

impl<J: Job> Job for Delivery<J> {
    type Item = Result<(), NobodyTakesThem>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        match self.job.next(now) {
            Action::Item(item) => Action::Item(self.items.send(item).map_err(|_| NobodyTakesThem)),
            Action::Done => {
                let _ = self.report.try_send((self.report_of)(&self.job));
                Action::Done
            }
            Action::Send(attempt) => Action::Send(attempt),
            Action::Cancel(attempt) => Action::Cancel(attempt),
            Action::Quota(call) => Action::Quota(call),
            Action::Wait { until } => Action::Wait { until },
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

    fn quota_answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<StoreReply, StoreError>,
    ) -> Result<(), ForeignTicket> {
        self.job.quota_answered(ticket, now, answer)
    }

    fn stop(&mut self, now: Moment) {
        self.job.stop(now);
    }

    fn progress(&self) -> Progress {
        self.job.progress()
    }
}
