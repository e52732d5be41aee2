//! What belongs to one offer: its postbacks, creatives, cap and devices.

use offerslook_core::affiliate::offers::{
    GetOfferCaps, GetOfferCreatives, GetOfferPlatforms, GetOfferPostbacks,
};

use crate::{answers::answers, answers::success, example::check};

#[test]
fn postbacks() {
    let call = GetOfferPostbacks::new("102".parse().unwrap());
    check(&call, include_str!("../fixtures/get_offer_postbacks.json"));
}

#[test]
fn creatives() {
    let call = GetOfferCreatives::new("16".parse().unwrap());
    check(&call, include_str!("../fixtures/get_offer_creatives.json"));
}

#[test]
fn cap() {
    check(&GetOfferCaps::new("16".parse().unwrap()), include_str!("../fixtures/get_offer_caps.json"));
}

#[test]
fn platforms() {
    check(
        &GetOfferPlatforms::new("16".parse().unwrap()),
        include_str!("../fixtures/get_offer_platforms.json"),
    );
}

answers! {
    cap_of_the_network_side: GetOfferCaps, 200, success(r#"{"offer_cap": {"cap_type": "5", "category": null}}"#);
    cap_of_unknown_numbers: GetOfferCaps, 200, success(r#"{"offer_cap": {"cap_type": 9, "category": 3}}"#);
    cap_budget_to_the_last_digit: GetOfferCaps, 200, success(r#"{"offer_cap": {"cap_budget": "0.10"}}"#);
    cap_as_a_number: GetOfferCaps, 200, success(r#"{"offer_cap": 33}"#);
    creative_with_a_file_name_alone: GetOfferCreatives, 200,
        success(r#"{"offer_creative": {"id": 7, "filename": "logo.png"}}"#);
    creatives_of_no_offer: GetOfferCreatives, 200,
        success(r#"{"offer_creative": [{"id": 7, "offer_id": 0}, {"id": 8, "offer_id": "0"}, {"id": 9, "offer_id": ""}]}"#);
    platform_without_targets: GetOfferPlatforms, 200, success(r#"{"offer_platform": {"target": null}}"#);
    platform_of_all_systems: GetOfferPlatforms, 200,
        success(r#"{"offer_platform": {"target": {"platform": "Console", "system": "", "version": []}}}"#);
    postback_for_all_offers: GetOfferPostbacks, 200,
        success(r#"{"postback": [{"id": 7, "offer_id": "0", "type": "0", "status": "Approved"}]}"#);
}
