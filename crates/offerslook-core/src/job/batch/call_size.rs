/// The number of ids that a call may carry. It shrinks if calls are truncated or refused for their size, and grows
/// back.
pub(super) struct CallSize {
    max: usize,
    limit: usize,
    /// The smallest size that failed.
    smallest_failed: usize,
    /// The number of successes before a larger size is tried.
    patience: u32,
    successes: u32,
    is_growing: bool,
    largest_success: usize,
}

const PATIENCE: u32 = 4;
/// Once the limit is known exactly, a larger size is tried rarely.
const PATIENCE_AT_KNOWN_LIMIT: u32 = 64;

impl CallSize {
    pub(super) fn new(max: usize) -> Self {
        Self {
            max,
            limit: max,
            smallest_failed: max.saturating_add(1),
            patience: PATIENCE,
            successes: 0,
            is_growing: false,
            largest_success: 0,
        }
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// Returns the size of the next call: the limit, or a larger size on trial.
    pub(super) fn next(&mut self, may_grow: bool) -> usize {
        if self.limit >= self.max || !may_grow || self.is_growing || self.successes < self.patience {
            return self.limit;
        }
        if self.smallest_failed - self.limit <= 1 {
            self.smallest_failed = self.max.saturating_add(1);
        }
        usize::midpoint(self.limit, self.smallest_failed)
    }

    pub(super) fn start_growing(&mut self) {
        self.is_growing = true;
        self.successes = 0;
    }

    pub(super) fn stop_growing(&mut self) {
        self.is_growing = false;
    }

    /// Returns whether a call of this size is larger than any that succeeded.
    pub(super) fn is_untried(&self, size: usize) -> bool {
        size > self.largest_success
    }

    pub(super) fn succeeded(&mut self, size: usize) {
        self.successes = self.successes.saturating_add(1);
        self.largest_success = self.largest_success.max(size);
    }

    /// A call of this size was answered completely.
    pub(super) fn raise(&mut self, size: usize) {
        if size > self.limit {
            self.limit = size;
            self.smallest_failed = self.smallest_failed.max(size.saturating_add(1));
            let is_known = self.smallest_failed - size <= 1;
            self.patience = if is_known { PATIENCE_AT_KNOWN_LIMIT } else { PATIENCE };
            self.successes = 0;
        }
    }

    /// A call of this size was too large; at most `fitting` ids would have been answered.
    pub(super) fn too_large(&mut self, size: usize, fitting: usize, is_growing: bool) {
        if size <= self.limit {
            self.limit = fitting.max(1);
            self.smallest_failed = size;
            self.successes = 0;
        } else if is_growing {
            self.smallest_failed = self.smallest_failed.min(size);
            self.patience = self.patience.saturating_mul(2);
            self.successes = 0;
        }
    }

    /// Both halves of a refused call of this size succeeded.
    pub(super) fn halves_succeeded(&mut self, size: usize) {
        if size <= self.largest_success {
            // A call of this size succeeded before, so the cause was probably transient: the limit stays the first
            // time.
            self.largest_success = size - 1;
        } else if size <= self.limit {
            self.limit = size.div_ceil(2).max(1);
            self.smallest_failed = size;
            self.successes = 0;
        }
    }
}
