//! `offerslook apply`: applies to offers, and says what became of each application.
#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use clap::Args;
use offerslook_core::{
    Error, IdError, OfferId, OfferIds,
    affiliate::batches::{Application, ApplyToOffers},
};

use super::{
    change::{self, ChangeOptions},
    command_options::CommandOptions,
    ids::Ids,
    listing::personal_offers,
};
use crate::{
    context::Context,
    exit::Exit,
    failure::Failure,
    kind::Kind,
    options::BatchOptions,
    output::{Cell, Finished, Writer},
    session::Session,
};

#[derive(Args)]
pub(crate) struct Apply {
    /// Offer ids, separated by spaces or commas
    #[arg(value_name = "IDS", allow_negative_numbers = true)]
    ids: Vec<String>,

    /// Read more ids from this file
    #[arg(long, value_name = "FILE|-")]
    from: Option<PathBuf>,

    #[command(flatten)]
    change: ChangeOptions,
    #[command(flatten)]
    options: CommandOptions,
    #[command(flatten)]
    batch: BatchOptions,
}

const COLUMNS: [&str; 3] = ["offer_id", "status", "error"];

/// The outcome of one application.
struct Outcome {
    /// As the API writes it, or one of `unknown`, `in_doubt`, `refused`, `failed` and `not_attempted`.
    status: String,
    error: Option<Error>,
}

/// Shows what it is about to do, asks, applies, and writes an outcome per offer.
pub(crate) fn run(command: &Apply, context: &Context) -> Result<Exit, Failure> {
    let options = &command.options;
    options.output.chosen(&COLUMNS)?;
    let ids = Ids::read(&command.ids, command.from.as_deref())?.ids;
    command.change.check()?;
    let session = options.session(context, command.batch.add_to(options.connection.builder()?))?;
    let per_call = command.batch.ids_per_request.unwrap_or(MAX_IDS_PER_CALL).min(MAX_IDS_PER_CALL);
    if command.change.dry_run {
        return dry_run(&ids, per_call, &session, context);
    }
    let writer = options.writer(&session, command.from.as_deref(), &COLUMNS, &COLUMNS, context)?;
    command.change.confirm(&preview(&ids, per_call, &session), context)?;
    let (mut outcomes, stopped) = apply(&ids, &session, context)?;
    read_back(&mut outcomes, &session, context);
    conclude(&ids, &outcomes, stopped.as_ref(), writer, context)
}

/// As the API documents it.
const MAX_IDS_PER_CALL: usize = 100;

