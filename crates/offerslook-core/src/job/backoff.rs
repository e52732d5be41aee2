use std::time::Duration;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// Full jitter: anything from nothing to the doubled wait, so that callers who failed together do not
/// come back together. `attempts` is how often the call was sent so far.
pub(super) fn delay(attempts: u32, jitter: &mut fastrand::Rng) -> Duration {
    let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
    FIRST.saturating_mul(doubled).min(LONGEST).mul_f64(jitter.f64())
}
