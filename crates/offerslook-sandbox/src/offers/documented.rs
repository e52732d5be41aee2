use super::{
    AffiliateStatus, Approval, Offer,
    cap::{Cap, CapCategory, CapType},
    geo::{Country, Geo},
    offer::{Creative, LandingPage},
    platform::{Device, Platform},
    terms::{Amount, ConversionProtocol, PricingType, Text},
    tracker::Tracker,
};

const BATCH: Tracker = Tracker {
    click: "https://click.dev.offerslook.com/index.php",
    impression: "http://qoqololo.iuniontrack.com:9080/impr.php",
    affiliate_id: 40,
};
const SINGLE: Tracker = Tracker {
    click: "http://oltest1.offerstrack.net/index.php",
    impression: "http://qoqololo.iuniontrack.com:9080/impr.php",
    affiliate_id: 5547,
};

pub(super) const CAPTURED_ID: u64 = 41_320;

pub(super) fn offers() -> [Offer; 2] {
    [offer_16(), offer_102()]
}

/// Returns what both offers have in common. The reference has no example of the single call for 102; its
/// response has the form of that for 16.
fn documented(id: u64) -> Offer {
    Offer {
        id,
        approval: Approval::Required,
        affiliate_status: AffiliateStatus::Approved,
        preview_url: Some("http://www.offerslook.com".into()),
        batch: BATCH,
        single: SINGLE,
        ..Offer::default()
    }
}

/// One of its postbacks is an image pixel, so the offer has to accept those.
fn offer_102() -> Offer {
    Offer { conversion_protocol: ConversionProtocol::ImagePixel, ..documented(102) }
}

fn offer_16() -> Offer {
    Offer {
        landing_pages: [(7, "360", "http://www.360.com"), (8, "qq", "http://www.qq.com")]
            .map(|(url_id, name, preview_url)| LandingPage {
                url_id: Some(url_id),
                name: name.into(),
                preview_url: Some(preview_url.into()),
            })
            .into(),
        creatives: vec![
            png(16, "test_1462961793_573306812fe08", 1_994, [31, 29]),
            png(28, "logo_1463037490_57342e32eeacc", 3_901, [196, 26]),
            png(29, "about_1463037495_57342e37b6079", 116_985, [850, 572]),
        ],
        cap: Some(Cap {
            id: Some(41),
            r#type: CapType::TotalCount,
            clicks: 33,
            conversions: 0,
            budget: Amount::of("0"),
            category: Some(CapCategory::Shared),
            timezone: "Asia/Hong_Kong".into(),
        }),
        platforms: vec![
            platform(510, Device::Pc, "Windows", &["Windows 8", "Windows 7", "Windows 10"]),
            platform(511, Device::Mobile, "Android", &["4.3", "4.4", "5.0", "5.1", "6.0"]),
        ],
        ..documented(16)
    }
}

fn png(id: u64, name: &str, size: u64, [width, height]: [u64; 2]) -> Creative {
    let url = format!("https://files.offerslook.com/offerslook-bucket/partner_40/creative/{name}.png");
    Creative {
        id: Some(id),
        url: Some(url.into()),
        size,
        width: Some(width),
        height: Some(height),
        ..Creative::default()
    }
}

fn platform(id: u64, device: Device, system: &'static str, version: &[&'static str]) -> Platform {
    Platform {
        id: Some(id),
        device,
        system: system.into(),
        version: version.iter().copied().map(Text::Borrowed).collect(),
        is_above: true,
        above_version: None,
    }
}

pub(super) fn captured() -> Offer {
    let on = |device| Platform {
        is_above: false,
        above_version: Some("".into()),
        ..platform(0, device, "Android", &["all"])
    };
    Offer {
        id: CAPTURED_ID,
        name: Some("Mashreq Neo".into()),
        approval: Approval::Required,
        category: vec!["Non-Incent".into(), "APPLICATION".into()],
        end_date: 1_893_456_061,
        pricing_type: PricingType::Cpi,
        payout: Amount::of("7.200"),
        app_id: Some("com.mashreq.NeoApp".into()),
        preview_url: Some("https://play.google.com/store/apps/details?id=com.mashreq.NeoApp".into()),
        thumbnail: Some(
            "https://files.offerslook.com/partner_5159/campaign/thumb_sp-logo_85baf9961fdb4fac8322b19756e8ce75.png"
                .into(),
        ),
        geo: Geo::Include(vec![Country {
            code: "AE".into(),
            name: "United Arab Emirates".into(),
            id: Some(307_582),
            part: None,
        }]),
        platforms: vec![on(Device::Mobile), on(Device::Tablet)],
        ..Offer::default()
    }
}
