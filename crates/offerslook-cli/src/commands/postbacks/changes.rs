#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use clap::Args;
use offerslook_core::{
    Endpoint, OfferId,
    affiliate::offer_postbacks::{
        CreatePostback, DeletePostback, Postback, PostbackCode, PostbackId, UpdatePostback,
    },
};

use super::row::{COLUMNS, Type, cells};
use crate::{
    commands::{
        change::{self, ChangeOptions},
        command_options::CommandOptions,
        each::Each,
    },
    context::Context,
    exit::Exit,
    failure::Failure,
    output::{Cell, Writer},
    session::Session,
};

pub(super) const EXAMPLES: &str = "\
Examples:
  offerslook postbacks create --offer 16 --type postback-url \\
    --code 'https://t.example/postback?click={aff_sub1}&payout={payout}'";

#[derive(Args)]
pub(crate) struct Create {
    /// Create it for this offer
    #[arg(long, value_name = "ID", required_unless_present = "all_offers")]
    offer: Option<OfferId>,

    /// Create it for all offers
    #[arg(long, conflicts_with = "offer")]
    all_offers: bool,

    /// Type of the postback
    #[arg(long = "type", value_enum, value_name = "TYPE")]
    kind: Type,

    /// URL or HTML, with macros such as {click_id}
    #[arg(long, value_name = "CODE")]
    code: PostbackCode,

    /// Create it for this event of the offer only
    #[arg(long, value_name = "ID")]
    event: Option<u64>,

    #[command(flatten)]
    change: Change,
}

#[derive(Args)]
pub(crate) struct Update {
    /// Postback id
    #[arg(value_name = "ID")]
    id: PostbackId,

    /// URL or HTML, with macros such as {click_id}
    #[arg(long, value_name = "CODE")]
    code: PostbackCode,

    #[command(flatten)]
    change: Change,
}

#[derive(Args)]
pub(crate) struct Delete {
    /// Postback ids
    #[arg(value_name = "ID", required = true)]
    ids: Vec<PostbackId>,

    #[command(flatten)]
    change: Change,
}

#[derive(Args)]
struct Change {
    #[command(flatten)]
    confirmation: ChangeOptions,
    #[command(flatten)]
    options: CommandOptions,
}

/// Creates a postback.
pub(super) fn create(command: &Create, context: &Context) -> Result<Exit, Failure> {
    let (kind, code) = (command.kind.into(), command.code.clone());
    let call = match command.offer {
        Some(offer) => CreatePostback::for_offer(offer, None, kind, code),
        None => CreatePostback::for_all_offers(kind, code),
    };
    let mut call = call.map_err(|error| Failure::usage(error, ""))?;
    if let Some(event) = command.event {
        call = call.for_event(event);
    }
    let offers = command.offer.map_or("all offers".to_owned(), |offer| format!("offer {offer}"));
    let what = format!("create a postback for {offers}: {}", command.code.as_str());
    command.change.one(&call, &what, "new", context)
}

/// Changes the code of a postback.
pub(super) fn update(command: &Update, context: &Context) -> Result<Exit, Failure> {
    let call = UpdatePostback::new(command.id, command.code.clone());
    let what = format!("change postback {} to {}", command.id, command.code.as_str());
    command.change.one(&call, &what, &command.id.to_string(), context)
}

/// Deletes postbacks, one after the other.
/// Fails if none is deleted, or the output cannot be written.
pub(super) fn delete(command: &Delete, context: &Context) -> Result<Exit, Failure> {
    const COLUMNS: [&str; 2] = ["id", "status"];
    let Some((session, writer)) = command.change.open(&COLUMNS, context)? else {
        let session = command.change.session(context)?;
        for id in &command.ids {
            change::print_request(&DeletePostback::new(*id), &session, context)?;
        }
        return Ok(Exit::Success);
    };
    let ids: Vec<_> = command.ids.iter().map(ToString::to_string).collect();
    let noun = if ids.len() == 1 { "postback" } else { "postbacks" };
    command.change.confirmation.confirm(&format!("delete {noun} {}", ids.join(", ")), context)?;
    let mut each = Each::new(writer, ("postback", "postbacks"));
    for id in &command.ids {
        let result = session.client.run(session.client.jobs().call(&DeletePostback::new(*id)))?.result();
        let deleted = result.map(|()| vec![Cell::Number(id.get().into()), Cell::status(Some("deleted"))]);
        if !each.take(id, deleted, &context.console)? {
            break;
        }
    }
    each.conclude(&context.console)
}

impl Change {
    fn session(&self, context: &Context) -> Result<Session, Failure> {
        self.options.session(context, self.options.connection.builder()?)
    }

    /// Prepares a change; `None` for a dry run.
    fn open(
        &self,
        columns: &[&'static str],
        context: &Context,
    ) -> Result<Option<(Session, Writer)>, Failure> {
        self.options.output.chosen(columns)?;
        self.confirmation.check()?;
        if self.confirmation.dry_run {
            return Ok(None);
        }
        let session = self.session(context)?;
        let writer = self.options.writer(&session, None, columns, columns, context)?;
        Ok(Some((session, writer)))
    }

    /// Makes one change that answers with a postback.
    fn one<E>(&self, call: &E, what: &str, about: &str, context: &Context) -> Result<Exit, Failure>
    where
        E: Endpoint<Output = Postback> + Send + 'static,
    {
        let Some((session, writer)) = self.open(&COLUMNS, context)? else {
            return change::print_request(call, &self.session(context)?, context);
        };
        self.confirmation.confirm(what, context)?;
        let mut each = Each::new(writer, ("postback", "postbacks"));
        let result = session.client.run(session.client.jobs().call(call))?.result();
        each.take(about, result.map(cells), &context.console)?;
        each.conclude(&context.console)
    }
}
