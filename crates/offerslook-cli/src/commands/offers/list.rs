#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::{collections::BTreeMap, num::NonZeroU32};

use clap::{Args, ValueEnum};
use offerslook_core::{
    Error, OfferId,
    affiliate::{
        Limit, Order,
        batches::{ListBatchOffers, OfferExtra},
        offers::{ListOffers, OfferField, OfferRow},
    },
};

use super::{
    filters::OfferFilters,
    row::{Parts, With, cells, columns},
};
use crate::{
    commands::{
        command_options::CommandOptions,
        listing::{conclude, page_size, write_rows},
    },
    context::Context,
    exit::Exit,
    failure::Failure,
    options::ConcurrencyOptions,
    output::Writer,
    session::Session,
};

pub(super) const EXAMPLES: &str = "\
Examples:
  offerslook --sandbox offers list --status active --fields id,name,payout --format csv
  offerslook offers list --personal --country '!US' --with caps,links --format ndjson";

#[derive(Args)]
pub(crate) struct ListOffersCommand {
    /// Show this as well: caps, creatives, platforms, postbacks, links (from calls of their own)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PART,…", hide_possible_values = true)]
    with: Vec<With>,

    /// Ask for the descriptions, too, which the API leaves out otherwise
    #[arg(long)]
    descriptions: bool,

    /// Order by id: ascending or descending
    #[arg(long, value_enum, value_name = "ORDER", hide_possible_values = true)]
    sort: Option<Sort>,

    /// Rows per page, up to 200 (with --descriptions, up to 100) [default: the most]
    #[arg(long, value_name = "N", value_parser = page_size::<200>)]
    page_size: Option<NonZeroU32>,

    #[command(flatten)]
    filters: OfferFilters,
    #[command(flatten)]
    options: CommandOptions,
    #[command(flatten)]
    concurrency: ConcurrencyOptions,
}

#[derive(Clone, Copy, ValueEnum)]
enum Sort {
    #[value(alias = "asc")]
    Ascending,
    #[value(alias = "desc")]
    Descending,
}

pub(super) fn run(command: &ListOffersCommand, context: &Context) -> Result<Exit, Failure> {
    let (all, in_table) = columns(&command.with);
    let options = &command.options;
    options.output.chosen(&all)?;
    let session = options.session(context, command.concurrency.add_to(options.connection.builder()?))?;
    let writer = options.writer(&session, None, &all, &in_table, context)?;
    let jobs = session.client.jobs();
    let mut run = if command.descriptions {
        session.client.run(jobs.listing(command.batch_call()))?
    } else {
        session.client.run(jobs.offers(command.call()))?
    };
    if command.with.contains(&With::Links) {
        run.show_progress(None, &context.console);
        let mut offers = Vec::new();
        let end = run.for_each(|row| offers.push(row));
        return command.write_with_links(offers, end, writer, &session, context);
    }
    write_rows(
        run,
        writer,
        ("offer", "offers"),
        |row: OfferRow| cells(&row, &Parts::of(&row), &command.with),
        &context.console,
    )
}

/// Adds filters, order and page size to a call. Both lists of offers take the same ones.
macro_rules! with_query {
    ($command:expr, $call:expr) => {{
        let mut call = $call;
        if $command.filters.personal {
            call = call.personal();
        }
        for filter in $command.filters.filters() {
            call = call.filter(filter);
        }
        if let Some(sort) = $command.sort {
            call = call.sort_by_id(sort.into());
        }
        if let Some(rows) = $command.page_size {
            call = call.limit(Limit::at_most(rows));
        }
        call
    }};
}

impl ListOffersCommand {
    fn call(&self) -> ListOffers {
        let call = with_query!(self, ListOffers::new());
        // Columns that the API cannot leave out by themselves need the whole row.
        let field = |name: &String| OfferField::ALL.iter().copied().find(|field| field.as_str() == name);
        let fields: Option<Vec<_>> = self.options.output.fields.iter().map(field).collect();
        match fields {
            Some(fields) if !fields.is_empty() => call.fields(fields),
            _ => call,
        }
    }

    fn batch_call(&self) -> ListBatchOffers {
        with_query!(self, ListBatchOffers::new().with(OfferExtra::Description))
    }

    /// Asks for the links of all listed offers, and writes the rows.
    fn write_with_links(
        &self,
        offers: Vec<OfferRow>,
        end: Option<Error>,
        mut writer: Writer,
        session: &Session,
        context: &Context,
    ) -> Result<Exit, Failure> {
        if let (Some(error), true) = (&end, offers.is_empty()) {
            return Err(Failure::of_listing(error, false));
        }
        let ids: Vec<OfferId> = offers.iter().map(|row| row.offer.id).collect();
        let mut run = session.client.run_batch(session.client.jobs().links(ids))?;
        run.show_progress(Some(offers.len()), &context.console);
        let mut links = BTreeMap::new();
        let stopped = run.for_each(|(id, link)| {
            if let Ok(link) = link {
                links.insert(id, link.url.to_string());
            }
        });
        let end = end.or(stopped);
        let count = offers.len();
        for row in offers {
            let parts = Parts { link: links.remove(&row.offer.id), ..Parts::of(&row) };
            writer.row(&cells(&row, &parts, &self.with))?;
        }
        let count = format!("{count} {}", if count == 1 { "offer" } else { "offers" });
        conclude(writer, end.as_ref(), &count, &context.console)
    }
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Ascending => Self::Ascending,
            Sort::Descending => Self::Descending,
        }
    }
}
