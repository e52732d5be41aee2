use std::time::Duration;

use fastrand::Rng;
use offerslook_core::{
    error::{Delivery, TransportKind},
    job::Options,
};

/// The way between a client and the service. Chances are in 1,000.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// The shortest time of each way, in milliseconds.
    pub latency: u64,
    /// The most that is added to it, in milliseconds.
    pub jitter: u64,
    /// The chance of a way that takes up to a minute.
    pub slow: u64,
    /// The chance that no connection is made.
    pub not_sent: u64,
    /// The chance that the request is lost.
    pub lost_request: u64,
    /// The chance that the answer is lost.
    pub lost_answer: u64,
    /// The chance that the request arrives, but only after the client has seen it fail.
    pub late_request: u64,
    /// The chance that the driver never reports the end of the call.
    pub unreported: u64,
    /// Whether the driver ends a call that takes longer than its timeout.
    pub keeps_timeouts: bool,
}

/// The fate of one attempt.
#[derive(Debug)]
pub(super) struct Route {
    /// When the request arrives, counted from the sending.
    pub(super) arrives: Option<Duration>,
    /// When the call ends for the client, and how.
    pub(super) ends: Option<(Duration, End)>,
}

/// How a call ends for the client.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// With the answer of the service.
    Answered,
    /// With an error.
    Failed(TransportKind, Delivery),
}

impl Network {
    /// Draws the fate of one attempt. A late request arrives within one window of its failure.
    pub(super) fn route(&self, random: &mut Rng, timeout: Duration, window: Duration) -> Route {
        let out = self.way(random);
        let back = self.way(random);
        let interrupted = End::Failed(TransportKind::Interrupted, Delivery::Unknown);
        let mut draw = random.u64(..1_000);
        let mut is = |chance: u64| {
            let hit = draw < chance;
            draw = if hit { u64::MAX } else { draw.saturating_sub(chance) };
            hit
        };
        if is(self.not_sent) {
            let failure = End::Failed(TransportKind::Connect, Delivery::NotSent);
            return Route { arrives: None, ends: Some((out, failure)) };
        }
        if is(self.lost_request) {
            return Route { arrives: None, ends: Some((out + back, interrupted)) };
        }
        if is(self.lost_answer) {
            return Route { arrives: Some(out), ends: Some((out + back, interrupted)) };
        }
        if is(self.late_request) {
            let late = window.mul_f64(random.f64());
            return Route { arrives: Some(out + late), ends: Some((out, interrupted)) };
        }
        if is(self.unreported) {
            let late = (timeout + Options::GRACE + window).mul_f64(random.f64());
            return Route { arrives: random.bool().then_some(late), ends: None };
        }
        if self.keeps_timeouts && out + back > timeout {
            let failure = End::Failed(TransportKind::Timeout, Delivery::Unknown);
            return Route { arrives: Some(out), ends: Some((timeout, failure)) };
        }
        Route { arrives: Some(out), ends: Some((out + back, End::Answered)) }
    }

    fn way(&self, random: &mut Rng) -> Duration {
        let most = if random.u64(..1_000) < self.slow { 60_000 } else { self.jitter };
        Duration::from_micros(self.latency * 1_000 + random.u64(..=most * 1_000))
    }
}
