use std::time::Duration;

use offerslook_core::job::Moment;

/// A clock that is set now and then: by hand, by a time server or by a machine that was suspended.
#[derive(Clone, Debug, Default)]
pub struct Clock(pub Vec<Jump>);

/// One change of the clock.
#[derive(Clone, Copy, Debug)]
pub struct Jump {
    /// When, in true time.
    pub at: Duration,
    /// By how much.
    pub by: Shift,
}

/// The direction of a change of the clock.
#[derive(Clone, Copy, Debug)]
pub enum Shift {
    /// The clock skips time.
    Forward(Duration),
    /// The clock repeats time.
    Back(Duration),
}

/// The first reading: late enough for the clock to be set back.
const START: Duration = Duration::from_hours(1);

impl Clock {
    /// Returns what the clock reads at this true time.
    #[must_use]
    pub fn read(&self, now: Duration) -> Moment {
        let passed = self.0.iter().filter(|jump| jump.at <= now);
        Moment::after_epoch(passed.fold(START + now, |reading, jump| match jump.by {
            Shift::Forward(by) => reading + by,
            Shift::Back(by) => reading.saturating_sub(by),
        }))
    }

    /// Returns the time in which the rate limit can hold at the service. Jobs know no other clock than this one: where
    /// it skips time, windows of its time are shorter than true ones; where it is set back, they are longer. `None`
    /// where both happen: no limit can hold then.
    #[must_use]
    pub fn measure(&self, now: Duration) -> Option<Duration> {
        let repeats = self.0.iter().any(|jump| matches!(jump.by, Shift::Back(_)));
        let skips = self.0.iter().any(|jump| matches!(jump.by, Shift::Forward(_)));
        match (skips, repeats) {
            (false, _) => Some(now),
            (true, false) => Some(self.read(now).since_epoch()),
            (true, true) => None,
        }
    }
}
