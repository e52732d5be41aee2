use std::{
    num::NonZeroU64,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Fault, Faults, Rule};
use crate::Route;

/// The faults of a running sandbox, with the counts of each rule.
pub(crate) struct ActiveFaults(Mutex<Active>);

struct Active {
    seed: u64,
    rules: Vec<Arc<ActiveRule>>,
}

/// A rule with its counts.
pub(super) struct ActiveRule {
    rule: Rule,
    /// The number of calls that have reached the rule; changes under the lock only.
    calls: AtomicU64,
    /// The number of calls that the rule has changed.
    fired: AtomicU64,
}

impl ActiveRule {
    fn new(rule: Rule) -> Arc<Self> {
        Arc::new(Self { rule, calls: AtomicU64::new(0), fired: AtomicU64::new(0) })
    }

    pub(super) fn fault(&self) -> &Fault {
        self.rule.fault()
    }

    /// Counts a call that the rule has changed, before the response leaves.
    pub(super) fn count_fired(&self) {
        self.fired.fetch_add(1, Ordering::Relaxed);
    }
}

impl Active {
    fn new(faults: Faults) -> Self {
        Self { seed: faults.seed, rules: faults.rules.into_iter().map(ActiveRule::new).collect() }
    }
}

impl ActiveFaults {
    pub(crate) fn new(faults: Faults) -> Self {
        Self(Mutex::new(Active::new(faults)))
    }

    /// Returns the faults, and how often each rule has fired.
    pub(crate) fn snapshot(&self) -> (Faults, Vec<u64>) {
        let active = self.lock();
        let counted = active.rules.iter().map(|one| (one.rule.clone(), one.fired.load(Ordering::Relaxed)));
        let (rules, fired) = counted.unzip();
        (Faults { seed: active.seed, rules }, fired)
    }

    pub(crate) fn replace(&self, faults: Faults) {
        *self.lock() = Active::new(faults);
    }

    /// Adds a rule after the others, which keep their counts.
    pub(crate) fn add(&self, rule: Rule) {
        self.lock().rules.push(ActiveRule::new(rule));
    }

    /// Counts a call at each `selected` rule of its route, up to the first that `ends` the list, and returns
    /// the rules that apply to it.
    ///
    /// This is atomic, so that concurrent calls have the same order in every rule.
    pub(super) fn due(
        &self,
        route: Option<&Route>,
        selected: impl Fn(&Fault) -> bool,
        ends: impl Fn(&Fault) -> bool,
    ) -> Vec<Arc<ActiveRule>> {
        let active = self.lock();
        let mut due = Vec::new();
        for (place, one) in active.rules.iter().enumerate() {
            if !one.rule.has_route(route) || !selected(one.fault()) {
                continue;
            }
            let call = NonZeroU64::MIN.saturating_add(one.calls.fetch_add(1, Ordering::Relaxed));
            if one.rule.applies(call, active.seed, place) {
                due.push(Arc::clone(one));
                if ends(one.fault()) {
                    break;
                }
            }
        }
        due
    }

    fn lock(&self) -> MutexGuard<'_, Active> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
