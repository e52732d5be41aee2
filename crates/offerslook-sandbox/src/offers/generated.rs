use super::{
    AffiliateStatus, Approval, Offer, OfferSummary,
    cap::{Cap, CapCategory, CapType},
    geo::{COUNTRIES, Country, Geo},
    offer::{Creative, Event, LandingPage},
    offer_summary::Status,
    platform::{Device, Platform},
    terms::{Amount, ConversionProtocol, PricingType, Text},
};
use crate::random::{Random, split_mix};

const CATEGORIES: [&str; 8] =
    ["Non-Incent", "APPLICATION", "Games", "Finance", "Shopping", "Travel", "Utilities", "Education"];
const PAYOUTS: [&str; 8] = ["0.050", "0.400", "1.250", "2.000", "3.600", "7.200", "18.000", "120.000"];
const ANDROID_VERSIONS: [&str; 5] = ["8.0", "9", "10", "11", "12"];
const DAY: u64 = 86_400;

/// Returns the summary of an id. Of ten offers, about four are approved, three public, two not approved and one
/// paused; some approved and some paused ones are private.
pub(super) fn summary(seed: u64, id: u64) -> OfferSummary {
    summary_of(bits(seed, id))
}

fn bits(seed: u64, id: u64) -> u64 {
    split_mix(split_mix(seed) ^ id)
}

fn summary_of(bits: u64) -> OfferSummary {
    let private = (bits / 40).is_multiple_of(8);
    let (approval, status, initial_status) = match bits % 10 {
        0..=3 if private => (Approval::Private, Status::Active, AffiliateStatus::Approved),
        0..=3 => (Approval::Required, Status::Active, AffiliateStatus::Approved),
        4..=6 => (Approval::Public, Status::Active, AffiliateStatus::NotApplied),
        7..=8 => (Approval::Required, Status::Active, AffiliateStatus::NotApplied),
        _ if private => (Approval::Private, Status::Paused, AffiliateStatus::NotApplied),
        _ => (Approval::Required, Status::Paused, AffiliateStatus::Approved),
    };
    OfferSummary { approval, status, initial_status }
}

/// Returns the offer of an id. The offers depend on the order in which random numbers are drawn.
pub(super) fn offer(seed: u64, id: u64) -> Offer {
    let bits = bits(seed, id);
    let OfferSummary { approval, status, initial_status } = summary_of(bits);
    let random = &mut Random::new(bits);
    let pricing_type = pricing_type(random.below(14));
    let payout = payout(random, pricing_type);
    Offer {
        id,
        approval,
        status,
        affiliate_status: initial_status,
        landing_pages: landing_pages(bits / 10 % 4),
        pricing_type,
        payout,
        percent_payout: matches!(pricing_type, PricingType::Cps | PricingType::CpaAndCps)
            .then(|| Amount::of("12.50")),
        currency: match random.below(8) {
            0 => "EUR",
            1 => "GBP",
            _ => "USD",
        }
        .into(),
        category: random.pick(&CATEGORIES, 3).copied().map(Text::Borrowed).collect(),
        end_date: 1_893_456_000 + DAY * random.below(1_000),
        conversion_protocol: match random.below(6) {
            0 => ConversionProtocol::ImagePixel,
            1 => ConversionProtocol::HtmlPixel,
            _ => ConversionProtocol::PostbackUrl,
        },
        app_id: (pricing_type == PricingType::Cpi).then(|| format!("com.example.app{id}").into()),
        geo: geo(random),
        platforms: platforms(random),
        creatives: creatives(random),
        events: events(random),
        cap: cap(random),
        ..Offer::default()
    }
}

fn pricing_type(number: u64) -> PricingType {
    match number {
        0 => PricingType::CpaAndCps,
        1 => PricingType::Cps,
        2 => PricingType::Cpm,
        3 => PricingType::Cpc,
        4 | 5 => PricingType::Cpl,
        6..=8 => PricingType::Cpa,
        _ => PricingType::Cpi,
    }
}

