//! The outcomes of all cases, to read.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use comfy_table::{ContentArrangement, Table, presets};

use crate::{cases::Case, panic_log::Panic};

/// The panics of a case that failed.
pub(crate) type Outcome = Result<(), Vec<Panic>>;

/// Cases in which a transport is known to behave differently, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deviation {
    /// The title of a case, or its beginning and a `*`.
    pub(crate) cases: &'static str,
    pub(crate) reason: &'static str,
}

impl Deviation {
    pub(crate) fn covers(&self, case: &Case) -> bool {
        match self.cases.strip_suffix('*') {
            Some(beginning) => case.title().starts_with(beginning),
            None => case.title() == self.cases,
        }
    }
}

/// A transport in the report.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) deviations: Vec<Deviation>,
}

/// The outcomes so far: a row for each case, a column for each transport.
pub(crate) struct Report {
    columns: Vec<Column>,
    rows: Vec<Case>,
    /// By row and column; `None` where the case was not run.
    outcomes: Mutex<Vec<Vec<Option<Outcome>>>>,
}

/// Failures with one cause.
struct Failures<'a> {
    cause: String,
    /// Each case, and the transports that fail it.
    cases: Vec<(String, Vec<&'static str>)>,
    /// The panics of the first of them.
    panics: &'a [Panic],
}

impl Report {
    pub(crate) fn new(columns: Vec<Column>, rows: Vec<Case>) -> Self {
        let outcomes = Mutex::new(rows.iter().map(|_| columns.iter().map(|_| None).collect()).collect());
        Self { columns, rows, outcomes }
    }

    pub(crate) fn set(&self, row: usize, column: usize, outcome: Outcome) {
        self.outcomes()[row][column] = Some(outcome);
    }

    pub(crate) fn name(&self, column: usize) -> &'static str {
        self.columns[column].name
    }

    pub(crate) fn deviation(&self, row: usize, column: usize) -> Option<&Deviation> {
        self.columns[column].deviations.iter().find(|deviation| deviation.covers(&self.rows[row]))
    }

    /// Returns what is wrong with the declared deviations: those that cover no case, and those all of whose cases
    /// were run and passed.
    pub(crate) fn stale_deviations(&self) -> Vec<String> {
        let outcomes = self.outcomes();
        let mut stale = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            for deviation in &column.deviations {
                let covered =
                    self.rows.iter().zip(outcomes.iter()).filter(|(case, _)| deviation.covers(case));
                let covered: Vec<_> = covered.map(|(_, outcomes)| &outcomes[index]).collect();
                if covered.is_empty() {
                    stale.push(format!("{}: no case is called {:?}", column.name, deviation.cases));
                } else if covered.iter().all(|outcome| matches!(outcome, Some(Ok(())))) {
                    stale.push(format!(
                        "{}: {:?} passes, though a deviation is declared: remove it",
                        column.name, deviation.cases
                    ));
                }
            }
        }
        stale
    }

    fn outcomes(&self) -> MutexGuard<'_, Vec<Vec<Option<Outcome>>>> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn word(&self, row: usize, column: usize, outcome: Option<&Outcome>) -> &'static str {
        match outcome {
            None => "—",
            Some(Ok(())) => "ok",
            Some(Err(_)) if self.deviation(row, column).is_some() => "deviates",
            Some(Err(_)) => "FAILED",
        }
    }

    /// The matrix of the cases that were run, and the number of cases by outcome.
    fn matrix(&self, outcomes: &[Vec<Option<Outcome>>]) -> Table {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).force_no_tty();
        table.set_content_arrangement(ContentArrangement::Disabled);
        let names = self.columns.iter().map(|column| column.name);
        table.set_header(["family", "case"].into_iter().chain(names));
        let mut words = Vec::new();
        let mut last_family = "";
        for (row, (case, outcomes)) in self.rows.iter().zip(outcomes).enumerate() {
            if outcomes.iter().all(Option::is_none) {
                continue;
            }
            let family = if case.family == last_family { "" } else { case.family };
            last_family = case.family;
            let cells = outcomes.iter().enumerate();
            let cells: Vec<_> = cells.map(|(column, cell)| self.word(row, column, cell.as_ref())).collect();
            table.add_row([family, case.name].into_iter().chain(cells.iter().copied()));
            words.push(cells);
        }
        for (title, word) in [("total", "ok"), ("", "deviates"), ("", "FAILED")] {
            let count =
                |column: usize| words.iter().filter(|cells| cells[column] == word).count().to_string();
            let counts: Vec<String> = (0..self.columns.len()).map(count).collect();
            table.add_row([title, word].into_iter().chain(counts.iter().map(String::as_str)));
        }
        table
    }

    /// Groups the failures whose first panics have the same cause. Most frequent first.
    fn failures<'a>(&self, outcomes: &'a [Vec<Option<Outcome>>]) -> Vec<Failures<'a>> {
        let mut all: Vec<Failures<'a>> = Vec::new();
        for (row, outcomes) in outcomes.iter().enumerate() {
            for (column, outcome) in outcomes.iter().enumerate() {
                let Some(Err(panics)) = outcome else { continue };
                if self.deviation(row, column).is_some() {
                    continue;
                }
                // If a script fails, the outcome of the client only follows from that.
                let cause = panics.first().map(Panic::cause).unwrap_or_default();
                let index = all.iter().position(|known| known.cause == cause).unwrap_or_else(|| {
                    all.push(Failures { cause, cases: Vec::new(), panics });
                    all.len() - 1
                });
                let (title, cases) = (self.rows[row].title(), &mut all[index].cases);
                match cases.last_mut().filter(|(last, _)| *last == title) {
                    Some((_, transports)) => transports.push(self.name(column)),
                    None => cases.push((title, vec![self.name(column)])),
                }
            }
        }
        all.sort_by_key(|failures| std::cmp::Reverse(failures.cases.len()));
        all
    }

    /// Writes the reason of each deviation that this run showed, with its cases.
    fn write_deviations(&self, f: &mut fmt::Formatter<'_>, outcomes: &[Vec<Option<Outcome>>]) -> fmt::Result {
        for (index, column) in self.columns.iter().enumerate() {
            let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
            for (row, outcomes) in outcomes.iter().enumerate() {
                let (Some(Err(_)), Some(deviation)) = (&outcomes[index], self.deviation(row, index)) else {
                    continue;
                };
                match reasons.iter_mut().find(|(reason, _)| *reason == deviation.reason) {
                    Some((_, cases)) => cases.push(self.rows[row].title()),
                    None => reasons.push((deviation.reason, vec![self.rows[row].title()])),
                }
            }
            for (reason, cases) in reasons {
                writeln!(f, "{} deviates: {reason}\n    {}\n", column.name, cases.join("\n    "))?;
            }
        }
        Ok(())
    }
}

