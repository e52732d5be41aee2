//! The list of rules for sub-affiliates.

use std::num::NonZeroU32;

use offerslook_core::{
    Paged,
    affiliate::sub_affiliate_approval::{ListSubAffiliateRules, RuleScope},
    parse, parse_with_drift,
};

use crate::{
    answers::{answer, answers, success},
    example::check,
    offer_lists::query,
};

const EXAMPLE: &str = include_str!("../fixtures/list_sub_affiliate_rules.json");

#[test]
fn list_sub_affiliate_rules() {
    check(&ListSubAffiliateRules::new(), EXAMPLE);
}

#[test]
fn a_call_can_be_moved_to_any_page() {
    let at = ListSubAffiliateRules::new().at(NonZeroU32::new(2).unwrap(), NonZeroU32::new(10).unwrap());
    assert_eq!(query(&at), "offset=2\nlimit=10");
    let rules = parse::<ListSubAffiliateRules>(&answer(200, EXAMPLE)).unwrap().rowset;
    assert_eq!(rules.iter().map(ListSubAffiliateRules::id_of).collect::<Vec<_>>(), [40, 39, 42, 37]);
}

#[test]
fn an_unknown_scope_is_kept() {
    let rule = r#"{"rowset": [{"id": 1, "offer_id": "Some Offers"}]}"#;
    let (page, drift) = parse_with_drift::<ListSubAffiliateRules>(&answer(200, success(rule))).unwrap();
    assert_eq!(page.rowset[0].offer_id, Some(RuleScope::Other("Some Offers".to_owned())));
    assert_eq!(drift.to_string(), "data.rowset[].offer_id: unknown value \"Some Offers\" (1)\n");
}

answers! {
    offer_of_a_rule_as_a_number: ListSubAffiliateRules, 200,
        success(r#"{"rowset": [{"id": "1", "offer_id": 19650}, {"id": 2, "offer_id": "all offers"}]}"#);
    rule_of_unknown_numbers: ListSubAffiliateRules, 200,
        success(r#"{"rowset": [{"id": 1, "type": "7", "list_type": 3, "value": 5}]}"#);
    rule_of_nothing_but_its_id: ListSubAffiliateRules, 200,
        success(r#"{"rowset": {"id": 1, "offer_id": null, "type": "", "value": null}}"#);
}
