use std::{
    fmt::Display,
    io::Write,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use indicatif::ProgressBar;
use offerslook_core::types::Secrets;

use crate::{failure::Failure, safe_text::safe_text};

/// Everything for a person: standard error, line by line, without secrets and without control characters. That nobody
/// reads it is no reason to fail.
#[derive(Clone)]
pub(crate) struct Console {
    shared: Arc<Shared>,
    quiet: bool,
    verbose: bool,
}

#[derive(Default)]
struct Shared {
    secrets: Mutex<Secrets>,
    /// The progress that is shown at present. Lines are written above it.
    progress: Mutex<Option<ProgressBar>>,
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default();
const PLAIN: Style = Style::new();

impl Console {
    pub(crate) fn new(secrets: Secrets, quiet: bool, verbose: bool) -> Self {
        let shared = Shared { secrets: Mutex::new(secrets), progress: Mutex::default() };
        Self { shared: Arc::new(shared), quiet, verbose }
    }

    /// From here on hides these credentials.
    pub(crate) fn hide_account(&self, email: &str, key: &str) {
        lock(&self.shared.secrets).hide_account(email, key);
    }

    pub(crate) fn secrets(&self) -> Secrets {
        lock(&self.shared.secrets).clone()
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Says why the command ends, or why part of the answer is missing.
    pub(crate) fn failure(&self, failure: &Failure) {
        let stop = if failure.what.ends_with(['.', '!', '?', '…']) { "" } else { "." };
        let text = format!("{}{stop} {}", failure.what, failure.advice);
        self.line(ERROR, text.trim_end());
        for cause in &failure.causes {
            self.detail(format_args!("caused by: {cause}"));
        }
    }

    /// Says what the user should know although the answer is there.
    pub(crate) fn warning(&self, text: impl Display) {
        self.line(WARNING, &format!("warning: {text}."));
    }

    /// Says in a line what was done.
    pub(crate) fn summary(&self, text: impl Display) {
        if !self.quiet {
            self.line(PLAIN, &text.to_string());
        }
    }

    /// Says what only `-v` shows.
    pub(crate) fn detail(&self, text: impl Display) {
        if self.verbose {
            self.line(PLAIN, &text.to_string());
        }
    }

    /// Says something before a question, also with `--quiet`.
    pub(crate) fn notice(&self, text: impl Display) {
        self.line(PLAIN, &text.to_string());
    }

    /// Shows this progress below all lines, or none.
    pub(crate) fn show_progress(&self, bar: Option<ProgressBar>) {
        *lock(&self.shared.progress) = bar;
    }

    fn line(&self, style: Style, text: &str) {
        self.write(&format!("{style}offerslook:{style:#} {}\n", self.safe(text)));
    }

    /// The text without secrets and control characters.
    pub(crate) fn safe(&self, text: &str) -> String {
        safe_text(&lock(&self.shared.secrets).redact(text)).into_owned()
    }

    /// Writes a line that is safe already.
    pub(crate) fn write(&self, line: &str) {
        let write = || {
            let mut stderr = AutoStream::auto(std::io::stderr().lock());
            let _ = stderr.write_all(line.as_bytes());
        };
        self.above_progress(write);
    }

    /// Writes something above the progress that is shown at present.
    pub(crate) fn above_progress<T>(&self, write: impl FnOnce() -> T) -> T {
        match &*lock(&self.shared.progress) {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
