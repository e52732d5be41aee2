use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use crate::{
    offers::{OfferKind, Offers, Standing},
    service::Service,
};

/// What becomes of an application for an offer that requires approval. One for a public offer is approved at
/// once, whatever the rule.
///
/// An application that has been decided by hand is not decided again. Calls that a check refuses do not
/// count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ApplicationRule {
    /// It stays pending until [`Sandbox::approve`](crate::Sandbox::approve) or
    /// [`Sandbox::reject`](crate::Sandbox::reject) decides it.
    #[default]
    ByHand,
    /// It is pending until so many further calls have come, whatever they are, and the last of them finds it
    /// approved. With 0 it is approved at once.
    ApprovedAfter(u64),
    /// Likewise, and rejected in the end.
    RejectedAfter(u64),
}

impl ApplicationRule {
    fn decision(self) -> Option<(u64, Standing)> {
        match self {
            Self::ByHand => None,
            Self::ApprovedAfter(calls) => Some((calls, Standing::Approved)),
            Self::RejectedAfter(calls) => Some((calls, Standing::Rejected)),
        }
    }
}

/// What the affiliate applies for. How it stands to each offer is kept with the offers; this knows what comes
/// next.
pub(crate) struct Applications {
    rule: ApplicationRule,
    rules: BTreeMap<u64, ApplicationRule>,
    waiting: Mutex<Waiting>,
}

/// The pending applications that a rule will decide.
#[derive(Default)]
struct Waiting {
    /// How many calls there have been.
    calls: u64,
    /// By the id of the offer: with which call, and how.
    decisions: BTreeMap<u64, (u64, Standing)>,
}

impl Applications {
    pub(crate) fn new(rule: ApplicationRule, rules: BTreeMap<u64, ApplicationRule>) -> Self {
        Self { rule, rules, waiting: Mutex::default() }
    }

    /// Applies for an offer and says how the affiliate stands to it then; an application that has been made
    /// stays as it is. `None` for an offer that the affiliate cannot apply for.
    pub(crate) fn apply(&self, offers: &Offers, offer_id: u64) -> Option<Standing> {
        let decision = self.rules.get(&offer_id).unwrap_or(&self.rule).decision();
        let outline = offers.outline(offer_id)?;
        let (before, after) = offers.change_standing(offer_id, |standing| {
            match (standing, outline.kind(standing), decision) {
                (Standing::NotApplied, OfferKind::Public, _) => Standing::Approved,
                (Standing::NotApplied, OfferKind::NotApproved, Some((0, decided))) => decided,
                (Standing::NotApplied, OfferKind::NotApproved, _) => Standing::Pending,
                _ => standing,
            }
        })?;
        if let (Some((calls, decided)), Standing::Pending, true) = (decision, after, before != after) {
            self.with_waiting(|waiting| {
                waiting.decisions.insert(offer_id, (waiting.calls.saturating_add(calls), decided))
            });
        }
        let is_open = !matches!(outline.kind(after), OfferKind::Paused | OfferKind::Hidden);
        is_open.then_some(after)
    }

    /// Decides a pending application, and no other: gives back how the affiliate stood to the offer and how
    /// it stands now. `None` for an unknown offer.
    pub(crate) fn decide(offers: &Offers, offer_id: u64, decided: Standing) -> Option<(Standing, Standing)> {
        offers.change_standing(offer_id, |standing| match standing {
            Standing::Pending => decided,
            _ => standing,
        })
    }

    /// Counts a call, and decides what waited for it.
    fn count_call(&self, offers: &Offers) {
        self.with_waiting(|waiting| {
            waiting.calls += 1;
            waiting.decisions.retain(|offer_id, (call, decided)| {
                let waits = *call > waiting.calls;
                if !waits {
                    Self::decide(offers, *offer_id, *decided);
                }
                waits
            });
        });
    }

    fn with_waiting<T>(&self, work: impl FnOnce(&mut Waiting) -> T) -> T {
        work(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Decides the applications that are due, before the call is answered.
pub(crate) async fn decide_due(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    service.applications.count_call(&service.offers);
    next.run(request).await
}
