use std::collections::BTreeMap;

use offerslook_sandbox::{OfferKind, Sandbox, SandboxConfig};

use crate::client::{get, rows, sandbox};

fn kinds(sandbox: &Sandbox) -> Vec<Option<OfferKind>> {
    (1..=2_000).map(|id| sandbox.offer_kind(id)).collect()
}

fn seeded(seed: u64) -> Sandbox {
    Sandbox::start(SandboxConfig::default().seed(seed)).unwrap()
}

#[test]
fn every_kind_is_common() {
    let sandbox = sandbox();
    let mut counts = BTreeMap::new();
    for id in 1..=5_000 {
        *counts.entry(sandbox.offer_kind(id).unwrap()).or_insert(0) += 1;
    }
    assert_eq!(counts.len(), 4);
    assert!(counts.values().all(|&count| count > 300), "{counts:?}");
}

#[test]
fn every_kind_is_met_early() {
    let sandbox = sandbox();
    for kind in [OfferKind::Approved, OfferKind::Public, OfferKind::NotApproved, OfferKind::Paused] {
        assert!((1..=50).any(|id| sandbox.offer_kind(id) == Some(kind)), "{kind:?}");
    }
}

#[test]
fn one_seed_gives_the_same_answers() {
    let (one, other) = (seeded(7), seeded(7));
    assert_eq!(kinds(&one), kinds(&other));
    assert_eq!(rows(&one, 1..=1_000), rows(&other, 1..=1_000));
    for id in 1..=20 {
        let path = format!("/aff/v1/offers/{id}/tracking_links");
        assert_eq!(get(&one, &path).text, get(&other, &path).text);
    }
}

#[test]
fn another_seed_gives_other_answers() {
    let (one, other) = (seeded(7), seeded(8));
    assert_ne!(kinds(&one), kinds(&other));
    assert_ne!(rows(&one, 1..=1_000), rows(&other, 1..=1_000));
}

#[test]
fn the_number_of_offers_does_not_change_them() {
    let few = Sandbox::start(SandboxConfig::default().offers(200)).unwrap();
    assert_eq!(kinds(&few)[..200], kinds(&sandbox())[..200]);
    assert_eq!(few.offer_kind(201), None);
}

#[test]
fn the_documented_offers_are_always_there() {
    let empty = Sandbox::start(SandboxConfig::default().offers(0).seed(99)).unwrap();
    let known: Vec<_> = (0..=2_000).filter(|&id| empty.offer_kind(id).is_some()).collect();
    assert_eq!(known, [16, 102]);
    assert_eq!(rows(&empty, 1..=1_000), rows(&sandbox(), [16, 102]));
}
