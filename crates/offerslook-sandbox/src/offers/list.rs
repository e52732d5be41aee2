//! The columns and the `type` of both lists of offers.

use super::{AffiliateOffer, Offers};
use crate::{
    envelope::Failure,
    listing::{Cell, Column, Kind, List, Operators, Page, Parameters, Query, Row},
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfferColumn {
    Id,
    Name,
    PricingType,
    OfferApproval,
    Currency,
    ConversionProtocol,
    GeoCountry,
    OfferPlatform,
    Category,
    AppId,
    Status,
}

const COLUMNS: &[Column<OfferColumn>] = &[
    Column { sorts: true, ..column("id", OfferColumn::Id, Kind::Number, Operators::Order) },
    column("name", OfferColumn::Name, Kind::Text, Operators::Order),
    column("pricing_type", OfferColumn::PricingType, Kind::Text, Operators::Order),
    column("offer_approval", OfferColumn::OfferApproval, Kind::Number, Operators::Order),
    column("currency", OfferColumn::Currency, Kind::Text, Operators::Order),
    column("conversion_protocol", OfferColumn::ConversionProtocol, Kind::Number, Operators::Order),
    column("geo_country", OfferColumn::GeoCountry, Kind::Text, Operators::Equality),
    column("offer_platform", OfferColumn::OfferPlatform, Kind::Text, Operators::Equality),
    column("category", OfferColumn::Category, Kind::Text, Operators::Equality),
    column("app_id", OfferColumn::AppId, Kind::Text, Operators::Equality),
    column("status", OfferColumn::Status, Kind::Text, Operators::Equality),
];

const fn column(
    name: &'static str,
    column: OfferColumn,
    kind: Kind,
    operators: Operators,
) -> Column<OfferColumn> {
    Column { name, column, kind, operators, sorts: false }
}

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

    pub(crate) fn page<'a>(self, offers: &'a Offers, query: &Query<OfferColumn>) -> Page<AffiliateOffer<'a>> {
        let visible = offers.all().filter(AffiliateOffer::is_visible);
        match self {
            Self::All => query.page(visible),
            Self::Personal => query.page(visible.filter(AffiliateOffer::is_personal)),
        }
    }
}

pub(crate) const fn list(max_rows: u64, fields: &'static [&'static str]) -> List<OfferColumn> {
    List { max_rows, columns: COLUMNS, fields }
}

impl Row for AffiliateOffer<'_> {
    type Column = OfferColumn;

    fn cell(&self, column: OfferColumn) -> Cell<'_> {
        let details = || self.details();
        match column {
            OfferColumn::Id => self.id.into(),
            OfferColumn::OfferApproval => self.summary.approval.code().into(),
            OfferColumn::Status => self.summary.status.name().into(),
            OfferColumn::Name => Cell::Text(details().name()),
            OfferColumn::PricingType => details().pricing_type.name().into(),
            OfferColumn::Currency => details().currency.as_ref().into(),
            OfferColumn::ConversionProtocol => details().conversion_protocol.code().into(),
            OfferColumn::GeoCountry => several(details().geo.included(), |country| &country.code),
            OfferColumn::OfferPlatform => several(&details().platforms, |platform| platform.device.name()),
            OfferColumn::Category => several(&details().category, AsRef::as_ref),
            OfferColumn::AppId => details().app_id.as_deref().map_or(Cell::Null, Cell::from),
        }
    }
}

fn several<T>(items: &[T], text: impl Fn(&T) -> &str) -> Cell<'_> {
    Cell::Several(items.iter().map(|item| text(item).into()).collect())
}
