//! `offerslook sub-affiliates`: whose clicks the network accepts.

use clap::Args;
use offerslook_core::affiliate::sub_affiliate_approval::{ListSubAffiliateRules, SubAffiliateRule};

use super::{command_options::CommandOptions, listing::write_rows};
use crate::{context::Context, exit::Exit, failure::Failure, options::ConcurrencyOptions, output::Cell};

#[derive(Args)]
pub(crate) struct SubAffiliates {
    #[command(flatten)]
    options: CommandOptions,
    #[command(flatten)]
    concurrency: ConcurrencyOptions,
}

const COLUMNS: [&str; 5] = ["id", "offer_id", "type", "value", "list_type"];

pub(crate) fn run(command: &SubAffiliates, context: &Context) -> Result<Exit, Failure> {
    let options = &command.options;
    options.output.chosen(&COLUMNS)?;
    let session = options.session(context, command.concurrency.add_to(options.connection.builder()?))?;
    let writer = options.writer(&session, None, &COLUMNS, &COLUMNS, context)?;
    let run = session.client.run(session.client.jobs().listing(ListSubAffiliateRules::new()))?;
    write_rows(run, writer, ("rule", "rules"), cells, &context.console)
}

fn cells(rule: SubAffiliateRule) -> Vec<Cell<'static>> {
    vec![
        Cell::Number(rule.id.into()),
        Cell::text(rule.offer_id),
        Cell::label(rule.kind),
        Cell::text(rule.value),
        Cell::label(rule.list_type),
    ]
}
