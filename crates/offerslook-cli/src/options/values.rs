use std::time::Duration;

use offerslook_core::job::{Fallback, Options, Rate, RateError};

/// Parses a time in seconds: above zero, decimals allowed.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    text.parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|time| !time.is_zero())
        // Clocks cannot count much further, and nobody waits longer.
        .map(|time| time.min(Duration::from_hours(24 * 365)))
        .ok_or_else(|| {
            format!("{text:?} is not a time in seconds: write a number above zero, such as 30 or 2.5")
        })
}

pub(crate) fn quota(text: &str) -> Result<Rate, String> {
    text.parse().map_err(|error: RateError| error.to_string())
}

/// Parses what to do without the store of the quota.
pub(crate) fn fallback(text: &str) -> Result<Fallback, String> {
    match text.split_once('=') {
        None if text == "wait" => Ok(Fallback::Wait),
        Some(("local", rate)) => quota(rate).map(Fallback::Local),
        _ => Err(format!("{text:?} is not a fallback: write wait, or local=N/SECONDS such as local=5/10")),
    }
}

pub(crate) fn max_in_flight(text: &str) -> Result<usize, String> {
    within(text, 1_000)
}

pub(crate) fn ids_per_request(text: &str) -> Result<usize, String> {
    within(text, Options::MAX_IDS_PER_CALL)
}

pub(crate) fn retries(text: &str) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|number| *number <= 100)
        .ok_or_else(|| format!("{text:?} is not a whole number from 0 to 100"))
}

fn within(text: &str, max: usize) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|number: &usize| (1..=max).contains(number))
        .ok_or_else(|| format!("{text:?} is not a whole number from 1 to {max}"))
}
