//! `offerslook links`: offer ids in, one row for each out.

use std::{collections::BTreeSet, path::Path};

use offerslook_core::{Account, OfferId, Parameter};
use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::{
    account,
    answers::{Answers, Ended},
    cli::{Cli, LinksArgs},
    client,
    console::Console,
    environment::Environment,
    exit::Exit,
    failure::Failure,
    ids::AskedIds,
    journal,
    output::{Format, Output, Sink},
    progress::ProgressLine,
    row::Status,
    signals,
    worker::Worker,
};

/// Checks everything first, then asks, then says what came of it.
///
/// # Errors
/// Where nothing was sent, no id was answered, or the output cannot be written.
pub(crate) fn run(
    cli: &Cli,
    args: &LinksArgs,
    environment: Result<Environment, Failure>,
    console: &mut Console,
) -> Result<Exit, Failure> {
    check_combinations(cli, args)?;
    check_names(&args.append)?;
    let AskedIds { mut ids, repeated } = AskedIds::read(&args.ids, args.from.as_deref())?;
    let (account, _sandbox) = account(cli, environment, console)?;
    let options = cli.calls.options()?;
    let output = output(cli, args, &ids, console)?;
    console.detail(format_args!(
        "asking {} for the links of {} offers; repeated ids: {repeated}; done before: {}",
        account.base_url(),
        ids.len(),
        output.done,
    ));

    let rest = ids.split_off(output.done);
    let format = cli.output.format;
    let leftover = output.sink.leftover();
    let rows_show_progress = format.is_streamed() && output.sink.is_terminal();
    let asked = rest.len();
    let mut answers = Answers::new(output, format, &args.append, &console.secrets);
    if rest.is_empty() {
        return answers.conclude(Ended { calls: 0, stop_asked: false }, console);
    }
    let worker = Worker::start().map_err(|cause| Failure::not_possible("start a thread", &cause))?;
    let mut run = client::start(cli.calls.transport, worker.handle(), account, options, rest)
        .map_err(|error| cli.calls.setup_failure(&error))?;
    let stopper = run.stop_handle();
    let shown = !cli.output.quiet && !rows_show_progress;
    let progress = shown.then(|| ProgressLine::new(asked, run.progress_handle()));
    let stop_asked = signals::watch(worker.handle(), move || stopper.stop(), leftover)
        .map_err(|cause| Failure::not_possible("listen to signals", &cause))?;
    while let Some(item) = run.next() {
        if let Some(line) = &progress {
            line.show(run.progress());
        }
        answers.take(item)?;
        if answers.reader_is_gone() {
            return Ok(Exit::Success);
        }
    }
    drop(progress);
    answers.conclude(Ended { calls: run.progress().calls, stop_asked: stop_asked.is_set() }, console)
}

/// Mistakes that only show when options are looked at together.
fn check_combinations(cli: &Cli, args: &LinksArgs) -> Result<(), Failure> {
    if cli.account.sandbox {
        account::forbid_beside_sandbox(&cli.account)?;
    }
    if cli.account.api_key_stdin && args.from.as_deref() == Some(Path::new("-")) {
        return Err(Failure::usage(
            "--api-key-stdin and --from - both read standard input",
            "Put the key or the ids into a file.",
        ));
    }
    if args.resume && (cli.output.file().is_none() || cli.output.format != Format::Ndjson) {
        return Err(Failure::usage(
            "--resume goes on in a file of rows",
            "Give it --format ndjson and -o FILE.",
        ));
    }
    Ok(())
}

/// Which of two parameters of one name counts would be for the tracker to say.
fn check_names(append: &[Parameter]) -> Result<(), Failure> {
    let mut names = BTreeSet::new();
    match append.iter().find(|parameter| !names.insert(parameter.name())) {
        None => Ok(()),
        Some(twice) => Err(Failure::usage(
            format_args!("--append names {:?} twice", twice.name()),
            "Give each name once.",
        )),
    }
}

/// The account, and the stand-in where it is of that, which lives as long as this is kept.
fn account(
    cli: &Cli,
    environment: Result<Environment, Failure>,
    console: &mut Console,
) -> Result<(Account, Option<Sandbox>), Failure> {
    if !cli.account.sandbox {
        let account = account::resolve(&cli.account, &environment?, &mut console.secrets)?;
        return Ok((account, None));
    }
    // As if the network had raised its quota to what the run may use.
    let quota = cli.calls.quota();
    let sandbox = Sandbox::start(SandboxConfig::default().quota(quota.calls(), quota.window()))
        .map_err(|cause| Failure::not_possible("start the sandbox", &cause))?;
    Ok((account::of_sandbox(&sandbox, &mut console.secrets)?, Some(sandbox)))
}

/// Where the rows go: opened now, so that it is known to work before anything is sent.
fn output(cli: &Cli, args: &LinksArgs, ids: &[OfferId], console: &Console) -> Result<Output, Failure> {
    let (Some(path), true) = (cli.output.file(), args.resume) else {
        return Ok(Output::new(Sink::open(cli.output.file())?));
    };
    let journal = journal::open(path, ids)?;
    let failed = journal.tally.of(Status::Failed);
    if failed > 0 {
        console.warning(format_args!(
            "ids that failed in an earlier run are not asked for again; {} has {failed}",
            path.display()
        ));
    }
    Ok(journal)
}
