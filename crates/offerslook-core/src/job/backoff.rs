use std::time::Duration;

const MIN_BACKOFF: Duration = Duration::from_millis(500);
const MAX_BACKOFF: Duration = Duration::from_secs(30);

/// Returns a delay with full jitter: a random part of the doubled backoff, so that callers that failed together do not
/// come back together. `attempts` is how often the call was sent so far.
pub(super) fn delay(attempts: u32, jitter: &mut fastrand::Rng) -> Duration {
    let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
    MIN_BACKOFF.saturating_mul(doubled).min(MAX_BACKOFF).mul_f64(jitter.f64())
}
