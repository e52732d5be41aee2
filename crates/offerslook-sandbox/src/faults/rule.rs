use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use super::{Fault, Probability, When};
use crate::Route;

/// A [`Fault`], and at which calls of which route it happens: without further words, at every call of every
/// route.
///
/// ```
/// use offerslook_sandbox::{Fault, Route, Rule, Status};
///
/// let status = Status::of::<500>();
/// let rule = Rule::new(Fault::Status { status, retry_after: None }).on(Route::Caps).after(3);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a rule: a table with `fault`, and perhaps `route` and `when`")]
pub struct Rule {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    route: Option<Route>,
    #[serde(default, skip_serializing_if = "When::is_always")]
    when: When,
    fault: Fault,
}

impl Rule {
    /// A fault at every call of every route.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self { route: None, when: When::Always, fault }
    }

    /// Only calls of this route.
    #[must_use]
    pub fn on(mut self, route: Route) -> Self {
        self.route = Some(route);
        self
    }

    /// Only the calls with these numbers, from 1. A 0 names no call.
    #[must_use]
    pub fn calls(self, numbers: impl IntoIterator<Item = u64>) -> Self {
        self.when(When::Calls(numbers.into_iter().filter_map(NonZeroU64::new).collect()))
    }

    /// Only the calls after that many: 3 means from the fourth on.
    #[must_use]
    pub fn after(self, calls: u64) -> Self {
        self.when(When::After(calls))
    }

    /// Only each n-th call.
    #[must_use]
    pub fn every(self, n: NonZeroU64) -> Self {
        self.when(When::Every(n))
    }

    /// Only some calls, by chance. What is not in 0 to 1 is taken as [the nearest](Probability::nearest) that
    /// is.
    #[must_use]
    pub fn with_probability(self, probability: f64) -> Self {
        self.when(When::Probability(Probability::nearest(probability)))
    }

    /// Only the calls that `when` means. It replaces what was said before.
    #[must_use]
    pub fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }

    /// What goes wrong.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Whether calls of this route (`None`: of no route at all) are the rule's.
    pub(super) fn is_about(&self, route: Option<Route>) -> bool {
        self.route.is_none() || self.route == route
    }

    pub(super) fn means(&self, call: NonZeroU64, seed: u64, place: usize) -> bool {
        self.when.means(call, seed, place)
    }
}
