#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use clap::{Args, ValueEnum};
use offerslook_core::{
    OfferId,
    affiliate::{
        Comparison, Equality,
        offers::{ConversionProtocol, OfferApproval, OfferFilter, OfferStatus, Platform, PricingType},
    },
};

/// Which offers are listed.
#[derive(Args)]
#[command(next_help_heading = "Filters (with ! in front of a value: all but these)")]
pub(crate) struct OfferFilters {
    /// Offers that you are approved for; without it, all that you can see
    #[arg(long)]
    pub(super) personal: bool,

    /// Offers with this status, such as active
    #[arg(long, value_name = "STATUS", value_parser = plain)]
    status: Option<String>,

    /// Offers for this country, such as AE
    #[arg(long, value_name = "[!]CODE")]
    country: Option<String>,

    /// Offers for this platform: PC, Mobile or Tablet
    #[arg(long, value_name = "[!]PLATFORM")]
    platform: Option<String>,

    /// Offers of this category
    #[arg(long, value_name = "[!]CATEGORY")]
    category: Option<String>,

    /// Offers with this pricing: CPA, CPI, CPL, CPM, CPC, CPS or CPA+CPS
    #[arg(long, value_name = "[!]TYPE")]
    pricing_type: Option<String>,

    /// Offers with this approval: require-approval, public or private
    #[arg(long, value_enum, hide_possible_values = true)]
    approval: Option<Approval>,

    /// Offers with this conversion protocol: image-pixel, postback-url or html-pixel
    #[arg(long, value_enum, value_name = "PROTOCOL", hide_possible_values = true)]
    conversion_protocol: Option<Protocol>,

    /// Offers with this currency, such as USD
    #[arg(long, value_name = "[!]CODE")]
    currency: Option<String>,

    /// Offers for this app, such as com.example.app
    #[arg(long, value_name = "[!]ID")]
    app_id: Option<String>,

    /// The offer with this name
    #[arg(long, value_name = "[!]NAME")]
    name: Option<String>,

    /// Offers from this id on
    #[arg(long, value_name = "ID")]
    min_id: Option<OfferId>,

    /// Offers up to this id
    #[arg(long, value_name = "ID")]
    max_id: Option<OfferId>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Approval {
    #[value(name = "require-approval")]
    Required,
    Public,
    Private,
}

#[derive(Clone, Copy, ValueEnum)]
enum Protocol {
    ImagePixel,
    PostbackUrl,
    HtmlPixel,
}

impl OfferFilters {
    /// Returns the filters of the API.
    pub(super) fn filters(&self) -> Vec<OfferFilter> {
        let approval = self.approval.map(|approval| match approval {
            Approval::Required => OfferApproval::RequireApproval,
            Approval::Public => OfferApproval::Public,
            Approval::Private => OfferApproval::Private,
        });
        let protocol = self.conversion_protocol.map(|protocol| match protocol {
            Protocol::ImagePixel => ConversionProtocol::ImagePixel,
            Protocol::PostbackUrl => ConversionProtocol::PostbackUrl,
            Protocol::HtmlPixel => ConversionProtocol::HtmlPixel,
        });
        // A person may write `us`, and the API writes `US`.
        let code = |code: &Option<String>| code.as_deref().map(str::to_ascii_uppercase);
        let (country, currency) = (code(&self.country), code(&self.currency));
        let compared = |(equality, value): (Equality, &str)| (Comparison::from(equality), value.to_owned());
        let filters = [
            self.status.as_deref().map(|status| OfferFilter::status(&OfferStatus::from(status))),
            country.as_deref().map(negated).map(|(is, code)| OfferFilter::geo_country(is, code)),
            self.platform
                .as_deref()
                .map(negated)
                .map(|(is, name)| OfferFilter::offer_platform(is, &Platform::from(name))),
            self.category.as_deref().map(negated).map(|(is, name)| OfferFilter::category(is, name)),
            self.pricing_type
                .as_deref()
                .map(negated)
                .map(compared)
                .map(|(is, name)| OfferFilter::pricing_type(is, &PricingType::from(name))),
            approval.map(|approval| OfferFilter::offer_approval(Comparison::EqualTo, approval)),
            protocol.map(|protocol| OfferFilter::conversion_protocol(Comparison::EqualTo, protocol)),
            currency.as_deref().map(negated).map(compared).map(|(is, code)| OfferFilter::currency(is, &code)),
            self.app_id.as_deref().map(negated).map(|(is, id)| OfferFilter::app_id(is, id)),
            self.name.as_deref().map(negated).map(compared).map(|(is, name)| OfferFilter::name(is, &name)),
            self.min_id.map(|id| OfferFilter::id(Comparison::GreaterThanOrEqualTo, id)),
            self.max_id.map(|id| OfferFilter::id(Comparison::LessThanOrEqualTo, id)),
        ];
        filters.into_iter().flatten().collect()
    }
}

/// Parses the value of a filter that the API does not negate.
fn plain(value: &str) -> Result<String, String> {
    if value.starts_with('!') {
        return Err("the API has no filter for all other values".to_owned());
    }
    Ok(value.to_owned())
}

fn negated(value: &str) -> (Equality, &str) {
    match value.strip_prefix('!') {
        Some(value) => (Equality::NotEqualTo, value),
        None => (Equality::EqualTo, value),
    }
}
