use std::{
    num::NonZeroU64,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Fault, Faults, Rule};
use crate::Route;

/// The faults of a running sandbox, and what was counted of each rule.
pub(crate) struct ActiveFaults(Mutex<Counted>);

#[derive(Default)]
struct Counted {
    seed: u64,
    rules: Vec<CountedRule>,
}

struct CountedRule {
    /// How many calls have reached it.
    calls: u64,
    rule: Arc<ActiveRule>,
}

/// A rule that applies to a call. Whoever carries it out says when it [fires](ActiveRule::fires).
pub(super) struct ActiveRule {
    rule: Rule,
    fired: AtomicU64,
}

impl ActiveRule {
    pub(super) fn fault(&self) -> &Fault {
        self.rule.fault()
    }

    /// Counts that it has changed something for a client. To be called before the answer leaves.
    pub(super) fn fires(&self) {
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

    /// The faults, and how often each of their rules fired.
    pub(crate) fn listing(&self) -> (Faults, Vec<u64>) {
        let counted = self.lock();
        let rules = counted.rules.iter().map(|counted| &counted.rule);
        let (rules, fired) =
            rules.map(|active| (active.rule.clone(), active.fired.load(Ordering::Relaxed))).unzip();
        (Faults { seed: counted.seed, rules }, fired)
    }

    pub(crate) fn replace(&self, faults: Faults) {
        *self.lock() = Counted::new(faults);
    }

    /// Adds a rule after the others, whose counts go on.
    pub(crate) fn add(&self, rule: Rule) {
        self.lock().rules.push(CountedRule::new(rule));
    }

    /// Takes a call past the rules that are `concerned`, up to and with the one that `ends` it, and counts it
    /// at each. Gives those that apply to it.
    ///
    /// It is one step, so that the numbers of calls that come together are the same in every rule.
    pub(super) fn reach(
        &self,
        route: Option<Route>,
        concerned: impl Fn(&Fault) -> bool,
        ends: impl Fn(&Fault) -> bool,
    ) -> Vec<Arc<ActiveRule>> {
        let mut due = Vec::new();
        let mut counted = self.lock();
        let seed = counted.seed;
        for (place, CountedRule { calls, rule }) in counted.rules.iter_mut().enumerate() {
            if !rule.rule.is_about(route) || !concerned(rule.fault()) {
                continue;
            }
            *calls += 1;
            if !NonZeroU64::new(*calls).is_some_and(|call| rule.rule.means(call, seed, place)) {
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
