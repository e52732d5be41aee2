//! What both lists of offers have in common.

use crate::{
    envelope::Failure,
    listing::{Column, Kind, List, Operators, Page, Parameters, Query},
    offers::{AffiliateOffer, OfferColumn, Offers},
};

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
pub(super) enum Which {
    /// All that the affiliate sees.
    All,
    /// Those that it is approved for.
    Personal,
}

impl Which {
    pub(super) fn take(parameters: &mut Parameters) -> Result<Self, Failure> {
        parameters.take_word("type", &[("all", Self::All), ("personal", Self::Personal)], Self::All)
    }

    /// The page that is asked for.
    pub(super) fn page<'a>(self, offers: &'a Offers, query: &Query<OfferColumn>) -> Page<AffiliateOffer<'a>> {
        match self {
            Self::All => query.page(offers.visible_ones()),
            Self::Personal => query.page(offers.visible_ones().filter(AffiliateOffer::is_personal)),
        }
    }
}

pub(super) const fn list(most_rows: u64, fields: &'static [&'static str]) -> List<OfferColumn> {
    List { most_rows, columns: COLUMNS, fields }
}
