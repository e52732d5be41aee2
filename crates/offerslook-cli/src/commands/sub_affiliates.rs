//! `offerslook sub-affiliates`: whose clicks the network accepts.

use clap::Args;
use offerslook_core::affiliate::sub_affiliate_approval::{ListSubAffiliateRules, SubAffiliateRule};

use super::listing::write_rows;
use crate::{
    context::Context,
    exit::Exit,
    failure::Failure,
    options::{AccountOptions, ConcurrencyOptions, ConnectionOptions, OutputOptions},
    output::{Cell, Inputs, Sink, Writer},
    session::Session,
};

#[derive(Args)]
pub(crate) struct SubAffiliates {
    #[command(flatten)]
    account: AccountOptions,
    #[command(flatten)]
    connection: ConnectionOptions,
    #[command(flatten)]
    concurrency: ConcurrencyOptions,
    #[command(flatten)]
    output: OutputOptions,
}

const COLUMNS: [&str; 5] = ["id", "offer_id", "type", "value", "list_type"];

/// Lists the rules.
///
/// # Errors
/// If there is none because of an error, or the output cannot be written.
pub(crate) fn run(command: &SubAffiliates, context: &Context) -> Result<Exit, Failure> {
    command.output.chosen(&COLUMNS)?;
    let options = command.concurrency.add_to(command.connection.builder()?);
    let session = Session::open(context, &command.account, &command.connection.call, options)?;
    let inputs = Inputs::of_call(&command.account, &command.connection.call, context);
    let sink = Sink::open(command.output.file.path(), &inputs, session.interrupt())?;
    let shows_progress = !(command.output.format.is_streamed() && sink.is_terminal());
    let writer = Writer::new(sink, &command.output, &COLUMNS)?;
    let mut run = session.client.run(session.client.jobs().listing(ListSubAffiliateRules::new()))?;
    if shows_progress {
        run.show_progress(None, &context.console);
    }
    write_rows(run, writer, ("rule", "rules"), cells, &context.console)
}

fn cells(rule: SubAffiliateRule) -> Vec<Cell> {
    vec![
        Cell::Number(rule.id.into()),
        Cell::text(rule.offer_id),
        Cell::label(rule.kind),
        Cell::text(rule.value),
        Cell::label(rule.list_type),
    ]
}