fn payout(random: &mut Random, pricing_type: PricingType) -> Amount {
    let payout = random.pick(&PAYOUTS, 1).next();
    match (pricing_type, payout) {
        (PricingType::Cps, _) | (_, None) => Amount::of("0.000"),
        (_, Some(payout)) => Amount::of(payout),
    }
}

fn landing_pages(count: u64) -> Vec<LandingPage> {
    let page = |name| LandingPage { url_id: None, name: Text::Borrowed(name), preview_url: None };
    let names = ["Landing page 1", "Landing page 2", "Landing page 3"];
    (0..count).zip(names).map(|(_, name)| page(name)).collect()
}

/// Returns a few countries; rarely the whole world, all but a few countries, or parts of countries.
fn geo(random: &mut Random) -> Geo {
    let form = random.below(16);
    let countries = random
        .pick(&COUNTRIES, 4)
        .map(|&(code, name, part)| Country {
            code: code.into(),
            name: name.into(),
            id: None,
            part: part.filter(|_| form <= 3),
        })
        .collect();
    match form {
        15 => Geo::default(),
        14 => Geo::Exclude(countries),
        _ => Geo::Include(countries),
    }
}

/// Returns a few platforms; rarely none, which means every device.
fn platforms(random: &mut Random) -> Vec<Platform> {
    let plain = |device, system| Platform {
        id: None,
        device,
        system: Text::Borrowed(system),
        version: vec!["all".into()],
        is_above: false,
        above_version: Some("".into()),
    };
    match random.below(8) {
        0 => Vec::new(),
        1 | 2 => vec![plain(Device::Pc, "")],
        3 => {
            let version = random.pick(&ANDROID_VERSIONS, 3).copied().map(Text::Borrowed).collect();
            vec![Platform { version, ..plain(Device::Mobile, "Android") }]
        }
        4 => vec![Platform {
            version: Vec::new(),
            is_above: true,
            above_version: Some("13.0".into()),
            ..plain(Device::Mobile, "iOS")
        }],
        _ => vec![plain(Device::Mobile, "Android"), plain(Device::Tablet, "Android")],
    }
}

fn creatives(random: &mut Random) -> Vec<Creative> {
    (0..random.below(4))
        .map(|number| {
            let size = 1_000 + random.below(200_000);
            if random.below(8) == 0 {
                let filename = Some(Text::Owned(format!("bundle-{}.zip", number + 1)));
                return Creative { mime: "application/zip".into(), filename, size, ..Creative::default() };
            }
            let (width, height) = match random.below(3) {
                0 => (300, 250),
                1 => (320, 50),
                _ => (728, 90),
            };
            Creative { size, width: Some(width), height: Some(height), ..Creative::default() }
        })
        .collect()
}

fn events(random: &mut Random) -> Vec<Event> {
    let event = |name, payout, conversion_protocol| Event {
        name: Text::Borrowed(name),
        pricing_type: PricingType::Cpa,
        payout: Amount::of(payout),
        percent_payout: None,
        conversion_protocol,
    };
    let events = [
        event("registration", "0.300", None),
        event("first deposit", "25.000", Some(ConversionProtocol::PostbackUrl)),
    ];
    let count = random.below(6).saturating_sub(3);
    (0..count).zip(events).map(|(_, event)| event).collect()
}

fn cap(random: &mut Random) -> Option<Cap> {
    let (form, amount) = (random.below(12), 50 * (1 + random.below(100)));
    let (r#type, clicks, conversions) = match form {
        0 => (CapType::TotalCount, 0, amount),
        1 | 2 => (CapType::DailyCount, 0, amount),
        3 => (CapType::TotalBudget, 0, 0),
        4 => (CapType::TotalClick, amount, 0),
        5 => (CapType::DailyClick, amount, 0),
        6 => (CapType::None, 0, 0),
        _ => return None,
    };
    let budget = if form == 3 { Amount::of("2500.50") } else { Amount::of("0") };
    let category = match random.below(3) {
        0 => None,
        1 => Some(CapCategory::Shared),
        _ => Some(CapCategory::Private),
    };
    Some(Cap { id: None, r#type, clicks, conversions, budget, category, timezone: "UTC".into() })
}
