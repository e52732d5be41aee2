//! `SplitMix64`, written out because what is drawn with it must stay the same for ever: generated offers, and
//! the chance of faults.

/// What the state of a sequence goes up by from one number to the next.
pub(crate) const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The number that a state gives: evenly spread bits, the same for the same state.
pub(crate) fn split_mix(state: u64) -> u64 {
    let z = state.wrapping_add(STEP);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
