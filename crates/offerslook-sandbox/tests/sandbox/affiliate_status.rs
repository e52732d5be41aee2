use offerslook_sandbox::{AffiliateStatus, OfferKind, Sandbox, SandboxConfig};
use serde_json::{Value, json};

use crate::client::{data, get, rows, sandbox};

fn url(sandbox: &Sandbox, id: u64) -> Option<Value> {
    let batch = rows(sandbox, [id]).first().map(|row| row["url"].clone());
    let single = get(sandbox, &format!("/aff/v1/offers/{id}/tracking_links"));
    let single = (single.status() == 200).then(|| single.json()["data"]["tracking_link"]["url"].clone());
    assert_eq!(batch, single);
    batch
}

#[test]
fn links_follow_the_standing() {
    let sandbox = sandbox();
    let id = (103..=5_000).find(|&id| sandbox.offer_kind(id) == Some(OfferKind::NotApproved)).unwrap();
    let need_to_apply = Some(json!("Need to apply"));
    assert_eq!(
        (sandbox.affiliate_status(id), url(&sandbox, id)),
        (Some(AffiliateStatus::NotApplied), need_to_apply.clone())
    );
    assert_eq!(
        sandbox.set_affiliate_status(id, AffiliateStatus::Approved),
        Some(AffiliateStatus::NotApplied)
    );
    assert_eq!(sandbox.offer_kind(id), Some(OfferKind::Approved));
    let link = json!(format!("https://click.sandbox.example/index.php?offer_id={id}&aff_id=40"));
    assert_eq!(url(&sandbox, id), Some(link));
    for standing in [AffiliateStatus::Pending, AffiliateStatus::Rejected] {
        sandbox.set_affiliate_status(id, standing).unwrap();
        assert_eq!(
            (sandbox.affiliate_status(id), url(&sandbox, id)),
            (Some(standing), need_to_apply.clone())
        );
        assert_eq!(sandbox.offer_kind(id), Some(OfferKind::NotApproved));
    }
}

#[test]
fn the_standing_to_a_public_or_paused_offer_changes_no_link() {
    let sandbox = sandbox();
    for kind in [OfferKind::Public, OfferKind::Paused] {
        let id = (103..=5_000).find(|&id| sandbox.offer_kind(id) == Some(kind)).unwrap();
        let before = url(&sandbox, id);
        for standing in [
            AffiliateStatus::Rejected,
            AffiliateStatus::Approved,
            AffiliateStatus::Pending,
            AffiliateStatus::NotApplied,
        ] {
            sandbox.set_affiliate_status(id, standing).unwrap();
            assert_eq!((sandbox.offer_kind(id), url(&sandbox, id)), (Some(kind), before.clone()));
        }
    }
}

#[test]
fn lists_follow_the_standing() {
    const PRIVATE: u64 = 7_001;
    let offers = r#"[{"id": 7001, "approval": "private"}, {"id": 7002, "approval": "require_approval"}]"#;
    let config = SandboxConfig::default().without_quota().offers(0).offers_json(offers);
    let sandbox = Sandbox::start(config).unwrap();
    for (standing, status, all, personal) in [
        (AffiliateStatus::Pending, 404, 1, 0),
        (AffiliateStatus::Approved, 200, 2, 2),
        (AffiliateStatus::Rejected, 404, 1, 0),
        (AffiliateStatus::NotApplied, 404, 1, 0),
    ] {
        sandbox.set_affiliate_status(PRIVATE, standing).unwrap();
        sandbox.set_affiliate_status(7_002, standing).unwrap();
        assert_eq!(get(&sandbox, &format!("/aff/v1/offers/{PRIVATE}")).status(), status, "{standing:?}");
        for list in ["/aff/v1/offers", "/aff/v1/batches/offers"] {
            let counts = ["all", "personal"].map(|which| {
                let path = format!("{list}?type={which}&filters[id][GREATER_THAN_OR_EQUAL_TO]={PRIVATE}");
                data(&sandbox, &path)["totalRows"].clone()
            });
            assert_eq!(counts, [all, personal], "{standing:?}");
        }
    }
}

#[test]
fn an_unknown_offer_has_no_standing() {
    let sandbox = sandbox();
    assert_eq!(sandbox.affiliate_status(5_001), None);
    assert_eq!(sandbox.set_affiliate_status(5_001, AffiliateStatus::Approved), None);
    assert_eq!(sandbox.offer_kind(5_001), None);
}
