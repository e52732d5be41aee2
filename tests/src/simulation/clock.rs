use std::time::Duration;

use offerslook_core::job::Moment;

/// A clock that is set now and then, be it by hand, by a time server or by a suspended machine.
#[derive(Clone, Debug, Default)]
pub struct Clock(pub Vec<Jump>);

/// The clock is set.
#[derive(Clone, Copy, Debug)]
pub struct Jump {
    /// When, in true time.
    pub at: Duration,
    /// By how much.
    pub by: Shift,
}

/// Which way a clock is set.
#[derive(Clone, Copy, Debug)]
pub enum Shift {
    /// It skips time.
    Forward(Duration),
    /// It shows the same time again.
    Back(Duration),
}

/// What the clock shows at first: enough to be set back from.
const START: Duration = Duration::from_hours(1);

impl Clock {
    /// What the clock shows at this true time.
    #[must_use]
    pub fn shows(&self, now: Duration) -> Moment {
        let passed = self.0.iter().filter(|jump| jump.at <= now);
        Moment::after_epoch(passed.fold(START + now, |shown, jump| match jump.by {
            Shift::Forward(by) => shown + by,
            Shift::Back(by) => shown.saturating_sub(by),
        }))
    }

    /// The time by which the quota can hold at the service. The jobs know no other clock than this one: where
    /// it is ahead at times, windows of its time are shorter than true ones. Where it is set back, they are
    /// longer. Where both happen, nothing is to be said.
    #[must_use]
    pub fn measure(&self, now: Duration) -> Option<Duration> {
        let goes_back = self.0.iter().any(|jump| matches!(jump.by, Shift::Back(_)));
        let skips = self.0.iter().any(|jump| matches!(jump.by, Shift::Forward(_)));
        match (skips, goes_back) {
            (false, _) => Some(now),
            (true, false) => Some(self.shows(now).since_epoch()),
            (true, true) => None,
        }
    }
}
