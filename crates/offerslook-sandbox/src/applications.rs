use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use crate::offers::{AffiliateStatus, OfferKind, Offers};

/// How the sandbox decides applications for offers that require approval. An application for a public offer
/// is approved at once, whatever the rule.
///
/// The rule does not decide an application that [`Sandbox::approve`](crate::Sandbox::approve) or
/// [`Sandbox::reject`](crate::Sandbox::reject) has decided already. Calls that a check refuses do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ApplicationRule {
    /// Leaves the application pending until [`Sandbox::approve`](crate::Sandbox::approve) or
    /// [`Sandbox::reject`](crate::Sandbox::reject) decides it.
    #[default]
    Manual,
    /// Approves the application when this many more calls of any kind have arrived; the last of them already
    /// sees it approved. 0 approves at once.
    ApprovedAfter(u64),
    /// Rejects the application after this many calls, counted in the same way.
    RejectedAfter(u64),
}

impl ApplicationRule {
    fn decision(self) -> Option<(u64, AffiliateStatus)> {
        match self {
            Self::Manual => None,
            Self::ApprovedAfter(calls) => Some((calls, AffiliateStatus::Approved)),
            Self::RejectedAfter(calls) => Some((calls, AffiliateStatus::Rejected)),
        }
    }
}

/// The rules for applications, and the decisions that are scheduled. [`Offers`] holds the statuses.
pub(crate) struct Applications {
    rule: ApplicationRule,
    rules: BTreeMap<u64, ApplicationRule>,
    schedule: Mutex<Schedule>,
}

#[derive(Default)]
struct Schedule {
    calls: u64,
    /// Offer id to the call at which its application is decided, and the decision.
    decisions: BTreeMap<u64, (u64, AffiliateStatus)>,
}

impl Applications {
    pub(crate) fn new(rule: ApplicationRule, rules: BTreeMap<u64, ApplicationRule>) -> Self {
        Self { rule, rules, schedule: Mutex::default() }
    }

    /// Applies for an offer and returns the status after that; a repeated application changes nothing.
    /// `None` for an offer that does not accept applications.
    pub(crate) fn apply(&self, offers: &Offers, offer_id: u64) -> Option<AffiliateStatus> {
        use AffiliateStatus::{Approved, NotApplied, Pending};
        let decision = self.rules.get(&offer_id).unwrap_or(&self.rule).decision();
        let summary = offers.summary(offer_id)?;
        let (before, after) =
            offers.change_status(offer_id, |status| match (status, summary.kind(status), decision) {
                (NotApplied, OfferKind::Public, _) => Approved,
                (NotApplied, OfferKind::NotApproved, Some((0, decided))) => decided,
                (NotApplied, OfferKind::NotApproved, _) => Pending,
                _ => status,
            })?;
        if let (Some((calls, decided)), Pending, true) = (decision, after, before != after) {
            self.with_schedule(|schedule| {
                schedule.decisions.insert(offer_id, (schedule.calls.saturating_add(calls), decided))
            });
        }
        let is_open = !matches!(summary.kind(after), OfferKind::Paused | OfferKind::Hidden);
        is_open.then_some(after)
    }

    /// Decides a pending application, and no other. Returns the status before and after; `None` for an
    /// unknown offer.
    pub(crate) fn decide(
        offers: &Offers,
        offer_id: u64,
        decided: AffiliateStatus,
    ) -> Option<(AffiliateStatus, AffiliateStatus)> {
        offers.change_status(offer_id, |status| match status {
            AffiliateStatus::Pending => decided,
            _ => status,
        })
    }

    /// Counts a call, and decides the applications that are due with it.
    pub(crate) fn count_call(&self, offers: &Offers) {
        self.with_schedule(|schedule| {
            schedule.calls += 1;
            schedule.decisions.retain(|offer_id, (call, decided)| {
                let is_due = *call <= schedule.calls;
                if is_due {
                    Self::decide(offers, *offer_id, *decided);
                }
                !is_due
            });
        });
    }

    fn with_schedule<T>(&self, work: impl FnOnce(&mut Schedule) -> T) -> T {
        work(&mut self.schedule.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
