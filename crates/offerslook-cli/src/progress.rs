use std::{
    fmt::{self, Write},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use offerslook_core::{drive::ProgressHandle, job::Progress};

/// How far the run is, on a terminal; nothing where standard error is none.
pub(crate) struct ProgressLine(ProgressBar);

const REDRAW: Duration = Duration::from_millis(200);
const TEMPLATE: &str = "{bar:24} {ids} ids, {calls}, {elapsed}, {left} left";

impl ProgressLine {
    /// It asks how far the run is whenever it is drawn, so that it goes on while the run waits.
    pub(crate) fn new(ids: usize, gauge: ProgressHandle) -> Self {
        let bar = ProgressBar::with_draw_target(u64::try_from(ids).ok(), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            let (counted, timed) = (gauge.clone(), gauge.clone());
            let style = style
                .with_key("ids", move |_: &ProgressState, line: &mut dyn Write| {
                    let _ = write!(line, "{} of {ids}", counted.progress().done);
                })
                .with_key("calls", move |_: &ProgressState, line: &mut dyn Write| {
                    let _ = tell_calls(line, gauge.progress());
                })
                .with_key("left", move |state: &ProgressState, line: &mut dyn Write| {
                    let _ = tell_time_left(line, state.elapsed(), timed.progress().done, ids);
                });
            bar.set_style(style);
        }
        bar.enable_steady_tick(REDRAW);
        Self(bar)
    }

    /// Moves the bar.
    pub(crate) fn show(&self, progress: Progress) {
        self.0.set_position(progress.done);
    }
}

fn tell_calls(line: &mut dyn Write, progress: Progress) -> fmt::Result {
    write!(line, "{} calls", progress.calls)?;
    if progress.retries > 0 {
        write!(line, " ({} of them repeats)", progress.retries)?;
    }
    if progress.in_flight > 0 {
        write!(line, ", {} in flight", progress.in_flight)?;
    }
    if progress.waiting_until.is_some() { write!(line, ", waiting for the quota") } else { Ok(()) }
}

/// At the pace so far.
fn tell_time_left(line: &mut dyn Write, elapsed: Duration, done: u64, ids: usize) -> fmt::Result {
    let left = u64::try_from(ids).unwrap_or(u64::MAX).saturating_sub(done);
    let seconds = u128::from(left).saturating_mul(elapsed.as_millis()) / 1_000;
    match seconds.checked_div(u128::from(done)) {
        Some(seconds) => write!(line, "{seconds}s"),
        None => line.write_str("?"),
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.0.finish_and_clear();
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
    fn calls_in_flight_repeats_and_the_wait_are_told() {
        let mut progress = Progress::default();
        assert_eq!(calls(progress), "0 calls");
        progress.calls = 50;
        progress.retries = 2;
        progress.in_flight = 8;
        progress.waiting_until = Some(Moment::EPOCH);
        assert_eq!(calls(progress), "50 calls (2 of them repeats), 8 in flight, waiting for the quota");
    }

    #[test]
    fn the_time_left_goes_by_the_pace_so_far() {
        let left = |done| {
            let mut line = String::new();
            tell_time_left(&mut line, Duration::from_secs(10), done, 400).unwrap();
            line
        };
        assert_eq!([left(0), left(100), left(400)], ["?", "30s", "0s"]);
    }
}
