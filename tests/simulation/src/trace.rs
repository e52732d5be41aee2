use std::{fmt, fmt::Write, time::Duration};

use super::world::mix;

/// The events of a run, in order: always as a hash, and as text on request.
#[derive(Debug, Default)]
pub(super) struct Trace {
    hash: u64,
    text: Option<String>,
}

impl Trace {
    /// Creates a trace that keeps the text.
    pub(super) fn readable() -> Self {
        Self { hash: 0, text: Some(String::new()) }
    }

    /// Records an event: the numbers in the hash, the words in the text.
    pub(super) fn record<W: fmt::Display>(
        &mut self,
        now: Duration,
        numbers: &[u64],
        words: impl FnOnce() -> W,
    ) {
        for number in numbers {
            self.hash = mix(self.hash ^ number);
        }
        self.hash = mix(self.hash ^ u64::from(now.subsec_nanos()) ^ now.as_secs().rotate_left(32));
        if let Some(text) = &mut self.text {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{:>11.4}  {}", now.as_secs_f64(), words());
        }
    }

    /// Returns the same number for the same events.
    pub(super) fn hash(&self) -> u64 {
        self.hash
    }

    /// Returns the text, if it was kept.
    pub(super) fn into_text(self) -> String {
        self.text.unwrap_or_default()
    }
}
