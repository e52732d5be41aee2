use offerslook_core::job::{Action, Job};

use super::super::{
    job_under_test::{Taken, job_under_test},
    oracle::{Violation, check},
    plan::{JobPlan, Kind},
};
use super::Run;

impl Run<'_> {
    /// Checks that the whole quota is free some time after the end.
    pub(super) fn slots_come_back(&mut self) -> Result<(), Violation> {
        let (most, window) = (self.plan.quota.calls().get(), self.plan.quota.window());
        let longest = self.plan.jobs.iter().map(|job| job.timeout).max().unwrap_or_default();
        let later = self.moment().max(self.quota_model.latest).max(self.quota_model.may_pause_until);
        let now = later + longest + 3 * window + std::time::Duration::from_secs(6);
        let mut free = 0;
        for seed in 0..=most {
            let plan = JobPlan::plain(Kind::OneLink, [1]);
            let mut job = job_under_test(&plan, &Taken::default(), &self.quota, seed.into());
            match job.next(now) {
                Action::Send(_) => free += 1,
                _ => break,
            }
        }
        check(free == most, "2 (slots come back)", || format!("at the end, {free} of {most} slots are free"))
    }
}
