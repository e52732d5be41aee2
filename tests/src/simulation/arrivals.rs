use std::{collections::VecDeque, time::Duration};

/// Counts the calls that arrive at the service in any window, on one clock.
#[derive(Debug)]
pub(super) struct Arrivals {
    window: Duration,
    recent: VecDeque<Duration>,
    worst: usize,
}

impl Arrivals {
    /// Nothing has arrived so far.
    pub(super) fn new(window: Duration) -> Self {
        Self { window, recent: VecDeque::new(), worst: 0 }
    }

    /// A call arrives. How many there are now in the half-open window that ends here.
    pub(super) fn arrive(&mut self, now: Duration) -> usize {
        while self.recent.front().is_some_and(|earlier| *earlier + self.window <= now) {
            self.recent.pop_front();
        }
        self.recent.push_back(now);
        self.worst = self.worst.max(self.recent.len());
        self.recent.len()
    }

    /// The most that were ever in one window.
    pub(super) fn worst(&self) -> usize {
        self.worst
    }
}
