use std::time::Duration;

use fastrand::Rng;
use offerslook_core::{
    error::{Delivery, TransportKind},
    job::Options,
};

/// The way between a client and the service. Chances are in 256.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// How long every call takes each way, in milliseconds.
    pub least: u64,
    /// How much longer it may take each way, in milliseconds.
    pub jitter: u64,
    /// The chance of a way that takes up to a minute.
    pub slow: u64,
    /// The chance that no connection is made.
    pub not_sent: u64,
    /// The chance that the request is lost.
    pub lost_request: u64,
    /// The chance that the answer is lost.
    pub lost_answer: u64,
    /// The chance that the request arrives, but only after the client was told that it failed.
    pub held_back: u64,
    /// The chance that the driver never tells what became of the call.
    pub never_told: u64,
    /// Whether the driver ends a call that takes longer than its timeout.
    pub keeps_timeouts: bool,
}

/// What will become of one sending.
#[derive(Debug)]
pub(super) struct Route {
    /// When the request arrives, counted from the sending.
    pub(super) arrives: Option<Duration>,
    /// When the job is told, and what.
    pub(super) told: Option<(Duration, Told)>,
}

/// What a job is told.
#[derive(Clone, Copy, Debug)]
pub(super) enum Told {
    /// What the service answered.
    Answer,
    /// An error, and whether the request can have been delivered.
    Failure(TransportKind, Delivery),
}

impl Network {
    /// Throws the dice for one call. A window is the longest that a call is held back after its failure.
    pub(super) fn route(&self, dice: &mut Rng, timeout: Duration, window: Duration) -> Route {
        let out = self.way(dice);
        let back = self.way(dice);
        let interrupted = Told::Failure(TransportKind::Interrupted, Delivery::Unknown);
        let mut fate = dice.u64(..256);
        let mut is = |chance: u64| {
            let hit = fate < chance;
            fate = fate.saturating_sub(chance);
            hit
        };
        if is(self.not_sent) {
            let failure = Told::Failure(TransportKind::Connect, Delivery::NotSent);
            return Route { arrives: None, told: Some((out, failure)) };
        }
        if is(self.lost_request) {
            return Route { arrives: None, told: Some((out + back, interrupted)) };
        }
        if is(self.lost_answer) {
            return Route { arrives: Some(out), told: Some((out + back, interrupted)) };
        }
        if is(self.held_back) {
            let late = window.mul_f64(dice.f64());
            return Route { arrives: Some(out + late), told: Some((out, interrupted)) };
        }
        if is(self.never_told) {
            // The job gives it up by itself, and the request may be on its way until long after.
            let late = (timeout + Options::GRACE + window).mul_f64(dice.f64());
            return Route { arrives: dice.bool().then_some(late), told: None };
        }
        if self.keeps_timeouts && out + back > timeout {
            let failure = Told::Failure(TransportKind::Timeout, Delivery::Unknown);
            return Route { arrives: Some(out), told: Some((timeout, failure)) };
        }
        Route { arrives: Some(out), told: Some((out + back, Told::Answer)) }
    }

    fn way(&self, dice: &mut Rng) -> Duration {
        let longest = if dice.u64(..256) < self.slow { 60_000 } else { self.jitter };
        Duration::from_micros(self.least * 1_000 + dice.u64(..=longest * 1_000))
    }
}
