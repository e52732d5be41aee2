use std::{
    process::ExitCode,
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use libtest_mimic::{Arguments, Failed, FormatSetting, Trial};

use crate::{
    Adapter,
    cases::{self, Case},
    conversation::LIMIT,
    matrix::{Mark, Matrix},
    trouble::{Trouble, note_panics},
};

/// How long a case may take. What a server waits for has less time, and tells more of what is wrong.
const CASE_LIMIT: Duration = LIMIT.saturating_mul(3);

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
    note_panics();
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
                    let (mark, outcome) = judge(is_declared, CASE_LIMIT, move || (case.run)(adapter));
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

fn judge(
    is_declared: bool,
    limit: Duration,
    run: impl FnOnce() + Send + 'static,
) -> (Mark, Result<(), Failed>) {
    match (is_declared, within(limit, run)) {
        (false, Ok(())) => (Mark::Ok, Ok(())),
        (false, Err(told)) => (Mark::Failed, Err(told.into())),
        (true, Err(_)) => (Mark::Deviates, Ok(())),
        (true, Ok(())) => {
            let stale = "it passes, though a deviation is declared: take it off the adapter's list";
            (Mark::Failed, Err(stale.into()))
        }
    }
}

/// Runs a case on a thread of its own, which is left behind where it takes too long. Tells what went wrong.
fn within(limit: Duration, run: impl FnOnce() + Send + 'static) -> Result<(), String> {
    let trouble = Trouble::default();
    let (running, end) = mpsc::channel::<()>();
    let case = thread::spawn(trouble.clone().noting(move || {
        run();
        drop(running);
    }));
    if end.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
        let told = trouble.told();
        return Err(format!(
            "it is not over after {} seconds: a call does not return\n{told}",
            limit.as_secs()
        ));
    }
    case.join().map_err(|_| trouble.told())
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

#[cfg(test)]
mod tests {
    use std::{panic::AssertUnwindSafe, sync::mpsc, time::Duration};

    use libtest_mimic::Failed;

    use super::{LIMIT, Mark, judge};
    use crate::{scripted_server::ScriptedServer, trouble::note_panics};

    fn passes() {}

    fn fails() {
        note_panics();
        panic!("two is not three");
    }

    fn told(outcome: Result<(), Failed>) -> String {
        outcome.unwrap_err().message().unwrap().to_owned()
    }

    #[test]
    fn a_case_passes_or_fails() {
        let (mark, outcome) = judge(false, LIMIT, passes);
        assert!(mark == Mark::Ok && outcome.is_ok());
        let (mark, outcome) = judge(false, LIMIT, fails);
        assert_eq!(mark, Mark::Failed);
        let told = told(outcome);
        assert!(told.contains("run.rs:") && told.ends_with(": two is not three"), "{told}");
    }

    #[test]
    fn a_declared_deviation_has_to_be_one() {
        let (mark, outcome) = judge(true, LIMIT, fails);
        assert!(mark == Mark::Deviates && outcome.is_ok());
        let (mark, outcome) = judge(true, LIMIT, passes);
        assert!(mark == Mark::Failed && told(outcome).contains("it passes"));
    }

    #[test]
    fn what_a_script_met_is_told_before_what_came_of_it() {
        note_panics();
        let (_, outcome) = judge(false, LIMIT, || {
            let server = ScriptedServer::start(|_| panic!("not what was asked for"));
            let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| server.finish()));
            assert!(outcome.is_ok(), "no answer came");
        });
        let told = told(outcome);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 2, "{told}");
        assert!(
            lines[0].ends_with("not what was asked for") && lines[1].ends_with("no answer came"),
            "{told}"
        );
    }

    #[test]
    fn a_case_that_does_not_end_fails() {
        let (over, when_over) = mpsc::channel::<()>();
        let (mark, outcome) = judge(false, Duration::ZERO, move || {
            let _ = when_over.recv();
        });
        drop(over);
        assert!(mark == Mark::Failed && told(outcome).contains("not over after 0 seconds"));
    }
}
