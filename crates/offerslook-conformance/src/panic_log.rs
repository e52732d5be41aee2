//! Panics of a case, on whichever of its threads, are collected with the case instead of printed.

use std::{
    cell::RefCell,
    panic::{self, PanicHookInfo},
    sync::{Arc, Mutex, PoisonError},
};

/// The panics of a case so far: if a script fails, that is the first, and the outcome of the client the next.
#[derive(Clone, Default)]
pub(crate) struct PanicLog(Arc<Mutex<Vec<Panic>>>);

/// One panic.
#[derive(Clone, Debug)]
pub(crate) struct Panic {
    pub(crate) message: String,
    /// File and line.
    pub(crate) location: String,
}

impl Panic {
    /// What every panic with this cause has in common: the first line of the message; all of it if an assertion has no
    /// message of its own.
    pub(crate) fn cause(&self) -> String {
        match self.message.strip_prefix("assertion `left == right` failed") {
            Some(values) if values.starts_with('\n') => self.message.replace('\n', ""),
            Some(text) => first_line(text.trim_start_matches(": ")),
            None => first_line(&self.message),
        }
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

thread_local! {
    static CURRENT: RefCell<Option<PanicLog>> = const { RefCell::new(None) };
}

impl PanicLog {
    /// Wraps a function that is to run on a thread of its own: its panics are collected here.
    pub(crate) fn collecting<T>(self, run: impl FnOnce() -> T) -> impl FnOnce() -> T {
        collecting(Some(self), run)
    }

    /// Returns the panics, the first one first.
    pub(crate) fn panics(&self) -> Vec<Panic> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn push(&self, panic: &PanicHookInfo<'_>) {
        let panic = Panic {
            message: panic.payload_as_str().unwrap_or("a panic without a message").to_owned(),
            location: panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default(),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(panic);
    }
}

/// Wraps a function that is to run on another thread of the case that this thread runs.
pub(crate) fn in_this_case<T>(run: impl FnOnce() -> T) -> impl FnOnce() -> T {
    collecting(CURRENT.with_borrow(Clone::clone), run)
}

fn collecting<T>(log: Option<PanicLog>, run: impl FnOnce() -> T) -> impl FnOnce() -> T {
    move || {
        CURRENT.set(log);
        run()
    }
}

/// Collects the panics of cases from here on; other panics are reported as before.
pub(crate) fn install_hook() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        CURRENT.with_borrow(|current| match current {
            Some(log) => log.push(panic),
            None => previous(panic),
        });
    }));
}
