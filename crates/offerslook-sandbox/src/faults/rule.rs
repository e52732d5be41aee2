use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use super::{Fault, Probability, When};
use crate::Route;

/// A [`Fault`], with the route and the calls that it applies to; by default, every call of every route.
///
/// ```
/// use offerslook_sandbox::{Fault, Route, Rule, Status};
///
/// let status = Status::of::<500>();
/// let rule = Rule::new(Fault::Status { status, retry_after: None }).on(Route::GetOfferCaps).after(3);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[must_use]
#[serde(deny_unknown_fields, expecting = "a rule: a table with `fault`, and optionally `route` and `when`")]
pub struct Rule {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    route: Option<Route>,
    #[serde(default, skip_serializing_if = "When::is_always")]
    when: When,
    fault: Fault,
}

impl Rule {
    /// Creates a rule for every call of every route.
    pub fn new(fault: Fault) -> Self {
        Self { route: None, when: When::Always, fault }
    }

    /// Limits the rule to calls of this route.
    pub fn on(mut self, route: Route) -> Self {
        self.route = Some(route);
        self
    }

    /// Limits the rule to the calls with these numbers, from 1; 0 is ignored.
    pub fn calls(self, numbers: impl IntoIterator<Item = u64>) -> Self {
        self.when(When::Calls(numbers.into_iter().filter_map(NonZeroU64::new).collect()))
    }

    /// Limits the rule to the calls after the first `calls`: 3 means from the fourth on.
    pub fn after(self, calls: u64) -> Self {
        self.when(When::After(calls))
    }

    /// Limits the rule to every n-th call.
    pub fn every(self, n: NonZeroU64) -> Self {
        self.when(When::Every(n))
    }

    /// Limits the rule to random calls. A number outside of 0 to 1 counts as [the
    /// nearest](Probability::nearest) one within.
    pub fn with_probability(self, probability: f64) -> Self {
        self.when(When::Probability(Probability::nearest(probability)))
    }

    /// Limits the rule to the calls that `when` selects. Replaces an earlier selection.
    pub fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }

    /// Returns the fault.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Returns the route; `None` for a rule on every route.
    #[must_use]
    pub fn route(&self) -> Option<&Route> {
        self.route.as_ref()
    }

    /// Returns whether the rule covers calls of this route; `None` stands for a path without a route.
    pub(super) fn has_route(&self, route: Option<&Route>) -> bool {
        self.route.is_none() || self.route() == route
    }

    pub(super) fn applies(&self, call: NonZeroU64, seed: u64, place: usize) -> bool {
        self.when.selects(call, seed, place)
    }
}
