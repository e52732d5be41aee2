//! What both lists of offers have in common.

use super::{AffiliateOffer, Offers};
use crate::{
    envelope::Failure,
    listing::{Cell, Column, Kind, List, Operators, Page, Parameters, Query, Row},
};

/// What lists of offers can be filtered by.
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

/// What both lists can be filtered by.
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

/// Which offers a list is of.
#[derive(Clone, Copy)]
pub(crate) enum Which {
    /// All that the affiliate sees.
    All,
    /// Those that it is approved for.
    Personal,
}

impl Which {
    pub(crate) fn take(parameters: &mut Parameters) -> Result<Self, Failure> {
        parameters.take_word("type", &[("all", Self::All), ("personal", Self::Personal)], Self::All)
    }

    /// The page that is asked for.
    pub(crate) fn page<'a>(self, offers: &'a Offers, query: &Query<OfferColumn>) -> Page<AffiliateOffer<'a>> {
        match self {
            Self::All => query.page(offers.visible_ones()),
            Self::Personal => query.page(offers.visible_ones().filter(AffiliateOffer::is_personal)),
        }
    }
}

pub(crate) const fn list(most_rows: u64, fields: &'static [&'static str]) -> List<OfferColumn> {
    List { most_rows, columns: COLUMNS, fields }
}

impl Row for AffiliateOffer<'_> {
    type Column = OfferColumn;

    fn cell(&self, column: OfferColumn) -> Cell<'_> {
        let whole = || self.whole();
        match column {
            OfferColumn::Id => self.id.into(),
            OfferColumn::OfferApproval => self.outline.approval.code().into(),
            OfferColumn::Status => self.outline.status.word().into(),
            OfferColumn::Name => Cell::Text(whole().name()),
            OfferColumn::PricingType => whole().pricing_type.word().into(),
            OfferColumn::Currency => whole().currency.as_ref().into(),
            OfferColumn::ConversionProtocol => whole().conversion_protocol.code().into(),
            OfferColumn::GeoCountry => several(whole().geo.included(), |country| &country.code),
            OfferColumn::OfferPlatform => several(&whole().platforms, |platform| platform.device.word()),
            OfferColumn::Category => several(&whole().category, AsRef::as_ref),
            OfferColumn::AppId => whole().app_id.as_deref().map_or(Cell::Null, Cell::from),
        }
    }
}

fn several<T>(items: &[T], text: impl Fn(&T) -> &str) -> Cell<'_> {
    Cell::Several(items.iter().map(|item| text(item).into()).collect())
}
