use std::fmt;

/// A promise was not kept.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Which one: its number in the design, or a word.
    pub promise: &'static str,
    /// In what way.
    pub what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "promise {} is broken: {}", self.promise, self.what)
    }
}

/// Fails unless the condition holds.
pub(super) fn check(holds: bool, promise: &'static str, what: impl FnOnce() -> String) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken { promise, what: what() }) }
}
