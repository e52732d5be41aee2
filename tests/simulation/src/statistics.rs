use std::{collections::VecDeque, fmt, ops::AddAssign, time::Duration};

use super::job_under_test::Verdict;

/// The events of a run, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Calls that were sent.
    pub calls: u64,
    /// Calls that were sent again after a failure.
    pub retries: u64,
    /// Calls that were cancelled.
    pub cancelled: u64,
    /// Calls that arrived at the service.
    pub arrivals: u64,
    /// Ids with a link.
    pub found: u64,
    /// Ids with a row without a link.
    pub without_link: u64,
    /// Ids that are said to have no row.
    pub no_row: u64,
    /// Ids for which nothing could be proved.
    pub unanswered: u64,
    /// Ids that were refused.
    pub refused: u64,
    /// Ids whose call failed.
    pub failed: u64,
    /// Ids in doubt.
    pub in_doubt: u64,
    /// Ids that were not attempted.
    pub not_attempted: u64,
    /// Ids that are said to have no row, and have one, where no client could know, or by a known limit.
    pub wrong_no_row: u64,
    /// Ids that are said to be refused, and are not, likewise.
    pub wrong_refused: u64,
    /// Ids with a usable row that was not found.
    pub missed: u64,
    /// Rows of lists.
    pub rows: u64,
    /// Lists that are said to be complete.
    pub complete: u64,
    /// Lists that are said to be incomplete.
    pub incomplete: u64,
    /// Lists that are said to be complete, are not, and could not be told from complete ones.
    pub undetected: u64,
    /// Unrequested, duplicate and unusable rows that were reported.
    pub reported_rows: u64,
    /// The maximum number of elements that were taken and had no outcome.
    pub most_outstanding: usize,
    /// The maximum number of arrivals in one window, and how many the quota allows.
    pub fullest_window: (u64, u64),
    /// The simulated time.
    pub time: Duration,
}

impl Statistics {
    pub(super) fn count(&mut self, verdict: &Verdict) {
        *match verdict {
            Verdict::Link => &mut self.found,
            Verdict::NoLink(_) => &mut self.without_link,
            Verdict::NoRow => &mut self.no_row,
            Verdict::Unanswered => &mut self.unanswered,
            Verdict::Refused(_) => &mut self.refused,
            Verdict::Failed(_) => &mut self.failed,
            Verdict::InDoubt(_) => &mut self.in_doubt,
            Verdict::NotAttempted(_) => &mut self.not_attempted,
        } += 1;
    }

    /// Returns the number of elements with an outcome.
    #[must_use]
    pub fn outcomes(&self) -> u64 {
        let answered = self.found + self.without_link + self.no_row + self.unanswered;
        answered + self.refused + self.failed + self.in_doubt + self.not_attempted
    }
}

impl AddAssign<&Self> for Statistics {
    fn add_assign(&mut self, other: &Self) {
        self.calls += other.calls;
        self.retries += other.retries;
        self.cancelled += other.cancelled;
        self.arrivals += other.arrivals;
        self.found += other.found;
        self.without_link += other.without_link;
        self.no_row += other.no_row;
        self.unanswered += other.unanswered;
        self.refused += other.refused;
        self.failed += other.failed;
        self.in_doubt += other.in_doubt;
        self.not_attempted += other.not_attempted;
        self.wrong_no_row += other.wrong_no_row;
        self.wrong_refused += other.wrong_refused;
        self.missed += other.missed;
        self.rows += other.rows;
        self.complete += other.complete;
        self.incomplete += other.incomplete;
        self.undetected += other.undetected;
        self.reported_rows += other.reported_rows;
        self.most_outstanding = self.most_outstanding.max(other.most_outstanding);
        self.time += other.time;
        // The window that was the fullest for its quota.
        let (fullest, other_fullest) = (self.fullest_window, other.fullest_window);
        if other_fullest.0 * fullest.1.max(1) >= fullest.0 * other_fullest.1 {
            self.fullest_window = other_fullest;
        }
    }
}

impl fmt::Display for Statistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, retries, cancelled, arrivals, .. } = self;
        writeln!(f, "calls {calls} (retries {retries}, cancelled {cancelled}, arrived {arrivals})")?;
        write!(f, "outcomes {}: found {}", self.outcomes(), self.found)?;
        write!(f, ", without a link {}, no row {}", self.without_link, self.no_row)?;
        write!(f, ", unanswered {}, refused {}, failed {}", self.unanswered, self.refused, self.failed)?;
        writeln!(f, ", in doubt {}, not attempted {}", self.in_doubt, self.not_attempted)?;
        let (no_row, refused) = (self.wrong_no_row, self.wrong_refused);
        writeln!(
            f,
            "wrong where nobody could know: no row {no_row}, refused {refused}; missed {}",
            self.missed
        )?;
        write!(f, "lists: rows {}, complete {}", self.rows, self.complete)?;
        writeln!(f, ", incomplete {}, undetected {}", self.incomplete, self.undetected)?;
        let (fullest, most) = self.fullest_window;
        write!(f, "reported rows {}, outstanding at most {}", self.reported_rows, self.most_outstanding)?;
        write!(f, ", fullest window {fullest} of {most}, {:.1} s simulated", self.time.as_secs_f64())
    }
}

/// Counts the calls that arrive at the service in any window, on one clock.
#[derive(Debug)]
pub(super) struct Arrivals {
    window: Duration,
    recent: VecDeque<Duration>,
    most: usize,
}

impl Arrivals {
    pub(super) fn new(window: Duration) -> Self {
        Self { window, recent: VecDeque::new(), most: 0 }
    }

    /// Counts a call, and returns the number of calls in the half-open window that ends here.
    pub(super) fn arrive(&mut self, now: Duration) -> usize {
        while self.recent.front().is_some_and(|earlier| *earlier + self.window <= now) {
            self.recent.pop_front();
        }
        self.recent.push_back(now);
        self.most = self.most.max(self.recent.len());
        self.recent.len()
    }

    /// Returns the maximum number of calls that were ever in one window.
    pub(super) fn most(&self) -> usize {
        self.most
    }
}
