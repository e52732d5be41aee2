use clap::ValueEnum;
use offerslook_core::{
    Link, OfferId,
    affiliate::{
        offer_postbacks::Postback,
        offers::{Creative, OfferCap, OfferPlatform, OfferRow},
    },
};

use crate::output::Cell;

/// What else is shown of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum With {
    Caps,
    Creatives,
    Platforms,
    Postbacks,
    Links,
}

impl With {
    fn column(self) -> &'static str {
        match self {
            Self::Caps => "caps",
            Self::Creatives => "creatives",
            Self::Platforms => "platforms",
            Self::Postbacks => "postbacks",
            Self::Links => "link",
        }
    }
}

/// The columns of every offer.
const COLUMNS: [&str; 18] = [
    "id",
    "name",
    "status",
    "offer_approval",
    "pricing_type",
    "payout",
    "percent_payout",
    "currency",
    "category",
    "countries",
    "conversion_protocol",
    "end_date",
    "app_id",
    "tracking_link",
    "preview_url",
    "thumbnail",
    "description",
    "events",
];

/// Those that a table has unless `--fields` names others.
const IN_TABLE: [&str; 8] =
    ["id", "name", "status", "offer_approval", "pricing_type", "payout", "currency", "countries"];

/// Returns all columns, and those of a table.
pub(super) fn columns(with: &[With]) -> (Vec<&'static str>, Vec<&'static str>) {
    let more: Vec<_> = with.iter().map(|part| part.column()).collect();
    ([&COLUMNS[..], &more].concat(), [&IN_TABLE[..], &more].concat())
}

/// The parts of an offer that are shown on request.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) caps: Option<OfferCap>,
    pub(super) creatives: Vec<Creative>,
    pub(super) platforms: OfferPlatform,
    pub(super) postbacks: Vec<Postback>,
    pub(super) link: Option<String>,
}

impl Parts {
    /// Those that the row of a list has already.
    pub(super) fn of(row: &OfferRow) -> Self {
        Self {
            caps: row.offer_cap.clone(),
            creatives: row.offer_creative.clone(),
            platforms: row.offer_platform.clone(),
            postbacks: row.offer_postback.clone(),
            link: None,
        }
    }
}

pub(super) fn cells(row: &OfferRow, parts: &Parts, with: &[With]) -> Vec<Cell<'static>> {
    let offer = &row.offer;
    let categories: Vec<_> = offer.category.iter().collect();
    let countries: Vec<_> =
        row.offer_geo.target.iter().filter_map(|target| target.country_code.as_deref()).collect();
    let link = match &offer.tracking_link {
        Link::Url(url) => Some(url.to_string()),
        Link::NeedToApply => Some("Need to apply".to_owned()),
        Link::Other(text) => Some(text.clone()),
        _ => None,
    };
    let events: Vec<_> = row.events().collect();
    let mut cells = vec![
        id(offer.id),
        Cell::text(offer.name.as_ref()),
        Cell::status(offer.status.as_ref()),
        Cell::label(offer.offer_approval),
        Cell::text(offer.pricing_type.as_ref()),
        Cell::text(offer.payout),
        Cell::text(offer.percent_payout.as_ref()),
        Cell::text(offer.currency.as_ref()),
        joined(&categories),
        joined(&countries),
        Cell::label(offer.conversion_protocol),
        Cell::time(offer.end_date),
        Cell::text(offer.app_id.as_ref()),
        Cell::text(link),
        Cell::text(offer.preview_url.as_ref()),
        Cell::text(offer.thumbnail.as_ref()),
        Cell::text(offer.description.as_ref()),
        Cell::nested(&events),
    ];
    cells.extend(with.iter().map(|part| match part {
        With::Caps => Cell::nested(&parts.caps),
        With::Creatives => Cell::nested(&parts.creatives),
        With::Platforms => Cell::nested(&parts.platforms.target),
        With::Postbacks => Cell::nested(&parts.postbacks),
        With::Links => Cell::text(parts.link.as_ref()),
    }));
    cells
}

fn id(id: OfferId) -> Cell<'static> {
    Cell::Number(id.get().into())
}

/// A list of words: a list in JSON, and joined with commas elsewhere.
fn joined(words: &[&str]) -> Cell<'static> {
    if words.is_empty() {
        return Cell::Empty;
    }
    Cell::Nested { json: words.into(), text: words.join(",") }
}
