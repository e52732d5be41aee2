use super::{OfferApproval, OfferStatus, Platform, PricingType};
use crate::{
    affiliate::{
        offer_postbacks::ConversionProtocol,
        query::{Comparison, Equality, Filter},
    },
    types::OfferId,
};

/// A filter of a list of offers.
///
/// ```
/// use offerslook_core::affiliate::{Comparison, Equality, offers::{ListOffers, OfferFilter}};
///
/// let call = ListOffers::new()
///     .filter(OfferFilter::geo_country(Equality::EqualTo, "AE"))
///     .filter(OfferFilter::id(Comparison::GreaterThan, "41000".parse()?));
/// # Ok::<(), offerslook_core::ParseOfferIdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OfferFilter(pub(in crate::affiliate) Filter);

impl OfferFilter {
    /// Filters by the id of the offer.
    #[must_use]
    pub fn id(comparison: Comparison, id: OfferId) -> Self {
        Self(Filter::compare("id", comparison, &id))
    }

    /// Filters by its name.
    #[must_use]
    pub fn name(comparison: Comparison, name: &str) -> Self {
        Self(Filter::compare("name", comparison, &name))
    }

    /// Filters by what is paid for.
    #[must_use]
    pub fn pricing_type(comparison: Comparison, pricing_type: &PricingType) -> Self {
        Self(Filter::compare("pricing_type", comparison, pricing_type))
    }

    /// Filters by who may promote it.
    #[must_use]
    pub fn offer_approval(comparison: Comparison, approval: OfferApproval) -> Self {
        Self(Filter::compare("offer_approval", comparison, &approval.code()))
    }

    /// Filters by the currency of its amounts, such as `USD`.
    #[must_use]
    pub fn currency(comparison: Comparison, currency: &str) -> Self {
        Self(Filter::compare("currency", comparison, &currency))
    }

    /// Filters by how conversions are reported to the network.
    #[must_use]
    pub fn conversion_protocol(comparison: Comparison, protocol: ConversionProtocol) -> Self {
        Self(Filter::compare("conversion_protocol", comparison, &protocol.code()))
    }

    /// Filters by a country that it targets: an ISO 3166 code such as `AE`.
    #[must_use]
    pub fn geo_country(equality: Equality, country_code: &str) -> Self {
        Self(Filter::compare("geo_country", equality, &country_code))
    }

    /// Filters by a kind of device that it targets.
    #[must_use]
    pub fn offer_platform(equality: Equality, platform: &Platform) -> Self {
        Self(Filter::compare("offer_platform", equality, platform))
    }

    /// Filters by one of its categories.
    #[must_use]
    pub fn category(equality: Equality, category: &str) -> Self {
        Self(Filter::compare("category", equality, &category))
    }

    /// Filters by the id of the app in its store, such as `com.example.app`.
    #[must_use]
    pub fn app_id(equality: Equality, app_id: &str) -> Self {
        Self(Filter::compare("app_id", equality, &app_id))
    }

    /// Keeps offers with this status. The reference does not list this filter, but it is in use, without other
    /// operators.
    #[must_use]
    pub fn status(status: &OfferStatus) -> Self {
        Self(Filter::short("status", status))
    }
}
