use std::{fmt::Write, time::Duration};

use super::world::mix;

/// What happened, in order: always as a hash, and as text where somebody wants to read it.
#[derive(Debug, Default)]
pub(super) struct Trace {
    hash: u64,
    text: Option<String>,
}

impl Trace {
    /// A trace that can be read.
    pub(super) fn readable() -> Self {
        Self { hash: 0, text: Some(String::new()) }
    }

    /// Notes an event. The numbers go into the hash, the words into the text.
    pub(super) fn note<W: std::fmt::Display>(
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

    /// The same for the same events.
    pub(super) fn hash(&self) -> u64 {
        self.hash
    }

    /// The events to read, where they were kept.
    pub(super) fn into_text(self) -> String {
        self.text.unwrap_or_default()
    }
}
