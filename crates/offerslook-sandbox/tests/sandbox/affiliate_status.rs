use offerslook_sandbox::{AffiliateStatus, OfferKind, Sandbox};
use serde_json::{Value, json};

use crate::client::{data, first, get, rows, sandbox, with_offers};

const ALL: [AffiliateStatus; 4] = [
    AffiliateStatus::Rejected,
    AffiliateStatus::Approved,
    AffiliateStatus::Pending,
    AffiliateStatus::NotApplied,
];

/// The `url` of an offer, which has to be the same in the batch and in the single call.
fn url(sandbox: &Sandbox, id: u64) -> Option<Value> {
    let batch = rows(sandbox, [id]).first().map(|row| row["url"].clone());
    let single = get(sandbox, &format!("/aff/v1/offers/{id}/tracking_links"));
    let single = (single.status() == 200).then(|| single.json()["data"]["tracking_link"]["url"].clone());
    assert_eq!(batch, single);
    batch
}

#[test]
fn links_follow_the_status() {
    let sandbox = sandbox();
    let id = first(&sandbox, OfferKind::NotApproved);
    assert_eq!(sandbox.affiliate_status(id), Some(AffiliateStatus::NotApplied));
    let link = format!("https://click.sandbox.example/index.php?offer_id={id}&aff_id=40");
    let mut before = AffiliateStatus::NotApplied;
    for status in ALL {
        assert_eq!(sandbox.set_affiliate_status(id, status), Some(before));
        before = status;
        let (kind, expected) = match status {
            AffiliateStatus::Approved => (OfferKind::Approved, link.as_str()),
            _ => (OfferKind::NotApproved, "Need to apply"),
        };
        assert_eq!((sandbox.affiliate_status(id), sandbox.offer_kind(id)), (Some(status), Some(kind)));
        assert_eq!(url(&sandbox, id), Some(json!(expected)));
    }
}

#[test]
fn the_status_for_a_public_or_paused_offer_changes_no_link() {
    let sandbox = sandbox();
    for kind in [OfferKind::Public, OfferKind::Paused] {
        let id = first(&sandbox, kind);
        let before = url(&sandbox, id);
        for status in ALL {
            sandbox.set_affiliate_status(id, status).unwrap();
            assert_eq!((sandbox.offer_kind(id), url(&sandbox, id)), (Some(kind), before.clone()));
        }
    }
}

#[test]
fn lists_follow_the_status() {
    let sandbox =
        with_offers(r#"[{"id": 7001, "approval": "private"}, {"id": 7002, "approval": "require_approval"}]"#);
    for status in ALL {
        let approved = status == AffiliateStatus::Approved;
        let (code, all, personal) = if approved { (200, 2, 2) } else { (404, 1, 0) };
        sandbox.set_affiliate_status(7_001, status).unwrap();
        sandbox.set_affiliate_status(7_002, status).unwrap();
        assert_eq!(get(&sandbox, "/aff/v1/offers/7001").status(), code, "{status:?}");
        for list in ["/aff/v1/offers", "/aff/v1/batches/offers"] {
            let counts = ["all", "personal"].map(|which| {
                let query = format!("type={which}&filters[id][GREATER_THAN_OR_EQUAL_TO]=7001");
                data(&sandbox, &format!("{list}?{query}"))["totalRows"].clone()
            });
            assert_eq!(counts, [all, personal], "{status:?}");
        }
    }
}

#[test]
fn an_unknown_offer_has_no_status() {
    let sandbox = sandbox();
    assert_eq!((sandbox.affiliate_status(5_001), sandbox.offer_kind(5_001)), (None, None));
    assert_eq!(sandbox.set_affiliate_status(5_001, AffiliateStatus::Approved), None);
    assert_eq!(sandbox.offer_kind(5_001), None);
}
