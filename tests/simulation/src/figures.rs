use std::fmt;

use super::{plan::Plan, run::run};

/// The figures of a scenario over all seeds.
#[derive(Debug, Default)]
pub struct Figures {
    /// The scenario.
    pub name: String,
    /// The number of ids.
    pub ids: u64,
    /// The maximum number of calls that it may take.
    pub bar: Option<u64>,
    /// Wrong verdicts are a documented limit.
    pub is_known_limit: bool,
    /// The number of calls of each seed, sorted.
    pub calls: Vec<u64>,
    /// Existing ids that are said to have no row.
    pub wrong_no_row: u64,
    /// Ids that are said to be refused, and are not.
    pub wrong_refused: u64,
    /// Ids for which nothing could be proved.
    pub unproved: u64,
    /// Ids that were not attempted.
    pub not_attempted: u64,
    /// Ids with a row that have no link, and were attempted.
    pub missed: u64,
    /// The first seed that breaks another promise.
    pub violation: Option<(u64, String)>,
}

impl Figures {
    /// The head of the table.
    pub const HEADER: &str = "server                                            ids  wrong: no row  refused  unproved  not attempted  missed  calls: min  median     max     bar";

    pub(super) fn add(&mut self, seed: u64, plan: &Plan) {
        let outcome = run(plan);
        self.calls.push(outcome.statistics.calls);
        self.wrong_no_row += outcome.statistics.wrong_no_row;
        self.wrong_refused += outcome.statistics.wrong_refused;
        self.unproved += outcome.statistics.unanswered;
        self.not_attempted += outcome.statistics.not_attempted;
        self.missed += outcome.statistics.missed;
        if let (None, Some(violation)) = (&self.violation, outcome.violation) {
            self.violation = Some((seed, violation.to_string()));
        }
    }

    /// Returns the maximum number of calls of any seed.
    #[must_use]
    pub fn most_calls(&self) -> u64 {
        self.calls.last().copied().unwrap_or_default()
    }

    /// Returns `true` if every verdict is true and the bar is met.
    #[must_use]
    pub fn holds(&self) -> bool {
        let is_true = self.is_known_limit || self.wrong_no_row + self.wrong_refused == 0;
        let is_met = self.bar.is_none_or(|bar| self.most_calls() <= bar);
        let may_end = self.name.contains("refuses all") || self.name.contains("another key from");
        let is_found = self.missed == 0 || self.bar.is_none();
        is_true && is_met && (may_end || (is_found && self.not_attempted == 0)) && self.violation.is_none()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, ids, wrong_no_row, wrong_refused, unproved, not_attempted, missed, .. } = self;
        let least = self.calls.first().copied().unwrap_or_default();
        let median = self.calls.get(self.calls.len() / 2).copied().unwrap_or_default();
        let bar = self.bar.map_or("-".to_owned(), |bar| bar.to_string());
        let seeds = u64::try_from(self.calls.len()).unwrap_or(1).max(1);
        write!(
            f,
            "{name:46} {ids:>6}  {wrong_no_row:>13}  {wrong_refused:>7}  {:>8}  {:>13}  {:>6}  {least:>10}  {median:>6}  {:>6}  {bar:>6}",
            unproved / seeds,
            not_attempted / seeds,
            missed,
            self.most_calls()
        )?;
        match self.holds() {
            true if self.is_known_limit => write!(f, "  known limit"),
            true => Ok(()),
            false => write!(f, "  MISSED"),
        }
    }
}
