use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
    sync::Arc,
};

use libtest_mimic::{Arguments, Failed, FormatSetting, Trial};

use crate::{
    Adapter,
    cases::{self, Case},
    matrix::{Mark, Matrix},
};

/// Runs the table against these adapters, and prints what came of it. To be called by the `main` of a test target
/// without harness; it takes the arguments that other test targets take: a filter, `--list`, `--test-threads` and
/// so on.
///
/// ```no_run
/// # use offerslook_conformance::{Adapter, Client};
/// # use offerslook_core::{Account, SetupError, job::Options};
/// # struct Mine;
/// # impl Adapter for Mine {
/// #     fn name(&self) -> &str { "mine" }
/// #     fn client(&self, _: Account, _: Options) -> Result<Box<dyn Client>, SetupError> { loop {} }
/// # }
/// fn main() -> std::process::ExitCode {
///     offerslook_conformance::main(&[&Mine])
/// }
/// ```
#[must_use]
pub fn main(adapters: &[&'static dyn Adapter]) -> ExitCode {
    be_quiet_of_deviations();
    let cases = cases::all();
    let matrix = Arc::new(Matrix::new(adapters, &cases));
    let mut arguments = Arguments::from_args();
    // They wait for each other's silence more than they compute.
    arguments.test_threads.get_or_insert(8);
    let mut trials: Vec<(bool, Trial)> = Vec::new();
    for (column, &adapter) in adapters.iter().enumerate() {
        trials.push((false, known_deviations(adapter, &cases)));
        for (row, &case) in cases.iter().enumerate() {
            let is_declared = is_declared(adapter, &case.title());
            let matrix = Arc::clone(&matrix);
            let trial =
                Trial::test(format!("conformance: {}: {}", adapter.name(), case.title()), move || {
                    let (mark, outcome) = judge(is_declared, &|| (case.run)(adapter));
                    matrix.set(row, column, mark);
                    outcome
                });
            trials.push((is_declared, trial));
        }
    }
    // What deviates may wait in vain, for as long as a case may take: it begins first.
    trials.sort_by_key(|(is_declared, _)| !is_declared);
    let trials = trials.into_iter().map(|(_, trial)| trial).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !matches!(arguments.format, Some(FormatSetting::Json)) {
        print(&matrix);
    }
    conclusion.exit_code()
}

#[expect(clippy::print_stdout, reason = "it is what the run is for")]
fn print(matrix: &Matrix) {
    print!("{matrix}");
}

fn is_declared(adapter: &dyn Adapter, title: &str) -> bool {
    adapter.deviations().iter().any(|deviation| deviation.cases.contains(&title))
}

fn judge(is_declared: bool, run: &dyn Fn()) -> (Mark, Result<(), Failed>) {
    IS_DECLARED.set(is_declared);
    let passed = panic::catch_unwind(AssertUnwindSafe(run));
    IS_DECLARED.set(false);
    match (is_declared, passed) {
        (false, Ok(())) => (Mark::Ok, Ok(())),
        (false, Err(panic)) => (Mark::Failed, Err(told(&*panic).into())),
        (true, Err(_)) => (Mark::Deviates, Ok(())),
        (true, Ok(())) => {
            let stale = "it passes, though a deviation is declared: take it off the adapter's list";
            (Mark::Failed, Err(stale.into()))
        }
    }
}

fn told(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref().map(String::as_str)).unwrap_or("it panicked").to_owned()
}

/// A deviation from a case that is not there would never be noticed.
fn known_deviations(adapter: &'static dyn Adapter, cases: &[Case]) -> Trial {
    let titles: Vec<String> = cases.iter().map(Case::title).collect();
    Trial::test(format!("conformance: {}: declared deviations are of the table", adapter.name()), move || {
        let mut declared = adapter.deviations().iter().flat_map(|deviation| deviation.cases);
        match declared.find(|case| !titles.iter().any(|title| title == *case)) {
            Some(unknown) => Err(format!("there is no case {unknown:?}").into()),
            None => Ok(()),
        }
    })
}

thread_local! {
    static IS_DECLARED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread runs a case that is expected to fail.
pub(crate) fn is_declared_here() -> bool {
    IS_DECLARED.get()
}

/// Makes this thread a part of a case that is expected to fail, or not.
pub(crate) fn declare_here(is_declared: bool) {
    IS_DECLARED.set(is_declared);
}

/// What is expected to fail does so silently.
fn be_quiet_of_deviations() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !is_declared_here() {
            usual(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::{Mark, judge};

    fn passes() {}

    fn fails() {
        // Not reported, where nobody reads it.
        std::panic::resume_unwind(Box::new("two is not three"));
    }

    #[test]
    fn a_case_passes_or_fails() {
        let (mark, outcome) = judge(false, &passes);
        assert!(mark == Mark::Ok && outcome.is_ok());
        let (mark, outcome) = judge(false, &fails);
        assert_eq!((mark, outcome.unwrap_err().message()), (Mark::Failed, Some("two is not three")));
    }

    #[test]
    fn a_declared_deviation_has_to_be_one() {
        let (mark, outcome) = judge(true, &fails);
        assert!(mark == Mark::Deviates && outcome.is_ok());
        let (mark, outcome) = judge(true, &passes);
        assert!(mark == Mark::Failed && outcome.unwrap_err().message().unwrap().contains("it passes"));
    }
}