/// The matrix, the deviations, the failures by cause, and the stale deviations. Empty if no case was run.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcomes = self.outcomes().clone();
        if outcomes.iter().flatten().all(Option::is_none) {
            return Ok(());
        }
        writeln!(f, "{}\n", self.matrix(&outcomes).trim_fmt())?;
        self.write_deviations(f, &outcomes)?;
        for failures in self.failures(&outcomes) {
            write!(f, "{failures}")?;
        }
        for stale in self.stale_deviations() {
            writeln!(f, "{stale}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Failures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cause, cases, panics } = self;
        let verb = if cases.len() == 1 { "case fails" } else { "cases fail" };
        writeln!(f, "{} {verb}: {cause}", cases.len())?;
        for (case, transports) in cases {
            writeln!(f, "    {case} ({})", transports.join("; "))?;
        }
        for panic in *panics {
            writeln!(f, "  at {}: {}", panic.location, panic.message.replace('\n', "\n    "))?;
        }
        writeln!(f)
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Deviation, Outcome, Report};
    use crate::{cases::Case, panic_log::Panic};

    const CASES: [(&str, &str); 6] = [
        ("responses", "plain"),
        ("responses", "404"),
        ("gzip", "bomb"),
        ("gzip", "inflated"),
        ("proxies", "https"),
        ("proxies", "loopback"),
    ];

    fn report(deviations: &[&'static str]) -> Report {
        let deviations =
            deviations.iter().map(|cases| Deviation { cases, reason: "it cannot do it" }).collect();
        let first = Column { name: "first", deviations: Vec::new() };
        let cases = CASES.map(|(family, name)| Case { family, name, run: |_| {}, is_of_client: false });
        Report::new(vec![first, Column { name: "second", deviations }], cases.to_vec())
    }

    fn fails(cause: &str) -> Outcome {
        let location = "src/cases.rs:7".to_owned();
        Err(vec![Panic { message: format!("{cause}\nand where it came from"), location }])
    }

    #[test]
    fn a_report_shows_the_matrix_the_deviations_and_the_failures_by_cause() {
        let report = report(&["responses: plain", "proxies: *"]);
        report.set(0, 0, Ok(()));
        report.set(0, 1, fails("expected a response, got Tls"));
        report.set(1, 0, fails("expected status 404, got 200"));
        report.set(1, 1, Ok(()));
        report.set(2, 0, fails("expected BodyTooLarge, got Malformed"));
        report.set(3, 0, fails("expected BodyTooLarge, got Malformed"));
        report.set(4, 1, fails("expected a response, got UnknownHost"));
        report.set(5, 1, Ok(()));
        insta::assert_snapshot!(report.to_string());
        assert!(report.stale_deviations().is_empty());
    }

    #[test]
    fn a_run_without_cases_has_an_empty_report() {
        assert_eq!(report(&[]).to_string(), "");
    }

    #[test]
    fn a_deviation_whose_cases_all_pass_or_do_not_exist_is_stale() {
        let report = report(&["responses: plain", "gzip: *", "proxies: *", "redirects: 301"]);
        for row in 0..5 {
            report.set(row, 1, Ok(()));
        }
        assert_eq!(
            report.stale_deviations(),
            [
                r#"second: "responses: plain" passes, though a deviation is declared: remove it"#,
                r#"second: "gzip: *" passes, though a deviation is declared: remove it"#,
                r#"second: no case is called "redirects: 301""#,
            ]
        );
    }
}
