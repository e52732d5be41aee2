use std::collections::BTreeSet;

use offerslook_core::{
    error::{Error, NextStep},
    job::Report,
};

use super::super::{
    job_under_test::{Cause, Verdict, Yield},
    plan::{JobPlan, Kind, Plan},
    server::{Facts, SentRows, Server},
    statistics::Statistics,
    world::{IdMap, Truth, World},
};
use super::{
    Violation,
    certainty::{Certainties, Judgement},
    check,
};

/// Checks what a batch or a call yields: one true outcome per element, in order, and one error if it ended early.
pub(in super::super) struct Outcomes<'p> {
    plan: &'p JobPlan,
    certainties: Certainties,
    is_calm: bool,
    has_repeats: bool,
    /// The number of different ids in the input.
    pub(in super::super) different: usize,
    /// The number of outcomes, which is the position of the next one.
    pub(in super::super) count: usize,
    /// The reason of the ids that were not attempted.
    reason: Option<String>,
    /// The error that ended the run.
    end: Option<Cause>,
    /// Ids that the end of the run cost.
    cost: u64,
    unanswered: u64,
    without_row: u64,
    pub(in super::super) received: Received,
}

/// The rows that the job received, as the answers that it took had them.
#[derive(Default)]
pub(in super::super) struct Received {
    rows: IdMap<Truth>,
    /// Usable rows that may wait for their turn.
    pub(in super::super) waiting: usize,
    pub(in super::super) unrequested: u64,
    pub(in super::super) duplicate: u64,
    pub(in super::super) unusable: u64,
    /// Answers to calls for one id that do not decode. A report may count such an answer as an unusable row.
    pub(in super::super) undecodable: u64,
}

impl Received {
    pub(in super::super) fn take(&mut self, sent: SentRows) {
        for (id, truth) in sent.usable {
            self.waiting += usize::from(self.rows.insert(id, truth).is_none());
        }
        self.unrequested += sent.unrequested;
        self.duplicate += sent.duplicate;
        self.unusable += sent.unusable;
    }

    /// Returns the number of ids with a usable row.
    pub(in super::super) fn ids(&self) -> usize {
        self.rows.len()
    }
}

/// The outcome of one element, and what is known about it beside.
struct Element<'a> {
    id: u64,
    verdict: &'a Verdict,
    truth: Truth,
    facts: Facts,
    /// A change may have been made.
    is_spent: bool,
}

impl<'p> Outcomes<'p> {
    pub(in super::super) fn new(plan: &'p Plan, job: &'p JobPlan) -> Self {
        let different = job.ids.iter().collect::<BTreeSet<_>>().len();
        Self {
            plan: job,
            certainties: Certainties::of(plan),
            // A row that nobody asked for may take the place of the only one that fits.
            is_calm: plan.is_calm(job) && (plan.server.unrequested_rows == 0 || job.max_ids() > 1),
            has_repeats: job.is_endless || different < job.ids.len(),
            different,
            count: 0,
            reason: None,
            end: None,
            cost: 0,
            unanswered: 0,
            without_row: 0,
            received: Received::default(),
        }
    }

    pub(in super::super) fn end(&self) -> Option<&Cause> {
        self.end.as_ref()
    }

