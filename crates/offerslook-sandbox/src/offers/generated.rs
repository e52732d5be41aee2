use super::{Approval, LandingPage, Offer, Outline, Standing, outline::Status, tracker::Tracker};

const TRACKER: Tracker = Tracker {
    click: "https://click.sandbox.example/index.php",
    impression: "https://click.sandbox.example/impr.php",
    affiliate_id: 40,
};

/// The outline of an id: of ten, about four are approved, three public, two not approved and one is paused. Of the first
/// and the last, some are private.
pub(super) fn outline(seed: u64, id: u64) -> Outline {
    let bits = mix(seed, id);
    let private = bits / 40 % 8 == 0;
    let (approval, status, first_standing) = match bits % 10 {
        0..=3 if private => (Approval::Private, Status::Active, Standing::Approved),
        0..=3 => (Approval::RequireApproval, Status::Active, Standing::Approved),
        4..=6 => (Approval::Public, Status::Active, Standing::NotApplied),
        7..=8 => (Approval::RequireApproval, Status::Active, Standing::NotApplied),
        _ if private => (Approval::Private, Status::Paused, Standing::NotApplied),
        _ => (Approval::RequireApproval, Status::Paused, Standing::Approved),
    };
    Outline { approval, status, first_standing }
}

pub(super) fn offer(seed: u64, id: u64) -> Offer {
    let bits = mix(seed, id);
    let preview_url = format!("https://www.sandbox.example/{id}");
    Offer {
        id,
        outline: outline(seed, id),
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
