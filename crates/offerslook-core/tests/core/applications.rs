//! Applying for offers, one by one and many at a time.

use offerslook_core::{
    Batched, BuildError, Error, OfferId, OfferIds, ParseOfferIdsError,
    affiliate::{batches::ApplyToOffers, offers::ApplyToOffer},
};

use crate::{account::account, answers::answers, answers::success, example::check};

const BATCH_EXAMPLE: &str = include_str!("../fixtures/apply_to_offers.json");
const OFFER_EXAMPLE: &str = include_str!("../fixtures/apply_to_offer.json");

#[test]
fn one_offer() {
    check(&ApplyToOffer::new("16".parse().unwrap()), OFFER_EXAMPLE);
}

#[test]
fn many_offers() {
    check(&ApplyToOffers::new("536,537,538,543,544".parse().unwrap()).unwrap(), BATCH_EXAMPLE);
}

fn ids(count: u64) -> Option<OfferIds> {
    OfferIds::new((1..=count).filter_map(OfferId::new))
}

#[test]
fn a_call_without_ids_cannot_be_made() {
    assert_eq!(ids(0), None);
    assert_eq!("".parse::<OfferIds>(), Err(ParseOfferIdsError::Empty));
}

#[test]
fn a_call_carries_a_hundred_ids() {
    let call = ApplyToOffers::new(ids(100).unwrap()).unwrap();
    let request = account().request(&call).unwrap();
    assert_eq!(request.uri().path().rsplit('/').next().unwrap().parse(), Ok(ids(100).unwrap()));
}

#[test]
fn a_call_of_more_than_a_hundred_ids_cannot_be_made() {
    let error = ApplyToOffers::new(ids(101).unwrap()).unwrap_err();
    assert_eq!(error, BuildError::TooManyIds { endpoint: "apply_to_offers", ids: 101, max: 100 });
    assert_eq!(account().request(&ApplyToOffers::of(ids(101).unwrap())).unwrap_err(), error);
    let error = Error::from(error);
    insta::assert_snapshot!(format!("{error}\n{}", error.advice()));
}

fn application(value: &str) -> String {
    success(&format!(r#"{{"offer_application": {value}}}"#))
}

answers! {
    status_rejected: ApplyToOffer, 200, application(r#"{"status": "Rejected"}"#);
    status_unknown: ApplyToOffer, 200, application(r#"{"status": "on hold"}"#);
    status_null: ApplyToOffer, 200, application(r#"{"status": null}"#);
    status_empty: ApplyToOffer, 200, application(r#"{"status": ""}"#);
    statuses_of_many: ApplyToOffers, 200, application(
        r#"[{"offer_id": 1, "status": "DELETED"}, {"offer_id": "2", "status": null}, {"offer_id": 3, "status": 7}, {"offer_id": 4}]"#
    );
    one_row_for_many: ApplyToOffers, 200, application(r#"{"offer_id": 1, "status": "approved"}"#);
    row_without_its_offer: ApplyToOffers, 200, application(r#"[{"offer_id": 1}, {"status": "approved"}]"#);
}
