use std::collections::{BTreeMap, BTreeSet};

use offerslook_core::error::{Error, NextStep};

use super::{
    broken::{Broken, check},
    plan::{JobPlan, Kind},
    server::Deeds,
    subject::{Fate, Seen},
    tally::Tally,
    world::{Truth, World},
};

/// Checks what one job hands out: each id once and in order, and nothing that is not true.
pub(super) struct Items<'p> {
    plan: &'p JobPlan,
    /// The first position of the input that is not accounted for.
    next: usize,
    /// Of each id with an outcome, how much of the input was taken by then.
    handed: BTreeMap<u64, usize>,
    pub(super) has_repeats: bool,
    pub(super) outcomes: u64,
    /// Rows that the server added to answers that the job took, less those that were reported.
    pub(super) unasked: u64,
    pub(super) second: u64,
    doubts_dropped: bool,
    pub(super) stopped: bool,
    /// Ids that have their outcome only since the job was stopped.
    left_over: u64,
}

/// What is known of one id, beside what it is.
pub(super) struct Known {
    pub(super) deeds: Deeds,
    /// A change may have been made.
    pub(super) is_spent: bool,
}

impl<'p> Items<'p> {
    pub(super) fn new(plan: &'p JobPlan) -> Self {
        Self {
            plan,
            next: 0,
            handed: BTreeMap::new(),
            has_repeats: plan.ids.iter().collect::<BTreeSet<_>>().len() < plan.ids.len(),
            outcomes: 0,
            unasked: 0,
            second: 0,
            doubts_dropped: false,
            stopped: false,
            left_over: 0,
        }
    }

    /// How many ids were taken and have no outcome yet.
    pub(super) fn outstanding(&self, taken: usize) -> usize {
        taken - self.next
    }

    pub(super) fn see(
        &mut self,
        seen: &Seen,
        world: &World,
        taken: usize,
        known: impl Fn(u64) -> Known,
        tally: &mut Tally,
    ) -> Result<(), Broken> {
        match seen {
            Seen::Outcome { id, fate } => {
                self.outcomes += 1;
                self.in_order(*id, taken)?;
                tally.count(fate);
                self.is_true(*id, fate, world.truth(*id), &known(*id))
            }
            Seen::Called(result) => {
                self.outcomes += 1;
                check(self.outcomes == 1, "1", || "a call has two results".to_owned())?;
                self.result_is_true(result, world, known)
            }
            Seen::UnaskedRow => {
                tally.notices += 1;
                Self::one_less(&mut self.unasked, "a row counts as unasked, and it is not")
            }
            Seen::SecondRow => {
                tally.notices += 1;
                Self::one_less(&mut self.second, "a row counts as a second one, and it is not")
            }
            Seen::DoubtsDropped => {
                tally.doubts_dropped += 1;
                check(!std::mem::replace(&mut self.doubts_dropped, true), "6", || {
                    "it is said twice that doubts were dropped".to_owned()
                })
            }
            Seen::Row(_) | Seen::Incomplete(_) => {
                Err(Broken { promise: "9", what: format!("a job that lists nothing hands out {seen:?}") })
            }
            Seen::Stopped(_) => check(!std::mem::replace(&mut self.stopped, true), "7", || {
                "it is said twice that the job has stopped".to_owned()
            }),
        }
    }

    fn one_less(count: &mut u64, what: &str) -> Result<(), Broken> {
        check(*count > 0, "1", || what.to_owned())?;
        *count -= 1;
        Ok(())
    }

    /// The outcome is that of the next id of the input, repeats being left out that came while the first
    /// of them had no outcome yet. The last id that was taken may only have been looked at so far.
    fn in_order(&mut self, id: u64, taken: usize) -> Result<(), Broken> {
        loop {
            let position = self.next;
            let Some(due) = self.plan.ids[..taken].get(position) else {
                return Err(Broken {
                    promise: "1",
                    what: format!("offer {id} has an outcome that is not due"),
                });
            };
            self.next += 1;
            let folded_by = self.handed.get(due).copied().unwrap_or(0);
            let is_folded = folded_by >= position + 2;
            if *due == id && !is_folded {
                break;
            }
            check(folded_by > position, "1", || format!("offer {due} was passed over for {id}"))?;
        }
        self.handed.insert(id, taken);
        Ok(())
    }

