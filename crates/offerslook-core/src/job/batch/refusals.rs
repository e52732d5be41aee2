use super::call::Asked;
use crate::error::Error;

/// Tells from refused calls whether single ids or the whole job is at fault.
pub(super) struct Refusals {
    /// The number of refusals since the last success.
    streak: u32,
    /// The number of ids that were refused alone since the last success.
    lone: u32,
    /// The length of a streak after which an id that had a row before is probed.
    probe_at: u32,
    is_probing: bool,
    /// The number of probes in a row that were refused.
    refused_probes: usize,
    /// A probe failed since the last success.
    has_failed_probe: bool,
    unconfirmed: Vec<LoneRefusal>,
}

/// An id that was refused alone. The refusal is confirmed once a call that was sent later succeeds.
pub(super) struct LoneRefusal {
    pub(super) asked: Asked,
    pub(super) error: Error,
    serial: u64,
}

const FIRST_PROBE_AT: u32 = 4;
/// Without an id to probe with, the job stops after this many refusals.
const MAX_REFUSALS: u32 = 16;

impl Refusals {
    pub(super) fn new() -> Self {
        Self {
            streak: 0,
            lone: 0,
            probe_at: FIRST_PROBE_AT,
            is_probing: false,
            refused_probes: 0,
            has_failed_probe: false,
            unconfirmed: Vec::new(),
        }
    }

    pub(super) fn refused(&mut self) {
        self.streak = self.streak.saturating_add(1);
    }

    /// Notes that an id was refused alone. Returns `true` if the job is hopeless, provided no id can be probed.
    pub(super) fn refused_alone(&mut self, asked: Asked, error: Error, serial: u64) -> bool {
        self.unconfirmed.push(LoneRefusal { asked, error, serial });
        self.lone = self.lone.saturating_add(1);
        self.lone >= MAX_REFUSALS
    }

    /// Notes a success. Returns the refusals that it confirms: those of calls that were sent earlier.
    pub(super) fn succeeded(&mut self, serial: u64) -> Vec<LoneRefusal> {
        self.streak = 0;
        self.lone = 0;
        self.has_failed_probe = false;
        let (confirmed, rest) =
            std::mem::take(&mut self.unconfirmed).into_iter().partition(|refusal| refusal.serial < serial);
        self.unconfirmed = rest;
        confirmed
    }

    /// Returns whether a probe may confirm refusals.
    pub(super) fn may_confirm(&self) -> bool {
        !self.unconfirmed.is_empty() && !self.has_failed_probe
    }

    /// Returns the refusals that are not confirmed yet.
    pub(super) fn take_unconfirmed(&mut self) -> Vec<LoneRefusal> {
        std::mem::take(&mut self.unconfirmed)
    }

    pub(super) fn wants_probe(&self) -> bool {
        self.streak >= self.probe_at
    }

    /// Returns whether a job that cannot probe should stop.
    pub(super) fn is_hopeless(&self) -> bool {
        self.streak >= MAX_REFUSALS
    }

    pub(super) fn is_probing(&self) -> bool {
        self.is_probing
    }

    pub(super) fn start_probing(&mut self) {
        self.is_probing = true;
    }

    /// A probe failed for a transient cause, so it proves nothing. It is not repeated at once.
    pub(super) fn probe_failed(&mut self) {
        self.is_probing = false;
        self.streak = 0;
        self.has_failed_probe = true;
    }

    /// Notes that a probe was refused. Returns how many were in a row.
    pub(super) fn probe_refused(&mut self) -> usize {
        self.is_probing = false;
        self.refused_probes += 1;
        self.refused_probes
    }

    /// A probe succeeded: the job is not at fault.
    pub(super) fn probe_passed(&mut self) {
        self.is_probing = false;
        self.refused_probes = 0;
        self.probe_at = self.probe_at.saturating_mul(2);
    }
}
