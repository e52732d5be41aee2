use clap::ValueEnum;
use offerslook_core::affiliate::offer_postbacks::{Postback, PostbackKind, PostbackScope};

use crate::output::Cell;

pub(super) const COLUMNS: [&str; 9] =
    ["id", "offer_id", "event_id", "type", "status", "code", "create_time", "update_time", "affiliate_id"];

/// The type of a postback that can be created.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Type {
    ImagePixel,
    PostbackUrl,
    HtmlPixel,
}

impl From<Type> for PostbackKind {
    fn from(kind: Type) -> Self {
        match kind {
            Type::ImagePixel => Self::ImagePixel,
            Type::PostbackUrl => Self::PostbackUrl,
            Type::HtmlPixel => Self::HtmlPixel,
        }
    }
}

pub(super) fn cells(postback: Postback) -> Vec<Cell<'static>> {
    vec![
        Cell::Number(postback.id.get().into()),
        postback.offer_id.map_or(Cell::Empty, |scope| {
            Cell::Number(match scope {
                PostbackScope::Offer(id) => id.get().into(),
                PostbackScope::AllOffers => 0,
            })
        }),
        Cell::number(postback.event_id),
        Cell::label(postback.kind),
        Cell::status(postback.status),
        Cell::text(postback.code),
        Cell::time(postback.create_time),
        Cell::time(postback.update_time),
        Cell::number(postback.affiliate_id),
    ]
}