    /// The job yields an item.
    pub(in super::super) fn see(
        &mut self,
        seen: &Yield,
        taken: usize,
        is_spent: impl Fn(u64) -> bool,
        (job, server): (usize, &Server<'_>),
        statistics: &mut Statistics,
    ) -> Result<(), Violation> {
        check(self.end.is_none(), "1 (the error is the last item)", || format!("{seen:?} comes after it"))?;
        match seen {
            Yield::Outcome { id, verdict } => {
                let position = self.count;
                let due = self.plan.ids[position % self.plan.ids.len()];
                check(*id == due && position < taken, "1 (order)", || {
                    format!("{id} has an outcome at position {position}, where {due} is due ({taken} taken)")
                })?;
                self.count += 1;
                statistics.count(verdict);
                self.unanswered += u64::from(matches!(verdict, Verdict::Unanswered));
                self.without_row += u64::from(matches!(verdict, Verdict::NoRow));
                let (truth, facts) = (server.truth(*id), server.facts(job, *id));
                let element = Element { id: *id, verdict, truth, facts, is_spent: is_spent(*id) };
                self.is_true(&element, statistics)
            }
            Yield::Result(result) => {
                self.count += 1;
                check(self.count == 1, "1", || "a call has two results".to_owned())?;
                self.result_is_true(result, is_spent, (job, server))
            }
            Yield::End(error) => {
                self.end = Some(error.clone());
                let text = error.to_string();
                check(self.reason.as_ref().is_none_or(|reason| *reason == text), "1 (one reason)", || {
                    format!("the run ends with {text:?}, and ids have {:?}", self.reason)
                })
            }
            Yield::Row(_) => {
                Err(Violation { promise: "1", what: format!("a job that lists nothing yields {seen:?}") })
            }
        }
    }

    /// Checks an outcome against the truth. The only rules; whatever is not allowed here is wrong.
    fn is_true(&mut self, element: &Element<'_>, statistics: &mut Statistics) -> Result<(), Violation> {
        let Element { id, verdict, truth, facts, is_spent } = *element;
        let is_change = self.plan.kind.is_change();
        let received = self.received.rows.get(&id).copied();
        let must = |holds: bool| {
            check(holds, "1 (true verdicts)", || {
                format!("{id} is {truth:?} ({facts:?}), its row was received: {received:?}, but {verdict:?}")
            })
        };
        let judged = |judgement: Judgement, wrong: &mut u64| {
            *wrong += u64::from(judgement == Judgement::Excusable);
            must(judgement != Judgement::Wrong)
        };
        check(facts.changes <= 1 || !is_change, "4", || format!("the change of {id} was made: {facts:?}"))?;
        if received.is_some() {
            self.received.waiting = self.received.waiting.saturating_sub(1);
            // An element that repeats an earlier one may have been asked for again, in vain.
            must(self.has_repeats || matches!(verdict, Verdict::Link | Verdict::NoLink(_)))?;
        } else if truth.is_usable() && !matches!(verdict, Verdict::NotAttempted(_)) {
            statistics.missed += 1;
        }
        match verdict {
            Verdict::Link => must(received == Some(Truth::Link)),
            Verdict::NoLink(row) => must(received == Some(*row)),
            Verdict::NoRow if self.plan.trust_missing_rows => must(facts.asked > 0 && !is_change),
            Verdict::NoRow => {
                must(!is_change)?;
                judged(self.certainties.no_row(truth, facts), &mut statistics.wrong_no_row)
            }
            // Where nothing disturbs the job, every row comes, and two rows prove the rest.
            Verdict::Unanswered => must(
                !is_change
                    && facts.asked + facts.refused_alone > 0
                    && !(self.is_calm
                        && (truth.is_usable() || (truth == Truth::NoRow && self.received.ids() > 2))),
            ),
            Verdict::Refused(error) => {
                let is_refusal = error.class().is_some_and(|class| class.next_step(true) == NextStep::Bisect);
                must(is_refusal && (facts.changes == 0 || !is_change))?;
                let knows_rows = self.received.ids() > 0;
                let judgement = self.certainties.refused(truth, facts, is_change, knows_rows);
                judged(judgement, &mut statistics.wrong_refused)
            }
            Verdict::Failed(error) => {
                let is_undecodable = matches!(**error, Error::Decode(_)) && facts.refused_alone > 1;
                must(!is_spent && (is_undecodable || self.has_used_attempts(error)))
            }
            Verdict::InDoubt(error) => {
                self.cost += 1;
                must(is_change && is_spent && matches!(**error, Error::InDoubt(_)))
            }
            Verdict::NotAttempted(reason) => {
                self.cost += 1;
                must(!is_spent)?;
                let Some(reason) = reason else { return Ok(()) };
                let text = reason.to_string();
                let same = *self.reason.get_or_insert_with(|| text.clone()) == text;
                check(same, "1 (one reason)", || format!("{id} has {text:?}, others have {:?}", self.reason))
            }
        }
    }

    fn has_used_attempts(&self, error: &Error) -> bool {
        match error {
            Error::Exhausted { attempts, .. } => *attempts == self.plan.retries + 1,
            _ => self.plan.retries == 0,
        }
    }

    fn result_is_true(
        &self,
        result: &Result<Vec<(u64, Truth)>, Cause>,
        is_spent: impl Fn(u64) -> bool,
        (job, server): (usize, &Server<'_>),
    ) -> Result<(), Violation> {
        let ids = &self.plan.ids;
        let must =
            |holds: bool| check(holds, "1 (true results)", || format!("a call for {ids:?} has {result:?}"));
        match result {
            Ok(rows) => {
                let world = server.world;
                // A row of the endpoint for one offer does not say whose it is.
                let named = rows.iter().map(|(id, row)| (if *id == 0 { ids[0] } else { *id }, *row));
                let rows: Vec<_> = named.collect();
                let is_true =
                    |id: &u64, row: &Truth| (world.truth(*id) == Truth::Link) == (*row == Truth::Link);
                must(rows.iter().all(|(id, row)| !ids.contains(id) || is_true(id, row)))?;
                let is_lacking = |id: &&u64| !rows.iter().any(|(named, _)| named == *id);
                let is_complete = server.behaviour.is_complete();
                let is_lost = |id: &u64| !is_complete || !server.truth(*id).is_usable();
                // The answer about a single offer without a link has no row.
                let has_no_link =
                    |id: &u64| self.plan.kind == Kind::OneLink && server.truth(*id) == Truth::NoLink;
                let excused = |id: &u64| is_lost(id) || has_no_link(id);
                must(ids.iter().filter(is_lacking).all(excused))
            }
            Err(error) => {
                let is_spent = ids.iter().any(|id| is_spent(*id));
                let is_in_doubt = matches!(**error, Error::InDoubt(_));
                // Whether a change that was refused as a whole was made in part is for the caller to judge.
                let is_refused = matches!(**error, Error::Api(_));
                let changes = ids.iter().map(|id| server.facts(job, *id).changes).sum::<u32>();
                must(if is_in_doubt {
                    is_spent && self.plan.kind == Kind::OneApplication
                } else {
                    is_refused || changes == 0 || self.plan.kind == Kind::OneLink
                })
            }
        }
    }

    /// Returns the numbers of elements that are refused, that have no row, and that have none and are less or greater
    /// than all ids that have one.
    pub(in super::super) fn costly_ids(&self, world: &World) -> (usize, usize, usize) {
        let ids = &self.plan.ids;
        let of = |truth| ids.iter().copied().filter(move |id| world.truth(*id) == truth);
        let malformed = of(Truth::Malformed).count() + of(Truth::Anonymous).count();
        let with_row = || ids.iter().filter(|id| world.truth(**id).is_usable());
        let (least, greatest) = (with_row().min(), with_row().max());
        let is_outside = |id: &u64| least.is_none_or(|least| id < least) || greatest.is_none_or(|it| id > it);
        let without_row = of(Truth::NoRow).count();
        (of(Truth::Refused).count(), without_row + malformed, of(Truth::NoRow).filter(is_outside).count())
    }

    /// Checks the counts of a report. Returns the number of rows in it.
    pub(in super::super) fn report_is_true(&self, report: &Report) -> Result<u64, Violation> {
        let Received { unrequested, duplicate, unusable, undecodable, .. } = self.received;
        let reported =
            [report.unrequested_rows.count, report.duplicate_rows.count, report.unusable_rows.count];
        let is_true = reported[..2] == [unrequested, duplicate]
            && (unusable..=unusable + undecodable).contains(&reported[2]);
        check(is_true, "6 (report)", || {
            format!(
                "{unrequested} unrequested, {duplicate} duplicate and {unusable} unusable rows were received: {report:?}"
            )
        })?;
        let assumed = if self.plan.trust_missing_rows { self.without_row } else { 0 };
        let is_true = report.unproved.count == self.unanswered && report.assumed_missing == assumed;
        check(is_true, "6 (report)", || {
            format!("{} ids are unproved, {assumed} assumed to be missing: {report:?}", self.unanswered)
        })?;
        Ok(reported.iter().sum())
    }

    /// The job is done: every element has its outcome, and an error came exactly if the run ended early.
    pub(in super::super) fn finish(&self, taken: usize, was_stopped: bool) -> Result<(), Violation> {
        let Self { plan, count, end, .. } = self;
        if !plan.kind.is_batch() {
            return check(*count == 1 && end.is_none(), "1", || {
                format!("a call yields {count} results, {end:?}")
            });
        }
        let is_invalid = *count < taken && plan.ids.get(*count) == Some(&0);
        check(*count + usize::from(is_invalid) == taken, "1 (one outcome per element)", || {
            format!("{count} of {taken} elements that were taken have an outcome")
        })?;
        // An invalid id ends the input. So may a stop.
        let due = plan.ids.iter().position(|id| *id == 0).unwrap_or(plan.ids.len());
        check(*count == due || plan.is_endless || was_stopped, "1 (one outcome per element)", || {
            format!("{count} of {due} elements have an outcome")
        })?;
        check(end.is_some() || (self.cost == 0 || self.reason.is_none()), "7 (one error)", || {
            format!("{} ids were not attempted, and no error says why", self.cost)
        })?;
        let may_cost_nothing = !was_stopped || plan.ids.contains(&0);
        check(
            end.is_none() || may_cost_nothing || self.cost > 0 || *count < due || plan.is_endless,
            "7",
            || format!("the run ends with {end:?}, which cost nothing"),
        )
    }
}
