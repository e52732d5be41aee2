use std::{
    fs, thread,
    time::{Duration, Instant},
};

/// How long a resource that is no longer used may take to be freed. Far more than it ever needs.
const LIMIT: Duration = Duration::from_mins(1);

/// The threads and open files of this process, the sockets of clients and sandbox among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resources {
    threads: usize,
    files: usize,
}

impl Resources {
    pub(super) fn in_use() -> Self {
        let count = |folder| fs::read_dir(folder).expect("a system with /proc").count();
        Self { threads: count("/proc/self/task"), files: count("/proc/self/fd") }
    }

    /// Waits until no more than these are in use.
    pub(super) fn wait_until_freed(self) {
        wait_until(|| {
            let now = Self::in_use();
            let is_freed = now.threads <= self.threads && now.files <= self.files;
            is_freed.then_some(()).ok_or_else(|| format!("leaked: {self:?} before, {now:?} after"))
        });
    }
}

/// Waits until a check passes; fails with its error if it never does.
pub(super) fn wait_until(check: impl Fn() -> Result<(), String>) {
    let began = Instant::now();
    while let Err(error) = check() {
        assert!(began.elapsed() < LIMIT, "{error}");
        thread::yield_now();
    }
}
