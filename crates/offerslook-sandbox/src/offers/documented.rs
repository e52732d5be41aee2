use super::{Approval, LandingPage, Offer, Outline, Standing, outline::Status, tracker::Tracker};

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

/// The offers of the reference's examples. Of 102 it shows no single call, so that one answers in the manner of 16.
pub(super) fn offer(id: u64) -> Option<Offer> {
    let landing_pages = match id {
        16 => [(7, "360", "http://www.360.com"), (8, "qq", "http://www.qq.com")].map(landing_page).into(),
        102 => Vec::new(),
        _ => return None,
    };
    Some(Offer {
        id,
        outline: Outline {
            approval: Approval::RequireApproval,
            status: Status::Active,
            first_standing: Standing::Approved,
        },
        batch: BATCH,
        single: SINGLE,
        preview_url: "http://www.offerslook.com".to_owned(),
        landing_pages,
    })
}

fn landing_page((url_id, name, preview_url): (u64, &str, &str)) -> LandingPage {
    LandingPage { url_id, name: name.to_owned(), preview_url: preview_url.to_owned() }
}
