use super::{ConversionProtocol, OfferApproval, OfferStatus, Platform, PricingType};
use crate::{
    affiliate::query::{Comparison, Equality, Filter},
    types::OfferId,
};

/// Which offers a list is to hold. Those that pass all of its filters come.
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
    /// By the number of the offer.
    #[must_use]
    pub fn id(comparison: Comparison, id: OfferId) -> Self {
        Self(Filter::compare("id", comparison, &id))
    }

    /// By its name.
    #[must_use]
    pub fn name(comparison: Comparison, name: &str) -> Self {
        Self(Filter::compare("name", comparison, &name))
    }

    /// By what is paid for.
    #[must_use]
    pub fn pricing_type(comparison: Comparison, pricing_type: &PricingType) -> Self {
        Self(Filter::compare("pricing_type", comparison, pricing_type))
    }

    /// By who may run it.
    #[must_use]
    pub fn offer_approval(comparison: Comparison, approval: OfferApproval) -> Self {
        Self(Filter::compare("offer_approval", comparison, &approval.code()))
    }

    /// By the currency of its amounts, such as `USD`.
    #[must_use]
    pub fn currency(comparison: Comparison, currency: &str) -> Self {
        Self(Filter::compare("currency", comparison, &currency))
    }

    /// By how conversions are told to the network.
    #[must_use]
    pub fn conversion_protocol(comparison: Comparison, protocol: ConversionProtocol) -> Self {
        Self(Filter::compare("conversion_protocol", comparison, &protocol.code()))
    }

    /// By a country that it is for: two letters of ISO 3166, such as `AE`.
    #[must_use]
    pub fn geo_country(equality: Equality, country_code: &str) -> Self {
        Self(Filter::compare("geo_country", equality, &country_code))
    }

    /// By a kind of device that it is for.
    #[must_use]
    pub fn offer_platform(equality: Equality, platform: &Platform) -> Self {
        Self(Filter::compare("offer_platform", equality, platform))
    }

    /// By one of its categories.
    #[must_use]
    pub fn category(equality: Equality, category: &str) -> Self {
        Self(Filter::compare("category", equality, &category))
    }

    /// By the application in its store, such as `com.example.app`.
    #[must_use]
    pub fn app_id(equality: Equality, app_id: &str) -> Self {
        Self(Filter::compare("app_id", equality, &app_id))
    }

    /// By whether it runs. The reference does not name this filter; it has been seen in use, in this form
    /// alone: is the value.
    #[must_use]
    pub fn status(status: &OfferStatus) -> Self {
        Self(Filter::short("status", status))
    }
}
