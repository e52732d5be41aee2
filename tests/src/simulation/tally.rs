use std::{fmt, ops::AddAssign, time::Duration};

use super::subject::Fate;

/// What happened in a run, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls that were sent.
    pub calls: u64,
    /// Those that were sent before.
    pub retries: u64,
    /// Calls that arrived at the service.
    pub arrivals: u64,
    /// Ids with a row.
    pub found: u64,
    /// Ids without one.
    pub absent: u64,
    /// Ids that were refused.
    pub refused: u64,
    /// Ids whose call failed.
    pub failed: u64,
    /// Ids of unknown fate.
    pub in_doubt: u64,
    /// Ids that the job did not come to.
    pub not_attempted: u64,
    /// Rows of lists.
    pub rows: u64,
    /// Lists that were not whole.
    pub incomplete: u64,
    /// Rows that were reported as not asked for, or as second ones.
    pub notices: u64,
    /// Jobs that stopped to doubt.
    pub doubts_dropped: u64,
    /// The most arrivals in one window, and how many the quota allows.
    pub worst_window: (u64, u64),
    /// How long it took.
    pub time: Duration,
}

impl Tally {
    pub(super) fn count(&mut self, fate: &Fate) {
        *match fate {
            Fate::Found(_) => &mut self.found,
            Fate::Absent => &mut self.absent,
            Fate::Refused(_) => &mut self.refused,
            Fate::Failed(_) => &mut self.failed,
            Fate::InDoubt(_) => &mut self.in_doubt,
            Fate::NotAttempted => &mut self.not_attempted,
        } += 1;
    }

    /// Ids with an outcome.
    #[must_use]
    pub fn ids(&self) -> u64 {
        self.found + self.absent + self.refused + self.failed + self.in_doubt + self.not_attempted
    }
}

impl AddAssign<&Self> for Tally {
    fn add_assign(&mut self, other: &Self) {
        self.calls += other.calls;
        self.retries += other.retries;
        self.arrivals += other.arrivals;
        self.found += other.found;
        self.absent += other.absent;
        self.refused += other.refused;
        self.failed += other.failed;
        self.in_doubt += other.in_doubt;
        self.not_attempted += other.not_attempted;
        self.rows += other.rows;
        self.incomplete += other.incomplete;
        self.notices += other.notices;
        self.doubts_dropped += other.doubts_dropped;
        self.time += other.time;
        // The window that was the fullest for its quota.
        let (worst, other_worst) = (self.worst_window, other.worst_window);
        if other_worst.0 * worst.1.max(1) >= worst.0 * other_worst.1 {
            self.worst_window = other_worst;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (calls, seconds) = (self.calls, self.time.as_secs_f64());
        writeln!(f, "calls {calls} (repeats {}, arrived {}) in {seconds:.1} s", self.retries, self.arrivals)?;
        writeln!(
            f,
            "ids {}: found {}, absent {}, refused {}, failed {}, in doubt {}, not attempted {}",
            self.ids(),
            self.found,
            self.absent,
            self.refused,
            self.failed,
            self.in_doubt,
            self.not_attempted
        )?;
        writeln!(f, "rows of lists {}, incomplete lists {}", self.rows, self.incomplete)?;
        writeln!(f, "notices {}, doubts dropped {}", self.notices, self.doubts_dropped)?;
        let (worst, most) = self.worst_window;
        write!(f, "fullest window {worst} of {most}")
    }
}
