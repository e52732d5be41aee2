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
    any_transport::AnyTransport,
    asynchronous::Async,
    blocking::Blocking,
    cases,
    fixtures::STEP_LIMIT,
    panic_log::{Panic, PanicLog, install_hook},
    report::{Column, Deviation, Outcome, Report},
};

/// The limit of a case. A step of a server has less time, and its message says more.
const CASE_LIMIT: Duration = STEP_LIMIT.saturating_mul(3);

/// Cases per run at a time: they wait more than they compute.
const DEFAULT_THREADS: usize = 16;

/// Deviations of a transport: the title of a case, or its beginning and a `*`, and the reason.
pub type Deviations = &'static [(&'static str, &'static str)];

/// Runs all cases against a transport of the blocking client. This is the `main` of a test without harness; see
/// [`Suite::run`].
#[must_use]
pub fn blocking<T: offerslook_client::blocking::Transport>(
    name: &'static str,
    deviations: Deviations,
) -> ExitCode {
    Suite::default().transport(name, Blocking::<T>::default(), deviations).run()
}

/// Runs all cases against a transport of the async client, on tokio's current-thread runtime. This is the `main` of a
/// test without harness; see [`Suite::run`], and [`Async::on`] for other runtimes.
#[must_use]
pub fn asynchronous<T: offerslook_client::Transport>(name: &'static str, deviations: Deviations) -> ExitCode {
    Suite::default().transport(name, Async::<T>::default(), deviations).run()
}

/// A run of all cases against several transports, side by side.
#[derive(Default)]
pub struct Suite {
    transports: Vec<(Column, Arc<dyn AnyTransport>)>,
}

impl Suite {
    /// Adds a transport.
    #[must_use]
    pub fn transport(
        mut self,
        name: &'static str,
        transport: impl AnyTransport + 'static,
        deviations: Deviations,
    ) -> Self {
        let deviations = deviations.iter().map(|&(cases, reason)| Deviation { cases, reason }).collect();
        self.transports.push((Column { name, deviations }, Arc::new(transport)));
        self
    }

    /// Runs the cases that the command line selects, and prints the report. This is the body of a `main`: it takes the
    /// arguments of any test (a filter, `--list`, `--test-threads`, …).
    ///
    /// The exit code is a failure if a case fails without a declared deviation, or a declared deviation is not one.
    #[must_use]
    pub fn run(self) -> ExitCode {
        install_hook();
        let mut arguments = Arguments::from_args();
        arguments.test_threads.get_or_insert(DEFAULT_THREADS);
        let is_json = matches!(arguments.format, Some(FormatSetting::Json));
        let (columns, transports): (Vec<_>, Vec<_>) = self.transports.into_iter().unzip();
        let report = Arc::new(Report::new(columns, cases::all()));
        let conclusion = libtest_mimic::run(&arguments, trials(&report, &transports, is_json));
        if !is_json {
            print(&report);
        }
        let is_passed = !conclusion.has_failed() && (arguments.list || report.stale_deviations().is_empty());
        if is_passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn trials(report: &Arc<Report>, transports: &[Arc<dyn AnyTransport>], is_json: bool) -> Vec<Trial> {
    let mut trials: Vec<(bool, Trial)> = Vec::new();
    for (column, transport) in transports.iter().enumerate() {
        let is_first = transports[..column].iter().all(|other| other.is_async() != transport.is_async());
        for (row, case) in cases::all().into_iter().enumerate() {
            if case.is_of_client && !is_first {
                continue;
            }
            let is_declared = report.deviation(row, column).is_some();
            let title = format!("conformance: {}: {}", report.name(column), case.title());
            let (report, transport) = (Arc::clone(report), Arc::clone(transport));
            let trial = Trial::test(title, move || {
                let outcome = within(CASE_LIMIT, move || (case.run)(&*transport));
                let result = match &outcome {
                    Err(panics) if !is_declared => Err(failed(panics, is_json)),
                    _ => Ok(()),
                };
                report.set(row, column, outcome);
                result
            });
            trials.push((is_declared, trial));
        }
    }
    // A deviation may take as long as a case may take: it starts first.
    trials.sort_by_key(|(is_declared, _)| !is_declared);
    trials.into_iter().map(|(_, trial)| trial).collect()
}

/// The report has the messages, by cause; JSON has no report.
fn failed(panics: &[Panic], is_json: bool) -> Failed {
    if !is_json {
        return Failed::without_message();
    }
    let messages = panics.iter().map(|panic| format!("{}: {}", panic.location, panic.message));
    messages.collect::<Vec<_>>().join("\n").into()
}

#[expect(clippy::print_stdout, reason = "the purpose of the run")]
fn print(report: &Report) {
    print!("{report}");
}

/// Runs a case on a thread of its own, which is abandoned if it takes too long.
fn within(limit: Duration, run: impl FnOnce() + Send + 'static) -> Outcome {
    let log = PanicLog::default();
    let (running, end) = mpsc::channel::<()>();
    let case = thread::spawn(log.clone().collecting(move || {
        run();
        drop(running);
    }));
    if end.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
        let message = format!("the case does not end within {} s: a call does not return", limit.as_secs());
        let mut panics = log.panics();
        panics.push(Panic { message, location: String::new() });
        return Err(panics);
    }
    case.join().map_err(|_| log.panics())
}

#[cfg(test)]
mod tests {
    use std::{panic::AssertUnwindSafe, sync::mpsc, time::Duration};

    use super::{CASE_LIMIT, within};
    use crate::{panic_log::install_hook, server::ScriptedServer};

    #[test]
    fn a_case_passes_or_fails() {
        install_hook();
        assert!(within(CASE_LIMIT, || {}).is_ok());
        let panics = within(CASE_LIMIT, || panic!("two is not three")).unwrap_err();
        assert_eq!(panics[0].message, "two is not three");
        assert!(panics[0].location.contains("suite.rs:"), "{panics:?}");
    }

    #[test]
    fn the_panic_of_a_script_comes_before_that_of_the_client() {
        install_hook();
        let panics = within(CASE_LIMIT, || {
            let server = ScriptedServer::start(|_| panic!("another request was expected"));
            let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| server.finish()));
            assert!(outcome.is_ok(), "no response");
        });
        let messages: Vec<String> = panics.unwrap_err().into_iter().map(|panic| panic.message).collect();
        assert_eq!(messages, ["another request was expected", "no response"]);
    }

    #[test]
    fn a_case_that_does_not_end_fails() {
        let (over, when_over) = mpsc::channel::<()>();
        let panics = within(Duration::ZERO, move || {
            let _ = when_over.recv();
        });
        drop(over);
        assert!(panics.unwrap_err()[0].message.contains("does not end within 0 s"));
    }
}
