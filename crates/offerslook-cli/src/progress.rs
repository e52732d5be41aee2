use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use offerslook_core::job::Progress;

/// How far the run is, on a terminal.
pub(crate) struct ProgressLine(ProgressBar);

const REDRAW: Duration = Duration::from_millis(200);

impl ProgressLine {
    /// It shows nothing where standard error is no terminal.
    pub(crate) fn new(shown: bool, ids: usize) -> Self {
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(u64::try_from(ids).ok(), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos} of {len} ids, {msg}, {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message("0 calls");
        if shown {
            bar.enable_steady_tick(REDRAW);
        }
        Self(bar)
    }

    pub(crate) fn show(&self, progress: Progress) {
        self.0.set_position(progress.done);
        let repeats = match progress.retries {
            0 => String::new(),
            retries => format!(" ({retries} of them repeats)"),
        };
        self.0.set_message(format!("{} calls{repeats}", progress.calls));
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
