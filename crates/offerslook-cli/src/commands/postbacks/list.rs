#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::num::NonZeroU32;

use clap::Args;
use offerslook_core::{
    OfferId,
    affiliate::{
        Comparison, Limit,
        offer_postbacks::{ListPostbacks, PostbackFilter, PostbackScope, PostbackStatus},
    },
};

use super::row::{COLUMNS, Type, cells};
use crate::{
    commands::{
        command_options::CommandOptions,
        listing::{page_size, write_rows},
    },
    context::Context,
    exit::Exit,
    failure::Failure,
    options::ConcurrencyOptions,
};

#[derive(Args)]
pub(crate) struct ListPostbacksCommand {
    /// Postbacks of this offer
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    offer: Option<OfferId>,

    /// Postbacks for all offers
    #[arg(long, conflicts_with = "offer", help_heading = "Filters")]
    all_offers: bool,

    /// Postbacks with this status
    #[arg(long, value_parser = ["pending", "approved", "rejected"], help_heading = "Filters")]
    status: Option<String>,

    /// Postbacks of this type
    #[arg(long = "type", value_enum, value_name = "TYPE", help_heading = "Filters")]
    kind: Option<Type>,

    /// Postbacks of this event
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    event: Option<u64>,

    /// Rows per page, up to 1000 [default: the most]
    #[arg(long, value_name = "N", value_parser = page_size::<1000>)]
    page_size: Option<NonZeroU32>,

    #[command(flatten)]
    options: CommandOptions,
    #[command(flatten)]
    concurrency: ConcurrencyOptions,
}

pub(super) fn run(command: &ListPostbacksCommand, context: &Context) -> Result<Exit, Failure> {
    let options = &command.options;
    options.output.chosen(&COLUMNS)?;
    let session = options.session(context, command.concurrency.add_to(options.connection.builder()?))?;
    let writer = options.writer(&session, None, &COLUMNS, &COLUMNS, context)?;
    let run = session.client.run(session.client.jobs().listing(command.call()))?;
    write_rows(run, writer, ("postback", "postbacks"), cells, &context.console)
}

impl ListPostbacksCommand {
    fn call(&self) -> ListPostbacks {
        let scope =
            self.offer.map(PostbackScope::Offer).or(self.all_offers.then_some(PostbackScope::AllOffers));
        let status = self.status.as_deref().map(PostbackStatus::from);
        let is = Comparison::EqualTo;
        let filters = [
            scope.map(|scope| PostbackFilter::offer_id(is, scope)),
            status.map(|status| PostbackFilter::status(is, &status)),
            self.kind.map(|kind| PostbackFilter::kind(is, kind.into())),
            self.event.map(|event| PostbackFilter::event_id(is, event)),
        ];
        let call = filters.into_iter().flatten().fold(ListPostbacks::new(), ListPostbacks::filter);
        match self.page_size {
            Some(rows) => call.limit(Limit::at_most(rows)),
            None => call,
        }
    }
}