    fn is_true(&mut self, id: u64, fate: &Fate, truth: Truth, known: &Known) -> Result<(), Broken> {
        let Known { deeds, is_spent } = known;
        let changes = self.plan.kind.changes();
        let has_row = matches!(truth, Truth::Link | Truth::Unapproved);
        let lie = |holds: bool| {
            check(holds, "1", || format!("offer {id} is {truth:?}, {deeds:?}, but has {fate:?}"))
        };
        check(deeds.acted <= 1 || !changes, "4", || format!("the change of offer {id} was made {deeds:?}"))?;
        match fate {
            Fate::Found(row) => lie(has_row && *row == truth),
            Fate::Absent => {
                let excused = deeds.flaked || (deeds.cut && self.doubts_dropped);
                lie(!changes && (truth == Truth::NoRow || (has_row && excused)))
            }
            Fate::Refused(error) => {
                let is_refusal =
                    error.class().is_some_and(|meaning| meaning.next_step(true) == NextStep::Bisect);
                lie(is_refusal && deeds.refused_alone && (deeds.acted == 0 || !changes))
            }
            Fate::Failed(error) => {
                let attempts = self.plan.attempts.get();
                let used_up = match &**error {
                    Error::Exhausted { attempts: used, .. } => *used == attempts,
                    _ => attempts == 1,
                };
                lie(used_up && !is_spent)
            }
            Fate::InDoubt(error) => {
                self.left_over += u64::from(self.stopped);
                lie(changes && *is_spent && matches!(**error, Error::InDoubt(_)))
            }
            Fate::NotAttempted => {
                self.left_over += u64::from(self.stopped);
                lie(self.stopped && !is_spent)
            }
        }
    }

    fn result_is_true(
        &self,
        result: &Result<Vec<(u64, Truth)>, Error>,
        world: &World,
        known: impl Fn(u64) -> Known,
    ) -> Result<(), Broken> {
        let ids = &self.plan.ids;
        let lie = |holds: bool| check(holds, "1", || format!("a call for {ids:?} has {result:?}"));
        match result {
            Ok(rows) => {
                // A row of the endpoint for one offer does not name it.
                let rows: Vec<_> =
                    rows.iter().map(|(id, row)| (if *id == 0 { ids[0] } else { *id }, *row)).collect();
                lie(rows.iter().all(|(id, row)| !ids.contains(id) || world.truth(*id) == *row))?;
                let lacking = |id: &u64| !rows.iter().any(|(named, _)| named == id);
                let excused = |id: &u64| {
                    let Known { deeds, .. } = known(*id);
                    deeds.flaked || deeds.cut || world.truth(*id) == Truth::NoRow
                };
                lie(ids.iter().filter(|id| lacking(id)).all(excused))
            }
            Err(error) => {
                let is_spent = ids.iter().any(|id| known(*id).is_spent);
                let says_so = matches!(error, Error::InDoubt(_));
                // That a change was refused as a whole is for the caller to judge.
                let refused = matches!(error, Error::Api(_));
                lie(if says_so {
                    is_spent && self.plan.kind == Kind::OneApplication
                } else {
                    !is_spent || refused
                })
            }
        }
    }

    /// The job is done: nothing is left, and it was not stopped for nothing.
    pub(super) fn finish(&self, taken: usize, was_asked: bool) -> Result<(), Broken> {
        let ids = &self.plan.ids;
        if !self.plan.kind.is_batch() {
            return check(self.outcomes == 1, "1", || "a call is done without a result".to_owned());
        }
        check(taken == ids.len(), "1", || format!("only {taken} of {} ids were taken", ids.len()))?;
        for (position, id) in ids.iter().enumerate().skip(self.next) {
            let folded = self.handed.get(id).is_some_and(|by| *by > position);
            check(folded, "1", || format!("offer {id} has no outcome"))?;
        }
        check(self.unasked == 0 && self.second == 0, "1", || {
            format!(
                "{} rows that nobody asked for and {} second rows were dropped",
                self.unasked, self.second
            )
        })?;
        check(!was_asked || !self.stopped || self.left_over > 0, "1", || {
            "it is said that the job was stopped early, but it had an outcome for every id".to_owned()
        })
    }
}
