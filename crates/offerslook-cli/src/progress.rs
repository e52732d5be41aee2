use std::{
    fmt::{self, Write},
    time::Duration,
};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use offerslook_core::{drive::ProgressHandle, job::Progress};

use crate::console::Console;

/// The progress of a run, on a terminal. Where standard error is none, nothing shows.
///
/// It has no thread of its own: whoever waits for the run redraws it.
pub(crate) struct ProgressLine {
    bar: ProgressBar,
    handle: ProgressHandle,
    console: Console,
}

/// How often to call [`ProgressLine::redraw`].
pub(crate) const REDRAW: Duration = Duration::from_millis(200);

/// The message is cut where the terminal ends: what wraps would not be erased.
const OF_IDS: &str = "{bar:24} {wide_msg}";
const OF_ROWS: &str = "{spinner} {wide_msg}";

impl ProgressLine {
    /// Shows a run of so many ids, if that is known, or of rows.
    pub(crate) fn new(ids: Option<usize>, handle: ProgressHandle, console: &Console) -> Self {
        let total = ids.and_then(|ids| u64::try_from(ids).ok());
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(if ids.is_some() { OF_IDS } else { OF_ROWS }) {
            bar.set_style(style);
        }
        console.show_progress(Some(bar.clone()));
        Self { bar, handle, console: console.clone() }
    }

    pub(crate) fn redraw(&self) {
        let progress = self.handle.progress();
        let mut message = String::new();
        // A string takes whatever is written to it.
        let _ = tell(&mut message, progress, self.bar.elapsed(), self.bar.length());
        self.bar.set_message(message);
        self.bar.set_position(progress.done);
        self.bar.tick();
    }
}

fn tell(line: &mut dyn Write, progress: Progress, elapsed: Duration, ids: Option<u64>) -> fmt::Result {
    match ids {
        Some(ids) => write!(line, "{} of {ids} ids, ", progress.done)?,
        None => write!(line, "{} rows, ", progress.done)?,
    }
    tell_calls(line, progress)?;
    write!(line, ", {:#}", HumanDuration(elapsed))?;
    if ids.is_none() {
        return Ok(());
    }
    line.write_str(", ")?;
    tell_time_left(line, elapsed, progress.done, ids)?;
    line.write_str(" left")
}

fn tell_calls(line: &mut dyn Write, progress: Progress) -> fmt::Result {
    let noun = if progress.calls == 1 { "call" } else { "calls" };
    write!(line, "{} {noun}", progress.calls)?;
    if progress.retries > 0 {
        let noun = if progress.retries == 1 { "retry" } else { "retries" };
        write!(line, " ({} {noun})", progress.retries)?;
    }
    if progress.in_flight > 0 {
        write!(line, ", {} in flight", progress.in_flight)?;
    }
    if progress.waiting_until.is_some() { write!(line, ", waiting for the rate limit") } else { Ok(()) }
}

/// At the pace so far.
fn tell_time_left(line: &mut dyn Write, elapsed: Duration, done: u64, total: Option<u64>) -> fmt::Result {
    let left = total.unwrap_or(done).saturating_sub(done);
    let seconds = u128::from(left).saturating_mul(elapsed.as_millis()) / 1_000;
    match seconds.checked_div(u128::from(done)) {
        Some(seconds) => write!(line, "{seconds}s"),
        None => line.write_str("?"),
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.console.show_progress(None);
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use offerslook_core::job::{Moment, Progress};

    use super::{tell_calls, tell_time_left};

    fn calls(progress: Progress) -> String {
        let mut line = String::new();
        tell_calls(&mut line, progress).unwrap();
        line
    }

    #[test]
    fn calls_in_flight_retries_and_the_wait_are_shown() {
        let mut progress = Progress::default();
        assert_eq!(calls(progress), "0 calls");
        progress.calls = 1;
        progress.retries = 1;
        assert_eq!(calls(progress), "1 call (1 retry)");
        progress.calls = 50;
        progress.retries = 2;
        progress.in_flight = 8;
        progress.waiting_until = Some(Moment::EPOCH);
        assert_eq!(calls(progress), "50 calls (2 retries), 8 in flight, waiting for the rate limit");
    }

    #[test]
    fn the_time_left_goes_by_the_pace_so_far() {
        let left = |done| {
            let mut line = String::new();
            tell_time_left(&mut line, Duration::from_secs(10), done, Some(400)).unwrap();
            line
        };
        assert_eq!([left(0), left(100), left(400)], ["?", "30s", "0s"]);
    }
}
