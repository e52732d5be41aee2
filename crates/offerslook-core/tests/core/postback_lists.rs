//! The list of postbacks: what it can be asked for, and what it answers.

use std::{num::NonZeroU32, time::Duration};

use offerslook_core::{
    Paged,
    affiliate::{
        Comparison, Limit, Order,
        offer_postbacks::{
            ListPostbacks, PostbackField, PostbackFilter, PostbackId, PostbackKind, PostbackScope,
            PostbackStatus,
        },
    },
    types::UnixTime,
};

use crate::{
    answers::{answers, success},
    example::check,
    offer_lists::query,
};

#[test]
fn list_postbacks() {
    check(&ListPostbacks::new(), include_str!("../fixtures/list_postbacks.json"));
}

#[test]
fn every_option_of_the_list_of_postbacks() {
    let call = ListPostbacks::new()
        .sort(Order::Descending, PostbackField::Kind)
        .filter(PostbackFilter::contains(PostbackField::Code, "t.example/?a=1&b={click_id}"))
        .fields([PostbackField::CreateTime, PostbackField::OfferId, PostbackField::Code])
        .page(NonZeroU32::new(2).unwrap())
        .limit(Limit::of::<2>());
    insta::assert_snapshot!(query(&call));
}

#[test]
fn every_filter_of_postbacks() {
    use Comparison::{EqualTo, GreaterThan, GreaterThanOrEqualTo, LessThan, LessThanOrEqualTo, NotEqualTo};
    let time = UnixTime::from(std::time::UNIX_EPOCH + Duration::from_secs(1_478_031_171));
    let filters = [
        PostbackFilter::id(LessThan, PostbackId::new(10).unwrap()),
        PostbackFilter::offer_id(EqualTo, PostbackScope::AllOffers),
        PostbackFilter::offer_id(NotEqualTo, PostbackScope::Offer("16".parse().unwrap())),
        PostbackFilter::event_id(EqualTo, 1),
        PostbackFilter::code(NotEqualTo, "http://test.com"),
        PostbackFilter::status(EqualTo, &PostbackStatus::Approved),
        PostbackFilter::kind(GreaterThanOrEqualTo, PostbackKind::ImagePixel),
        PostbackFilter::create_time(GreaterThan, time),
        PostbackFilter::update_time(LessThanOrEqualTo, time),
        PostbackFilter::contains(PostbackField::Code, "test"),
        PostbackFilter::not_contains(PostbackField::Code, "+"),
        PostbackFilter::is_null(PostbackField::EventId),
        PostbackFilter::is_not_null(PostbackField::UpdateTime),
    ];
    insta::assert_snapshot!(query(&filters.into_iter().fold(ListPostbacks::new(), ListPostbacks::filter)));
}

#[test]
fn every_field_of_postbacks() {
    let call = ListPostbacks::new().fields(PostbackField::ALL.iter().copied());
    insta::assert_snapshot!(query(&call));
}

#[test]
fn a_call_can_be_moved_to_any_page() {
    let call = ListPostbacks::new().sort(Order::Ascending, PostbackField::Id);
    let moved = call.at(NonZeroU32::new(3).unwrap(), NonZeroU32::new(5_000).unwrap());
    assert_eq!(query(&moved), "offset=3\nlimit=1000\nsort=+id");
}

answers! {
    the_id_alone: ListPostbacks, 200, success(r#"{"rowset": [{"id": "49"}], "totalPages": 1, "totalRows": 1}"#);
    all_offers_and_words_in_any_case: ListPostbacks, 200,
        success(r#"{"rowset": [{"id": 49, "offer_id": "0", "type": "0", "status": "Approved", "event_id": ""}]}"#);
    what_nobody_knows: ListPostbacks, 200,
        success(r#"{"rowset": [{"id": 49, "type": 9, "status": "expired", "mood": "good"}]}"#);
    postback_zero: ListPostbacks, 200, success(r#"{"rowset": [{"id": 0}]}"#);
    offer_of_a_postback_negative: ListPostbacks, 200, success(r#"{"rowset": [{"id": 49, "offer_id": -1}]}"#);
}
