use std::num::NonZeroUsize;

use offerslook_core::{
    Response,
    job::{Action, Job, Moment},
};

use super::super::{
    body::{self, Shape},
    broken::{Broken, check},
    plan::{JobPlan, Kind},
    subject::subject,
    tap::Tap,
    world::Truth,
};
use super::Run;

impl Run<'_> {
    /// When all is over, the whole quota is there again.
    pub(super) fn slots_come_back(&mut self) -> Result<(), Broken> {
        let (most, window) = (self.plan.quota.calls(), self.plan.quota.window());
        let now = self.moment().max(self.latest) + 2 * window;
        // Slots of dropped jobs are on their way back only since somebody told the time.
        self.sent_at_once(1, now);
        let most = u64::from(most.get());
        let free = self.sent_at_once(most + 1, now + 3 * window);
        check(free == most, "2", || format!("at the end, {free} of {most} slots are free"))
    }

    /// How many of its calls one more job can send at this moment. It succeeds with the first.
    fn sent_at_once(&self, calls: u64, now: Moment) -> u64 {
        let rate = self.plan.quota;
        let mut plan = JobPlan::plain(Kind::Links, 1..=calls);
        plan.ids_per_request = NonZeroUsize::MIN;
        plan.max_in_flight = NonZeroUsize::MIN.saturating_add(plan.ids.len());
        let ids = Tap::default().count(plan.ids.clone());
        let mut job = subject(plan.kind, ids, plan.options(rate), self.quota.clone(), 1);
        let mut sent = 0;
        loop {
            match job.next(now) {
                Action::Send(attempt) => {
                    sent += 1;
                    if sent == 1 {
                        let row = body::success(Shape::Links, &[(1, Truth::Link)]);
                        let _ = job.answered(attempt.ticket, now, Ok(Response::new(row.into())));
                    }
                }
                Action::Item(_) => {}
                Action::Wait { .. } | Action::Done => return sent,
            }
        }
    }
}