fn preview(ids: &[OfferId], per_call: usize, session: &Session) -> String {
    const MAX_SHOWN: usize = 20;
    let shown: Vec<_> = ids.iter().take(MAX_SHOWN).map(ToString::to_string).collect();
    let more = ids.len().saturating_sub(MAX_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (calls, noun) = (ids.len().div_ceil(per_call), if ids.len() == 1 { "offer" } else { "offers" });
    format!(
        "apply to {} {noun} at {} in {calls} {}: {}{more}",
        ids.len(),
        session.account().base_url(),
        if calls == 1 { "call" } else { "calls" },
        shown.join(", "),
    )
}

fn dry_run(ids: &[OfferId], per_call: usize, session: &Session, context: &Context) -> Result<Exit, Failure> {
    for ids in ids.chunks(per_call) {
        let call = ApplyToOffers::new(offer_ids(ids)?);
        let call = call.map_err(|error| Failure::of_api(&error.into(), false))?;
        change::print_request(&call, session, context)?;
    }
    Ok(Exit::Success)
}

fn offer_ids(ids: &[OfferId]) -> Result<OfferIds, Failure> {
    OfferIds::new(ids.iter().copied()).ok_or_else(|| Failure::usage("there is no offer id", ""))
}

type Outcomes = BTreeMap<OfferId, Outcome>;

/// Applies to all offers. The error is why the run ended early, if it did.
fn apply(
    ids: &[OfferId],
    session: &Session,
    context: &Context,
) -> Result<(Outcomes, Option<Error>), Failure> {
    let mut run = session.client.run_batch(session.client.jobs().apply(offer_ids(ids)?))?;
    run.show_progress(Some(ids.len()), &context.console);
    let mut outcomes = Outcomes::new();
    let stopped = run.for_each(|(id, outcome)| _ = outcomes.insert(id, Outcome::new(outcome)));
    Ok((outcomes, stopped))
}

impl Outcome {
    fn new(outcome: Result<Application, IdError>) -> Self {
        let of = |status: &str, error| Self { status: status.to_owned(), error };
        match outcome {
            Ok(row) => of(row.status.as_ref().map_or("unknown", |status| status.as_str()), None),
            Err(IdError::InDoubt(error)) => of("in_doubt", Some(error)),
            Err(IdError::Refused(error)) => of("refused", Some(error)),
            Err(IdError::Failed(error)) => of("failed", Some(error)),
            Err(IdError::NotAttempted(error)) => of("not_attempted", Some(error)),
            // No usable row came, and the application may have been made.
            Err(_) => of("in_doubt", Some(Error::MissingRow)),
        }
    }
}

/// Looks up the applications in doubt in the personal list: who is on it is approved. They are never sent again.
fn read_back(outcomes: &mut Outcomes, session: &Session, context: &Context) {
    let in_doubt: BTreeSet<_> =
        outcomes.iter().filter(|(_, outcome)| outcome.status == "in_doubt").map(|(id, _)| *id).collect();
    if in_doubt.is_empty() || session.interrupt().is_requested() {
        return;
    }
    match personal_offers(session, &context.console) {
        Ok(approved) => {
            for id in approved.iter().filter(|id| in_doubt.contains(id)) {
                outcomes.insert(*id, Outcome { status: "approved".to_owned(), error: None });
            }
        }
        Err(failure) => context.console.warning(format_args!(
            "the personal list, which shows the applications in doubt, cannot be read: {}",
            failure.what
        )),
    }
}

fn conclude(
    ids: &[OfferId],
    outcomes: &Outcomes,
    stopped: Option<&Error>,
    mut writer: Writer,
    context: &Context,
) -> Result<Exit, Failure> {
    let is_answered = |outcome: &&Outcome| outcome.error.is_none() || outcome.status == "in_doubt";
    let answered = outcomes.values().any(|outcome| is_answered(&outcome));
    let first_error = outcomes.values().find_map(|outcome| outcome.error.as_ref());
    if let (false, Some(error)) = (answered, stopped.or(first_error)) {
        return Err(Failure::of_api(error, false));
    }
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for id in ids {
        let Some(outcome) = outcomes.get(id) else { continue };
        *counts.entry(&outcome.status).or_default() += 1;
        let error = outcome.error.as_ref().filter(|_| outcome.status != "not_attempted");
        writer.row(&[
            Cell::Number(id.get().into()),
            Cell::status(Some(&outcome.status)),
            error.map_or(Cell::Empty, |error| {
                Cell::error(Kind::of(error), &context.console.safe(&error.to_string()))
            }),
        ])?;
    }
    let finished = writer.finish(stopped.is_none())?;
    if matches!(finished, Finished::ReaderGone) {
        return Ok(Exit::Success);
    }
    let lasting = outcomes
        .values()
        .find(|outcome| matches!(outcome.status.as_str(), "in_doubt" | "failed" | "not_attempted"));
    let exit = match (stopped.or(lasting.and_then(|outcome| outcome.error.as_ref())), answered) {
        (Some(error), answered) => {
            let failure = Failure::of_api(error, answered);
            context.console.failure(&failure);
            failure.exit
        }
        (None, _) if outcomes.values().any(|outcome| !is_applied(&outcome.status)) => Exit::SomeWithoutLink,
        (None, _) => Exit::Success,
    };
    finished.tell(&context.console);
    let counts: Vec<_> =
        counts.iter().map(|(status, count)| format!("{count} {}", status.replace('_', " "))).collect();
    let noun = if ids.len() == 1 { "offer" } else { "offers" };
    context.console.summary(format_args!("{} {noun}: {}", ids.len(), counts.join(", ")));
    Ok(exit)
}

/// Whether the application was made, and was not turned down.
fn is_applied(status: &str) -> bool {
    matches!(status, "approved" | "pending" | "unknown")
}
