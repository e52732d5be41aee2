use super::{LandingPage, Offer, OfferKind, tracker::Tracker};

const TRACKER: Tracker = Tracker {
    click: "https://click.sandbox.example/index.php",
    impression: "https://click.sandbox.example/impr.php",
    affiliate_id: 40,
};

/// The offer of an id: of ten, about four are approved, three public, two not approved and one is paused.
pub(super) fn offer(seed: u64, id: u64) -> Offer {
    let bits = mix(seed, id);
    let preview_url = format!("https://www.sandbox.example/{id}");
    Offer {
        id,
        kind: match bits % 10 {
            0..=3 => OfferKind::Approved,
            4..=6 => OfferKind::Public,
            7..=8 => OfferKind::NotApproved,
            _ => OfferKind::Paused,
        },
        batch: TRACKER,
        single: TRACKER,
        landing_pages: (1..=bits / 10 % 4)
            .map(|number| LandingPage {
                url_id: number,
                name: format!("Landing page {number}"),
                preview_url: format!("{preview_url}/{number}"),
            })
            .collect(),
        preview_url,
    }
}

/// Evenly spread bits for an id: `SplitMix64`, written out because its numbers must stay the same for ever.
fn mix(seed: u64, id: u64) -> u64 {
    split_mix(split_mix(seed) ^ id)
}

fn split_mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
