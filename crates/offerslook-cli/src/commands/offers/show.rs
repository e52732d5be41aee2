#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::path::PathBuf;

use clap::Args;
use offerslook_core::{
    Endpoint, Error, OfferId,
    affiliate::offers::{
        GetOffer, GetOfferCaps, GetOfferCreatives, GetOfferPlatforms, GetOfferPostbacks,
        GetOfferTrackingLink, OfferRow,
    },
};

use super::row::{Parts, With, cells, columns};
use crate::{
    commands::{command_options::CommandOptions, each::Each, ids::Ids},
    context::Context,
    exit::Exit,
    failure::Failure,
    session::Session,
};

#[derive(Args)]
pub(crate) struct ShowOffers {
    /// Offer ids, separated by spaces or commas
    #[arg(value_name = "IDS", allow_negative_numbers = true)]
    ids: Vec<String>,

    /// Read more ids from this file, or from standard input
    #[arg(long, value_name = "FILE|-")]
    from: Option<PathBuf>,

    /// Show this as well, from calls of its own: caps, creatives, platforms, postbacks, links
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PART,…", hide_possible_values = true)]
    with: Vec<With>,

    #[command(flatten)]
    options: CommandOptions,
}

/// Shows offers, one call for each and for each part.
pub(super) fn run(command: &ShowOffers, context: &Context) -> Result<Exit, Failure> {
    let (all, in_table) = columns(&command.with);
    let options = &command.options;
    options.output.chosen(&all)?;
    let ids = Ids::read(&command.ids, command.from.as_deref())?.ids;
    let session = options.session(context, options.connection.builder()?)?;
    let writer = options.writer(&session, command.from.as_deref(), &all, &in_table, context)?;
    let mut each = Each::new(writer, ("offer", "offers"));
    for id in ids {
        let shown = show(id, &command.with, &session)?;
        let cells = shown.map(|(row, parts)| cells(&row, &parts, &command.with));
        if !each.take(id, cells, &context.console)? {
            break;
        }
    }
    each.conclude(&context.console)
}

type Shown = Result<(OfferRow, Parts), Error>;

fn show(id: OfferId, with: &[With], session: &Session) -> Result<Shown, Failure> {
    let row = match call(&GetOffer::new(id), session)? {
        Ok(row) => row,
        Err(error) => return Ok(Err(error)),
    };
    let mut parts = Parts::of(&row);
    for part in with {
        let read = match part {
            With::Caps => call(&GetOfferCaps::new(id), session)?.map(|cap| parts.caps = Some(cap)),
            With::Creatives => call(&GetOfferCreatives::new(id), session)?.map(|list| parts.creatives = list),
            With::Platforms => call(&GetOfferPlatforms::new(id), session)?.map(|list| parts.platforms = list),
            With::Postbacks => call(&GetOfferPostbacks::new(id), session)?.map(|list| parts.postbacks = list),
            With::Links => call(&GetOfferTrackingLink::new(id), session)?
                .map(|link| parts.link = link.url.url().map(ToString::to_string)),
        };
        if let Err(error) = read {
            return Ok(Err(error));
        }
    }
    Ok(Ok((row, parts)))
}

fn call<E>(call: &E, session: &Session) -> Result<Result<E::Output, Error>, Failure>
where
    E: Endpoint<Output: Send> + Send + 'static,
{
    Ok(session.client.run(session.client.jobs().call(call))?.result())
}
