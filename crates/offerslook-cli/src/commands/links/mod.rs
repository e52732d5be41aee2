//! `offerslook links`: offer ids in, one row for each out.
#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

mod answers;
mod journal;
mod row;
mod tally;
mod warnings;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use offerslook_core::{OfferId, Parameter};

use self::{
    answers::{Answers, Ended},
    journal::Done,
    row::{COLUMNS, JOURNAL_COLUMNS, Status},
};
use crate::{
    client::Event,
    commands::{command_options::CommandOptions, ids::Ids, listing},
    context::Context,
    exit::Exit,
    failure::Failure,
    options::{BatchOptions, Format},
    output::{Sink, Writer},
    session::Session,
};

#[derive(Args)]
pub(crate) struct Links {
    /// Offer ids, separated by spaces or commas
    #[arg(value_name = "IDS", allow_negative_numbers = true)]
    ids: Vec<String>,

    /// Read more ids from this file, or from standard input; white space and commas separate them
    #[arg(long, value_name = "FILE|-")]
    from: Option<PathBuf>,

    /// Get the links of all offers that you are approved for
    #[arg(long, conflicts_with_all = ["ids", "from"])]
    all_approved: bool,

    /// Append a parameter to every link; {macros} stay as they are; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    append: Vec<Parameter>,

    /// Continue a run that was killed or stopped; needs its ids, --format ndjson and -o FILE
    #[arg(long)]
    resume: bool,

    /// Call an id without a row absent at once, without proof: for networks that answer completely
    #[arg(long)]
    trust_missing: bool,

    #[command(flatten)]
    options: CommandOptions,
    #[command(flatten)]
    batch: BatchOptions,
}

/// Checks everything, then asks, then writes the rows.
/// Fails if nothing was sent, no id was answered, or the output cannot be written.
pub(crate) fn run(command: &Links, context: &Context) -> Result<Exit, Failure> {
    command.check()?;
    let given =
        if command.all_approved { Ids::default() } else { Ids::read(&command.ids, command.from.as_deref())? };
    let options = command.batch.add_to(command.options.connection.builder()?);
    let session = command.options.session(context, options.trust_missing_rows(command.trust_missing))?;
    let console = &context.console;
    let Ids { ids, repeated } = if command.all_approved {
        Ids { ids: listing::personal_offers(&session, console)?, repeated: 0 }
    } else {
        given
    };
    let (sink, done) = command.open_output(&ids, &session, context)?;
    console.detail(format_args!(
        "asking {} for the links of {} offers; repeated ids: {repeated}; done before: {}",
        session.account().base_url(),
        ids.len(),
        done.rows,
    ));

    let ids = Arc::new(ids);
    let asked = ids.get(done.rows..).unwrap_or_default();
    let columns = command.columns();
    let writer = Writer::new(sink, &command.options.output, columns, columns, console)?;
    let is_watched = writer.is_watched();
    let first = done.rows;
    let mut answers = Answers::new(writer, command.resume, done.tally, &command.append, console.secrets());
    if asked.is_empty() {
        return answers.conclude(&Ended::default(), console);
    }
    let mut run = session.client.run_batch(session.client.jobs().links(one_by_one(&ids, first)))?;
    if !is_watched {
        run.show_progress(Some(asked.len()), console);
    }
    while let Some(event) = run.next_event() {
        match event {
            Event::Item(item) => answers.take(item)?,
            Event::Idle => answers.flush()?,
        }
        if answers.reader_is_gone() {
            return Ok(Exit::Success);
        }
    }
    let calls = run.progress().calls;
    let report = run.into_report();
    let ended = Ended { calls, report, asked, interrupted: session.interrupt().requested() };
    answers.conclude(&ended, console)
}

/// The ids from a position on, without their number, so that a job which ends early does not go through the rest of them.
fn one_by_one(ids: &Arc<Vec<OfferId>>, first: usize) -> impl Iterator<Item = OfferId> + Send + use<> {
    let (ids, mut positions) = (Arc::clone(ids), first..);
    std::iter::from_fn(move || ids.get(positions.next()?).copied())
}

impl Links {
    /// Finds mistakes that only show when options are looked at together.
    fn check(&self) -> Result<(), Failure> {
        let CommandOptions { account, output, .. } = &self.options;
        account.check_sandbox()?;
        if account.api_key_stdin && self.from.as_deref() == Some(Path::new("-")) {
            return Err(Failure::usage(
                "--api-key-stdin and --from - both read standard input",
                "Put the key or the ids into a file.",
            ));
        }
        let is_journal = output.file.path().is_some() && output.format == Format::Ndjson;
        if self.resume && !is_journal {
            return Err(Failure::usage(
                "--resume continues a file of rows",
                "Add --format ndjson and -o FILE.",
            ));
        }
        if self.resume && !output.fields.is_empty() {
            return Err(Failure::usage(
                "--resume needs all columns, and --fields leaves some out",
                "Leave one of them out.",
            ));
        }
        check_names(&self.append)
    }

    /// Opens the output, so that it is known to work before anything is sent.
    fn open_output(
        &self,
        ids: &[OfferId],
        session: &Session,
        context: &Context,
    ) -> Result<(Sink, Done), Failure> {
        let path = self.options.output.file.path();
        let inputs = self.options.inputs(self.from.as_deref(), context);
        let (Some(path), true) = (path, self.resume) else {
            let sink = Sink::open(path, &inputs, session.interrupt())?;
            return Ok((sink, Done::default()));
        };
        let (sink, done) = journal::open(path, &inputs, ids, &self.append)?;
        let failed = done.tally.of(Status::Failed);
        if failed > 0 {
            context.console.warning(format_args!(
                "ids that failed in an earlier run are not asked for again; {} has {failed}",
                path.display()
            ));
        }
        Ok((sink, done))
    }

    /// A journal says which parameters its links have, so that no run adds links with others.
    fn columns(&self) -> &'static [&'static str] {
        if self.resume && !self.append.is_empty() { &JOURNAL_COLUMNS } else { &COLUMNS }
    }
}

/// Which of two parameters of one name counts would be up to the tracker.
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
