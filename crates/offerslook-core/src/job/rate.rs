use std::{fmt, num::NonZeroU32, str::FromStr, time::Duration};

/// A rate limit: at most this many calls in any window of this length.
///
/// Its text form is `CALLS/SECONDS`, such as `50/10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    calls: NonZeroU32,
    window: Duration,
}

impl Rate {
    /// The documented rate limit of a network: 50 calls in 10 seconds, shared by all of its affiliates.
    pub const DOCUMENTED: Self =
        Self { calls: NonZeroU32::MIN.saturating_add(49), window: Duration::from_secs(10) };

    /// Creates a rate limit of this many calls in any window of this length.
    ///
    /// # Errors
    /// [`RateError`] if either is zero.
    pub fn new(calls: u32, window: Duration) -> Result<Self, RateError> {
        match NonZeroU32::new(calls) {
            Some(calls) if !window.is_zero() => Ok(Self { calls, window }),
            _ => Err(RateError(format!("{calls}/{}", window.as_secs_f64()))),
        }
    }

    /// Returns the number of calls that fit in a window.
    #[must_use]
    pub const fn calls(self) -> NonZeroU32 {
        self.calls
    }

    /// Returns the length of the window.
    #[must_use]
    pub const fn window(self) -> Duration {
        self.window
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.calls, self.window.as_secs_f64())
    }
}

/// An invalid rate: a string of another form, no calls, or an empty window.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a rate: write CALLS/SECONDS, both above zero, such as 50/10")]
pub struct RateError(String);

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once('/')
            .and_then(|(calls, seconds)| {
                let window = Duration::try_from_secs_f64(seconds.trim().parse().ok()?).ok()?;
                Self::new(calls.trim().parse().ok()?, window).ok()
            })
            .ok_or_else(|| RateError(text.to_owned()))
    }
}
