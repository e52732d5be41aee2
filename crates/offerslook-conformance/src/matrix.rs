//! What came of each case with each adapter, to look at.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use comfy_table::{ContentArrangement, Table, presets};

use crate::{Adapter, Deviation, cases::Case};

/// What came of a case with an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Ok,
    Failed,
    /// It failed, as the adapter says that it would.
    Deviates,
}

pub(crate) struct Matrix {
    columns: Vec<(String, Vec<Deviation>)>,
    rows: Vec<Row>,
}

struct Row {
    family: &'static str,
    case: String,
    /// One an adapter; none where it was not selected.
    marks: Mutex<Vec<Option<Mark>>>,
}

impl Matrix {
    pub(crate) fn new(adapters: &[&dyn Adapter], cases: &[Case]) -> Self {
        let rows = cases.iter().map(|case| Row {
            family: case.family,
            case: case.name.replace('_', " "),
            marks: Mutex::new(vec![None; adapters.len()]),
        });
        let columns =
            adapters.iter().map(|adapter| (adapter.name().to_owned(), adapter.deviations().to_vec()));
        Self { columns: columns.collect(), rows: rows.collect() }
    }

    pub(crate) fn set(&self, row: usize, column: usize, mark: Mark) {
        self.rows[row].marks.lock().unwrap_or_else(PoisonError::into_inner)[column] = Some(mark);
    }

    /// The rows that were selected for at least one adapter.
    fn selected(&self) -> Vec<(&Row, Vec<Option<Mark>>)> {
        let marks = self.rows.iter().map(|row| {
            let marks = row.marks.lock().unwrap_or_else(PoisonError::into_inner).clone();
            (row, marks)
        });
        marks.filter(|(_, marks)| marks.iter().any(Option::is_some)).collect()
    }
}

type Selected<'a> = [(&'a Row, Vec<Option<Mark>>)];

/// Nothing where no case was run.
impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let selected = self.selected();
        if selected.is_empty() {
            return Ok(());
        }
        writeln!(f, "{}\n", self.table(&selected).trim_fmt())?;
        for (column, (name, deviations)) in self.columns.iter().enumerate() {
            for deviation in deviations {
                write_deviation(f, name, deviation, &|case| {
                    let is_it = |row: &Row| format!("{}: {}", row.family, row.case) == case;
                    selected.iter().any(|(row, marks)| is_it(row) && marks[column] == Some(Mark::Deviates))
                })?;
            }
        }
        Ok(())
    }
}

impl Matrix {
    fn table(&self, selected: &Selected<'_>) -> Table {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .force_no_tty()
            .set_content_arrangement(ContentArrangement::Disabled);
        let adapters = self.columns.iter().map(|(name, _)| name.clone());
        table.set_header(["family".to_owned(), "case".to_owned()].into_iter().chain(adapters));
        let mut family = "";
        for (row, marks) in selected {
            // A family is named once, so that the eye finds it.
            let named = if row.family == family { "" } else { row.family };
            family = row.family;
            let marks = marks.iter().map(|mark| word(*mark).to_owned());
            table.add_row([named.to_owned(), row.case.clone()].into_iter().chain(marks));
        }
        for (title, mark) in [("in all", Mark::Ok), ("", Mark::Deviates), ("", Mark::Failed)] {
            let count = |column| selected.iter().filter(|(_, marks)| marks[column] == Some(mark)).count();
            let counts = (0..self.columns.len()).map(|column| count(column).to_string());
            table.add_row([title.to_owned(), word(Some(mark)).to_owned()].into_iter().chain(counts));
        }
        table
    }
}

fn write_deviation(
    f: &mut fmt::Formatter<'_>,
    adapter: &str,
    deviation: &Deviation,
    deviates: &dyn Fn(&str) -> bool,
) -> fmt::Result {
    let cases: Vec<&str> = deviation.cases.iter().copied().filter(|case| deviates(case)).collect();
    if cases.is_empty() {
        return Ok(());
    }
    writeln!(f, "{adapter} deviates: {}", deviation.why)?;
    for case in cases {
        writeln!(f, "    {case}")?;
    }
    writeln!(f)
}

fn word(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::Ok) => "ok",
        Some(Mark::Failed) => "FAILED",
        Some(Mark::Deviates) => "deviates",
        None => "—",
    }
}

#[cfg(test)]
mod tests {
    use offerslook_core::{Account, SetupError, job::Options};

    use super::{Mark, Matrix};
    use crate::{Adapter, Client, Deviation, cases::Case};

    struct Named(&'static str);

    impl Adapter for Named {
        fn name(&self) -> &str {
            self.0
        }

        fn client(&self, _: Account, _: Options) -> Result<Box<dyn Client>, SetupError> {
            unreachable!("nothing is run")
        }

        fn deviations(&self) -> &[Deviation] {
            const TAKES_LESS: &[Deviation] =
                &[Deviation { cases: &["answers: plain", "gzip: bomb"], why: "it takes less" }];
            if self.0 == "second" { TAKES_LESS } else { &[] }
        }
    }

    fn matrix() -> Matrix {
        let case = |(family, name)| Case { family, name, run: |_| {} };
        let cases =
            [("answers", "plain"), ("answers", "not_found"), ("gzip", "bomb"), ("tls", "expired")].map(case);
        Matrix::new(&[&Named("first"), &Named("second")], &cases)
    }

    #[test]
    fn rows_are_cases_and_columns_are_adapters() {
        let matrix = matrix();
        matrix.set(0, 0, Mark::Ok);
        matrix.set(0, 1, Mark::Deviates);
        matrix.set(1, 0, Mark::Ok);
        matrix.set(1, 1, Mark::Ok);
        matrix.set(2, 0, Mark::Failed);
        insta::assert_snapshot!(matrix.to_string());
    }

    #[test]
    fn where_nothing_is_run_nothing_is_shown() {
        assert_eq!(matrix().to_string(), "");
    }
}
