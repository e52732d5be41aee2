use serde::Deserialize;

use super::{
    AffiliateStatus, Approval, OfferSummary,
    cap::Cap,
    geo::Geo,
    offer_summary::Status,
    platform::Platform,
    terms::{Amount, ConversionProtocol, PricingType, Text},
    tracker::{SANDBOX, Tracker},
};

/// An offer, as in a file. Missing texts derive from the id, which makes most offers cheap to generate.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Offer {
    pub(crate) id: u64,
    pub(crate) name: Option<Text>,
    pub(crate) approval: Approval,
    pub(crate) status: Status,
    /// The affiliate's status when the sandbox starts.
    pub(crate) affiliate_status: AffiliateStatus,
    pub(crate) category: Vec<Text>,
    pub(crate) end_date: u64,
    pub(crate) pricing_type: PricingType,
    pub(crate) payout: Amount,
    pub(crate) percent_payout: Option<Amount>,
    pub(crate) currency: Text,
    pub(crate) conversion_protocol: ConversionProtocol,
    pub(crate) app_id: Option<Text>,
    pub(crate) preview_url: Option<Text>,
    pub(crate) thumbnail: Option<Text>,
    pub(crate) description: Option<Text>,
    pub(crate) landing_pages: Vec<LandingPage>,
    pub(crate) geo: Geo,
    /// Empty for every device.
    pub(crate) platforms: Vec<Platform>,
    pub(crate) creatives: Vec<Creative>,
    /// The events that the offer pays for, besides the initial one.
    pub(crate) events: Vec<Event>,
    pub(crate) cap: Option<Cap>,
    /// The tracker of batch calls. The reference's examples of the batch and the single call come from two
    /// networks.
    #[serde(skip)]
    pub(crate) batch: Tracker,
    #[serde(skip)]
    pub(crate) single: Tracker,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LandingPage {
    /// Its position among the offer's landing pages if missing.
    pub(crate) url_id: Option<u64>,
    pub(crate) name: Text,
    /// Derived from the offer's if missing.
    pub(crate) preview_url: Option<Text>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Creative {
    /// Derived from the offer's id if missing.
    pub(crate) id: Option<u64>,
    /// Derived from the id if missing.
    pub(crate) url: Option<Text>,
    pub(crate) filename: Option<Text>,
    pub(crate) mime: Text,
    pub(crate) size: u64,
    /// In pixels, like the height; `None` for anything but a picture.
    pub(crate) width: Option<u64>,
    pub(crate) height: Option<u64>,
}

/// An event that an offer pays for, besides the initial one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub(crate) name: Text,
    #[serde(default = "cpa")]
    pub(crate) pricing_type: PricingType,
    pub(crate) payout: Amount,
    pub(crate) percent_payout: Option<Amount>,
    /// The offer's if missing.
    pub(crate) conversion_protocol: Option<ConversionProtocol>,
}

fn cpa() -> PricingType {
    PricingType::Cpa
}

impl Default for Creative {
    fn default() -> Self {
        Self {
            id: None,
            url: None,
            filename: None,
            mime: "image/png".into(),
            size: 10_000,
            width: None,
            height: None,
        }
    }
}

impl Default for Offer {
    /// Returns an offer that every affiliate may run, everywhere.
    fn default() -> Self {
        Self {
            id: 0,
            name: None,
            approval: Approval::Public,
            status: Status::Active,
            affiliate_status: AffiliateStatus::NotApplied,
            category: Vec::new(),
            end_date: 1_893_456_000,
            pricing_type: PricingType::Cpa,
            payout: Amount::of("1.000"),
            percent_payout: None,
            currency: "USD".into(),
            conversion_protocol: ConversionProtocol::PostbackUrl,
            app_id: None,
            preview_url: None,
            thumbnail: None,
            description: None,
            landing_pages: Vec::new(),
            geo: Geo::default(),
            platforms: Vec::new(),
            creatives: Vec::new(),
            events: Vec::new(),
            cap: None,
            batch: SANDBOX,
            single: SANDBOX,
        }
    }
}

impl Offer {
    pub(super) fn summary(&self) -> OfferSummary {
        let Self { approval, status, affiliate_status: initial_status, .. } = *self;
        OfferSummary { approval, status, initial_status }
    }

    pub(crate) fn name(&self) -> Text {
        self.name.clone().unwrap_or_else(|| format!("Offer {}", self.id).into())
    }

    pub(crate) fn preview_url(&self) -> Text {
        self.preview_url.clone().unwrap_or_else(|| format!("https://www.sandbox.example/{}", self.id).into())
    }

    pub(crate) fn thumbnail(&self) -> Text {
        let derived = || format!("https://files.sandbox.example/thumbnail/{}.png", self.id).into();
        self.thumbnail.clone().unwrap_or_else(derived)
    }

    pub(crate) fn description(&self) -> Text {
        self.description.clone().unwrap_or_else(|| format!("<p>What offer {} is about.</p>", self.id).into())
    }

    /// Returns the id of a part: its own, or one derived from the offer's id and the position of the part.
    pub(crate) fn part_id(&self, own: Option<u64>, place: u64) -> u64 {
        own.unwrap_or_else(|| self.id.saturating_mul(10).saturating_add(place))
    }
}
