use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use offerslook_core::job::{Options, Rate};

/// A time in seconds, above zero, decimals allowed.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    text.parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|time| !time.is_zero())
        // Clocks cannot be told of much more, and nobody waits longer.
        .map(|time| time.min(Duration::from_hours(24 * 365)))
        .ok_or_else(|| {
            format!("{text:?} is not a time in seconds: write a number above zero, such as 30 or 2.5")
        })
}

pub(super) fn quota(text: &str) -> Result<Rate, String> {
    text.parse().map_err(|error: offerslook_core::job::ParseRateError| error.to_string())
}

/// How many calls may be in the air.
pub(super) fn max_in_flight(text: &str) -> Result<NonZeroUsize, String> {
    within(text, 1_000)
}

pub(super) fn ids_per_request(text: &str) -> Result<NonZeroUsize, String> {
    within(text, Options::MAX_IDS_PER_CALL)
}

/// How often a call is sent, from how often it is repeated.
pub(super) fn attempts(retries: u32) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(retries)
}

fn within(text: &str, most: usize) -> Result<NonZeroUsize, String> {
    text.parse()
        .ok()
        .filter(|number: &NonZeroUsize| number.get() <= most)
        .ok_or_else(|| format!("{text:?} is not a whole number from 1 to {most}"))
}
