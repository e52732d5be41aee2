use super::{
    Approval, Offer, Outline, Standing,
    cap::{Cap, CapCategory, CapType},
    creative::Creative,
    draws::Draws,
    event::Event,
    geo::{COUNTRIES, Country, Geo},
    offer::LandingPage,
    outline::Status,
    platform::{Device, Platform},
    terms::{Amount, ConversionProtocol, PricingType, Text},
};

const CATEGORIES: [&str; 8] =
    ["Non-Incent", "APPLICATION", "Games", "Finance", "Shopping", "Travel", "Utilities", "Education"];
const PAYOUTS: [&str; 8] = ["0.050", "0.400", "1.250", "2.000", "3.600", "7.200", "18.000", "120.000"];
const ANDROID_VERSIONS: [&str; 5] = ["8.0", "9", "10", "11", "12"];
const DAY: u64 = 86_400;

/// The outline of an id: of ten, about four are approved, three public, two not approved and one is paused.
/// Of the first and the last, some are private.
pub(super) fn outline(seed: u64, id: u64) -> Outline {
    outline_of(Draws::bits(seed, id))
}

fn outline_of(bits: u64) -> Outline {
    let private = (bits / 40).is_multiple_of(8);
    let (approval, status, first_standing) = match bits % 10 {
        0..=3 if private => (Approval::Private, Status::Active, Standing::Approved),
        0..=3 => (Approval::Required, Status::Active, Standing::Approved),
        4..=6 => (Approval::Public, Status::Active, Standing::NotApplied),
        7..=8 => (Approval::Required, Status::Active, Standing::NotApplied),
        _ if private => (Approval::Private, Status::Paused, Standing::NotApplied),
        _ => (Approval::Required, Status::Paused, Standing::Approved),
    };
    Outline { approval, status, first_standing }
}

/// The offer of an id. The order of the draws is a part of what the offers are.
pub(super) fn offer(seed: u64, id: u64) -> Offer {
    let bits = Draws::bits(seed, id);
    let Outline { approval, status, first_standing } = outline_of(bits);
    let draws = &mut Draws::after(bits);
    let pricing_type = pricing_type(draws.below(14));
    let payout = payout(draws, pricing_type);
    Offer {
        id,
        approval,
        status,
        standing: first_standing,
        landing_pages: landing_pages(bits / 10 % 4),
        pricing_type,
        payout,
        percent_payout: matches!(pricing_type, PricingType::Cps | PricingType::CpaAndCps)
            .then(|| Amount::of("12.50")),
        currency: match draws.below(8) {
            0 => "EUR",
            1 => "GBP",
            _ => "USD",
        }
        .into(),
        category: draws.some(&CATEGORIES, 3).copied().map(Text::Borrowed).collect(),
        end_date: 1_893_456_000 + DAY * draws.below(1_000),
        conversion_protocol: match draws.below(6) {
            0 => ConversionProtocol::ImagePixel,
            1 => ConversionProtocol::HtmlPixel,
            _ => ConversionProtocol::PostbackUrl,
        },
        app_id: (pricing_type == PricingType::Cpi).then(|| format!("com.example.app{id}").into()),
        geo: geo(draws),
        platforms: platforms(draws),
        creatives: creatives(draws),
        events: events(draws),
        cap: cap(draws),
        ..Offer::default()
    }
}

fn pricing_type(draw: u64) -> PricingType {
    match draw {
        0 => PricingType::CpaAndCps,
        1 => PricingType::Cps,
        2 => PricingType::Cpm,
        3 => PricingType::Cpc,
        4 | 5 => PricingType::Cpl,
        6..=8 => PricingType::Cpa,
        _ => PricingType::Cpi,
    }
}

fn payout(draws: &mut Draws, pricing_type: PricingType) -> Amount {
    let payout = draws.some(&PAYOUTS, 1).next();
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

/// A few countries; seldom the whole world, all but a few countries, or parts of them.
fn geo(draws: &mut Draws) -> Geo {
    let form = draws.below(16);
    let countries = draws
        .some(&COUNTRIES, 4)
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

/// Seldom none at all, which is every device.
fn platforms(draws: &mut Draws) -> Vec<Platform> {
    let plain = |device, system| Platform {
        id: None,
        device,
        system: Text::Borrowed(system),
        version: vec!["all".into()],
        is_above: false,
        above_version: Some("".into()),
    };
    match draws.below(8) {
        0 => Vec::new(),
        1 | 2 => vec![plain(Device::Pc, "")],
        3 => {
            let version = draws.some(&ANDROID_VERSIONS, 3).copied().map(Text::Borrowed).collect();
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

fn creatives(draws: &mut Draws) -> Vec<Creative> {
    (0..draws.below(4))
        .map(|number| {
            let size = 1_000 + draws.below(200_000);
            if draws.below(8) == 0 {
                let filename = Some(Text::Owned(format!("bundle-{}.zip", number + 1)));
                return Creative { mime: "application/zip".into(), filename, size, ..Creative::default() };
            }
            let (width, height) = match draws.below(3) {
                0 => (300, 250),
                1 => (320, 50),
                _ => (728, 90),
            };
            Creative { size, width: Some(width), height: Some(height), ..Creative::default() }
        })
        .collect()
}

fn events(draws: &mut Draws) -> Vec<Event> {
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
    let count = draws.below(6).saturating_sub(3);
    (0..count).zip(events).map(|(_, event)| event).collect()
}

fn cap(draws: &mut Draws) -> Option<Cap> {
    let (form, amount) = (draws.below(12), 50 * (1 + draws.below(100)));
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
    let category = match draws.below(3) {
        0 => None,
        1 => Some(CapCategory::Shared),
        _ => Some(CapCategory::Private),
    };
    Some(Cap { id: None, r#type, clicks, conversions, budget, category, timezone: "UTC".into() })
}
