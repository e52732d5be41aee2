//! What goes wrong in a case, on whichever of its threads, is told with the case, and nowhere else.

use std::{
    cell::RefCell,
    panic::{self, PanicHookInfo},
    sync::{Arc, Mutex, PoisonError},
};

/// What went wrong in a case so far.
#[derive(Clone, Default)]
pub(crate) struct Trouble(Arc<Mutex<Vec<String>>>);

thread_local! {
    static HERE: RefCell<Option<Trouble>> = const { RefCell::new(None) };
}

impl Trouble {
    /// This, to be run on a thread of its own, whose panics are noted here.
    pub(crate) fn noting<T>(self, run: impl FnOnce() -> T) -> impl FnOnce() -> T {
        noting(Some(self), run)
    }

    /// All of it, what came first first: where a script fails, the client that it was for does so next.
    pub(crate) fn told(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }

    fn note(&self, panic: &PanicHookInfo<'_>) {
        let place = panic.location().map(|place| format!("{}:{}: ", place.file(), place.line()));
        let what = panic.payload_as_str().unwrap_or("it panicked");
        let note = place.unwrap_or_default() + what;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }
}

/// This, to be run on another thread of the case that is run on this one.
pub(crate) fn of_this_case<T>(run: impl FnOnce() -> T) -> impl FnOnce() -> T {
    noting(HERE.with_borrow(Clone::clone), run)
}

fn noting<T>(trouble: Option<Trouble>, run: impl FnOnce() -> T) -> impl FnOnce() -> T {
    move || {
        HERE.set(trouble);
        run()
    }
}

/// From here on, panics in cases are noted; others are reported as before.
pub(crate) fn note_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        HERE.with_borrow(|here| match here {
            Some(trouble) => trouble.note(panic),
            None => usual(panic),
        });
    }));
}
