use std::{any::Any, sync::mpsc::SyncSender};

use offerslook_core::{
    Response, TransportError,
    job::{Action, ForeignTicket, Job, Moment, Progress, Report, StoreError, StoreReply, Ticket},
};

/// A job that hands its items to another thread itself, many at a time, and its report when it is done.
///
/// All jobs are of one type then, whatever their items: a driver is compiled once for each transport, and not for each
/// endpoint, which is most of what there is to compile.
pub(super) struct Delivery<J: Job> {
    pub(super) job: J,
    pub(super) ready: Vec<J::Item>,
    pub(super) report_of: fn(&J) -> Report,
    pub(super) parcels: SyncSender<Parcel>,
}

/// What a job hands over. It is of one type, too, whatever the items.
pub(super) enum Parcel {
    /// A vector of items.
    Items(Box<dyn Any + Send>),
    Report(Report),
}

/// A job whose items are delivered.
pub(super) type Delivering = Box<dyn Job<Item = Result<(), NobodyTakesThem>> + Send>;

/// The thread that took the items is not interested any more.
pub(super) struct NobodyTakesThem;

/// The number of items that are handed over together at most.
pub(super) const MAX_TOGETHER: usize = 128;

impl<J: Job<Item: Send + 'static>> Delivery<J> {
    fn hand_over(&mut self) -> Result<(), NobodyTakesThem> {
        if self.ready.is_empty() {
            return Ok(());
        }
        let items = Box::new(std::mem::replace(&mut self.ready, Vec::with_capacity(MAX_TOGETHER)));
        self.parcels.send(Parcel::Items(items)).map_err(|_| NobodyTakesThem)
    }
}

impl<J: Job<Item: Send + 'static>> Job for Delivery<J> {
    type Item = Result<(), NobodyTakesThem>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        loop {
            let (action, end) = match self.job.next(now) {
                Action::Item(item) => {
                    self.ready.push(item);
                    let room = MAX_TOGETHER.saturating_sub(self.ready.len());
                    self.ready.extend(std::iter::from_fn(|| self.job.ready()).take(room));
                    // Handing them over may take long, and `now` is over then.
                    if self.ready.len() >= MAX_TOGETHER {
                        return Action::Item(self.hand_over());
                    }
                    continue;
                }
                // More items may be ready before the run has to wait.
                Action::Send(attempt) => return Action::Send(attempt),
                Action::Cancel(attempt) => return Action::Cancel(attempt),
                Action::Quota(call) => return Action::Quota(call),
                Action::Wait { until } => (Action::Wait { until }, None),
                Action::Done => (Action::Done, Some(Parcel::Report((self.report_of)(&self.job)))),
            };
            let handed_over = self.hand_over();
            if let Some(report) = end {
                let _ = self.parcels.send(report);
            }
            return handed_over.map_or_else(|nobody| Action::Item(Err(nobody)), |()| action);
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
