use offerslook_sandbox::{OfferKind, Sandbox, SandboxConfig, Standing};
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
        (sandbox.standing(id), url(&sandbox, id)),
        (Some(Standing::NotApplied), need_to_apply.clone())
    );
    assert_eq!(sandbox.set_standing(id, Standing::Approved), Some(Standing::NotApplied));
    assert_eq!(sandbox.offer_kind(id), Some(OfferKind::Approved));
    let link = json!(format!("https://click.sandbox.example/index.php?offer_id={id}&aff_id=40"));
    assert_eq!(url(&sandbox, id), Some(link));
    for standing in [Standing::Pending, Standing::Rejected] {
        sandbox.set_standing(id, standing).unwrap();
        assert_eq!((sandbox.standing(id), url(&sandbox, id)), (Some(standing), need_to_apply.clone()));
        assert_eq!(sandbox.offer_kind(id), Some(OfferKind::NotApproved));
    }
}

#[test]
fn the_standing_to_a_public_or_paused_offer_changes_no_link() {
    let sandbox = sandbox();
    for kind in [OfferKind::Public, OfferKind::Paused] {
        let id = (103..=5_000).find(|&id| sandbox.offer_kind(id) == Some(kind)).unwrap();
        let before = url(&sandbox, id);
        for standing in [Standing::Rejected, Standing::Approved, Standing::Pending, Standing::NotApplied] {
            sandbox.set_standing(id, standing).unwrap();
            assert_eq!((sandbox.offer_kind(id), url(&sandbox, id)), (Some(kind), before.clone()));
        }
    }
}

#[test]
fn a_private_offer_is_seen_by_who_is_approved_alone() {
    let offers = r#"[{"id": 7001, "approval": "private"}]"#;
    let config = SandboxConfig::default().without_quota().offers(0).offers_json(offers);
    let sandbox = Sandbox::start(config).unwrap();
    for (standing, status, count) in [
        (Standing::Pending, 404, 0),
        (Standing::Approved, 200, 1),
        (Standing::Rejected, 404, 0),
        (Standing::NotApplied, 404, 0),
    ] {
        sandbox.set_standing(7001, standing).unwrap();
        assert_eq!(get(&sandbox, "/aff/v1/offers/7001").status(), status, "{standing:?}");
        let listed = data(&sandbox, "/aff/v1/offers?filters[id]=7001");
        assert_eq!(listed["totalRows"], count, "{standing:?}");
    }
}

#[test]
fn an_unknown_offer_has_no_standing() {
    let sandbox = sandbox();
    assert_eq!(sandbox.standing(5_001), None);
    assert_eq!(sandbox.set_standing(5_001, Standing::Approved), None);
    assert_eq!(sandbox.offer_kind(5_001), None);
}
