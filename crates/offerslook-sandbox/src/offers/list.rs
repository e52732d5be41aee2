//! The columns and the `type` of both lists of offers.

use super::{AffiliateOffer, Offers};
use crate::{
    envelope::Failure,
    listing::{Cell, Column, List, Operators, Page, Parameters, Query, Row},
};

const COLUMNS: &[Column] = &[
    Column::number("id", Operators::Order).sortable(),
    Column::text("name", Operators::Order),
    Column::text("pricing_type", Operators::Order),
    Column::number("offer_approval", Operators::Order),
    Column::text("currency", Operators::Order),
    Column::number("conversion_protocol", Operators::Order),
    Column::text("geo_country", Operators::Equality),
    Column::text("offer_platform", Operators::Equality),
    Column::text("category", Operators::Equality),
    Column::text("app_id", Operators::Equality),
    Column::text("status", Operators::Equality),
];

/// The `type` of a list: which offers it holds.
#[derive(Clone, Copy)]
pub(crate) enum OfferType {
    All,
    Personal,
}

impl OfferType {
    pub(crate) fn take(parameters: &mut Parameters) -> Result<Self, Failure> {
        parameters.take_value("type", &[("all", Self::All), ("personal", Self::Personal)], Self::All)
    }

    pub(crate) fn page<'a>(self, offers: &'a Offers, query: &Query) -> Page<AffiliateOffer<'a>> {
        let visible = offers.all().filter(AffiliateOffer::is_visible);
        match self {
            Self::All => query.page(visible),
            Self::Personal => query.page(visible.filter(AffiliateOffer::is_personal)),
        }
    }
}

pub(crate) const fn list(max_rows: u64, fields: &'static [&'static str]) -> List {
    List { max_rows, columns: COLUMNS, fields }
}

impl Row for AffiliateOffer<'_> {
    fn cell(&self, column: &str) -> Cell<'_> {
        let details = || self.details();
        match column {
            "id" => self.id.into(),
            "offer_approval" => self.summary.approval.code().into(),
            "status" => self.summary.status.name().into(),
            "name" => Cell::Text(details().name()),
            "pricing_type" => details().pricing_type.name().into(),
            "currency" => details().currency.as_ref().into(),
            "conversion_protocol" => details().conversion_protocol.code().into(),
            "geo_country" => several(details().geo.included(), |country| &country.code),
            "offer_platform" => several(&details().platforms, |platform| platform.device.name()),
            "category" => several(&details().category, AsRef::as_ref),
            "app_id" => details().app_id.as_deref().map_or(Cell::Null, Cell::from),
            _ => Cell::Null,
        }
    }
}

fn several<T>(items: &[T], text: impl Fn(&T) -> &str) -> Cell<'_> {
    Cell::Several(items.iter().map(|item| text(item).into()).collect())
}
