use serde::Deserialize;

use super::{
    Approval, Outline, Standing,
    cap::Cap,
    creative::Creative,
    event::Event,
    geo::Geo,
    outline::Status,
    platform::Platform,
    terms::{Amount, ConversionProtocol, PricingType, Text},
    tracker::{SANDBOX, Tracker},
};

/// An offer as the service would hold it, and as it stands in a file. What is left out follows from the id,
/// so that most offers are cheap to make.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Offer {
    pub(crate) id: u64,
    pub(crate) name: Option<Text>,
    pub(crate) approval: Approval,
    pub(crate) status: Status,
    /// How the affiliate stands to it when the sandbox starts.
    pub(crate) standing: Standing,
    pub(crate) category: Vec<Text>,
    /// In seconds since 1970.
    pub(crate) end_date: u64,
    pub(crate) pricing_type: PricingType,
    pub(crate) payout: Amount,
    pub(crate) percent_payout: Option<Amount>,
    pub(crate) currency: Text,
    pub(crate) conversion_protocol: ConversionProtocol,
    pub(crate) app_id: Option<Text>,
    /// The landing page of the plain link.
    pub(crate) preview_url: Option<Text>,
    pub(crate) thumbnail: Option<Text>,
    pub(crate) description: Option<Text>,
    /// Further landing pages, each with a link of its own.
    pub(crate) landing_pages: Vec<LandingPage>,
    pub(crate) geo: Geo,
    /// None is every device.
    pub(crate) platforms: Vec<Platform>,
    pub(crate) creatives: Vec<Creative>,
    /// What it pays for beside its initial event.
    pub(crate) events: Vec<Event>,
    pub(crate) cap: Option<Cap>,
    /// The reference's examples of the batch and of the single call were taken on two networks, so each has
    /// its own.
    #[serde(skip)]
    pub(crate) batch: Tracker,
    #[serde(skip)]
    pub(crate) single: Tracker,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LandingPage {
    /// Where there is none, its place among the offer's.
    #[serde(default)]
    pub(crate) url_id: Option<u64>,
    pub(crate) name: Text,
    /// Where there is none, one below the offer's.
    #[serde(default)]
    pub(crate) preview_url: Option<Text>,
}

impl Default for Offer {
    /// An offer that every affiliate may run, everywhere.
    fn default() -> Self {
        Self {
            id: 0,
            name: None,
            approval: Approval::Public,
            status: Status::Active,
            standing: Standing::NotApplied,
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
    pub(super) fn outline(&self) -> Outline {
        Outline { approval: self.approval, status: self.status, first_standing: self.standing }
    }

    pub(crate) fn name(&self) -> Text {
        self.name.clone().unwrap_or_else(|| format!("Offer {}", self.id).into())
    }

    pub(crate) fn preview_url(&self) -> Text {
        self.preview_url.clone().unwrap_or_else(|| format!("https://www.sandbox.example/{}", self.id).into())
    }

    pub(crate) fn thumbnail(&self) -> Text {
        let from_id = || format!("https://files.sandbox.example/thumbnail/{}.png", self.id).into();
        self.thumbnail.clone().unwrap_or_else(from_id)
    }

    pub(crate) fn description(&self) -> Text {
        self.description.clone().unwrap_or_else(|| format!("<p>What offer {} is about.</p>", self.id).into())
    }

    /// The id of a part: its own, or one that follows from the offer's and from its place among its like.
    pub(crate) fn part_id(&self, own: Option<u64>, place: u64) -> u64 {
        own.unwrap_or_else(|| self.id.saturating_mul(10).saturating_add(place))
    }
}
