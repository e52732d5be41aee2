use serde::{Deserialize, Serialize};

use crate::random::split_mix;

/// A probability: 0 (never) to 1 (always).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Probability(f64);

impl Probability {
    /// Returns `None` for a number outside of 0 to 1.
    #[must_use]
    pub fn new(probability: f64) -> Option<Self> {
        (0.0..=1.0).contains(&probability).then_some(Self(probability))
    }

    /// Returns the nearest probability: 0 for less than 0; 1 for more than 1 and for NaN.
    #[must_use]
    pub fn nearest(number: f64) -> Self {
        Self(if number.is_nan() { 1.0 } else { number.clamp(0.0, 1.0) })
    }

    /// Returns whether the event happens, as a pure function.
    pub(super) fn happens(self, seed: u64, rule: usize, call: u64) -> bool {
        let rule = u64::try_from(rule).unwrap_or(u64::MAX);
        let bits = split_mix(split_mix(split_mix(seed) ^ rule) ^ call);
        // An f64 holds 32 bits exactly.
        let [a, b, c, d, ..] = bits.to_be_bytes();
        f64::from(u32::from_be_bytes([a, b, c, d])) < self.0 * 2_f64.powi(32)
    }
}

impl TryFrom<f64> for Probability {
    type Error = String;

    fn try_from(probability: f64) -> Result<Self, String> {
        Self::new(probability).ok_or_else(|| format!("{probability} is not a probability from 0 to 1"))
    }
}

impl From<Probability> for f64 {
    fn from(probability: Probability) -> Self {
        probability.0
    }
}
