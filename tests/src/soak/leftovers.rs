use std::{
    fs, thread,
    time::{Duration, Instant},
};

/// How long what is over may take to be gone. Far more than is ever needed.
const LIMIT: Duration = Duration::from_mins(1);

/// What this process holds: its threads, and its open files, sockets of clients and of the service among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leftovers {
    threads: usize,
    files: usize,
}

impl Leftovers {
    pub(super) fn now() -> Self {
        let entries =
            |folder| fs::read_dir(folder).expect("a system that tells what a process holds").count();
        Self { threads: entries("/proc/self/task"), files: entries("/proc/self/fd") }
    }

    /// Waits until there is no more than there was.
    pub(super) fn wait_for(self) {
        until(|| {
            let now = Self::now();
            (now.threads <= self.threads && now.files <= self.files)
                .then_some(())
                .ok_or_else(|| format!("{self:?} before, and now {now:?}"))
        });
    }
}

/// Waits until there is no complaint left.
pub(super) fn until(complaint: impl Fn() -> Result<(), String>) {
    let began = Instant::now();
    while let Err(complaint) = complaint() {
        assert!(began.elapsed() < LIMIT, "{complaint}");
        thread::yield_now();
    }
}
