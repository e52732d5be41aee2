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
pub(crate) struct ActiveFaults(Mutex<Counted>);

#[derive(Default)]
struct Counted {
    seed: u64,
    rules: Vec<CountedRule>,
}

struct CountedRule {
    /// The number of calls that have reached the rule.
    calls: u64,
    rule: Arc<ActiveRule>,
}

/// A rule, with the number of calls that it has changed.
pub(super) struct ActiveRule {
    rule: Rule,
    fired: AtomicU64,
}

impl ActiveRule {
    pub(super) fn fault(&self) -> &Fault {
        self.rule.fault()
    }

    /// Counts a call that the rule has changed, before the response leaves.
    pub(super) fn count_fired(&self) {
        self.fired.fetch_add(1, Ordering::Relaxed);
    }
}

impl CountedRule {
    fn new(rule: Rule) -> Self {
        Self { calls: 0, rule: Arc::new(ActiveRule { rule, fired: AtomicU64::new(0) }) }
    }
}

impl Counted {
    fn new(faults: Faults) -> Self {
        Self { seed: faults.seed, rules: faults.rules.into_iter().map(CountedRule::new).collect() }
    }
}

impl ActiveFaults {
    pub(crate) fn new(faults: Faults) -> Self {
        Self(Mutex::new(Counted::new(faults)))
    }

    /// Returns the faults, and how often each rule has fired.
    pub(crate) fn snapshot(&self) -> (Faults, Vec<u64>) {
        let counted = self.lock();
        let rules = counted.rules.iter().map(|counted| &counted.rule);
        let (rules, fired) =
            rules.map(|active| (active.rule.clone(), active.fired.load(Ordering::Relaxed))).unzip();
        (Faults { seed: counted.seed, rules }, fired)
    }

    pub(crate) fn replace(&self, faults: Faults) {
        *self.lock() = Counted::new(faults);
    }

    /// Adds a rule after the others, which keep their counts.
    pub(crate) fn add(&self, rule: Rule) {
        self.lock().rules.push(CountedRule::new(rule));
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
        let mut due = Vec::new();
        let mut counted = self.lock();
        let seed = counted.seed;
        for (place, CountedRule { calls, rule }) in counted.rules.iter_mut().enumerate() {
            if !rule.rule.has_route(route) || !selected(rule.fault()) {
                continue;
            }
            *calls += 1;
            if !NonZeroU64::new(*calls).is_some_and(|call| rule.rule.applies(call, seed, place)) {
                continue;
            }
            due.push(Arc::clone(rule));
            if ends(rule.fault()) {
                break;
            }
        }
        due
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
