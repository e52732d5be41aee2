//! Lists of offers: what they can be asked for, and what they answer.

use std::num::NonZeroU32;

use offerslook_core::{
    Endpoint, Paged,
    affiliate::{
        Comparison, Equality, Limit, Order,
        batches::{ListBatchOffers, OfferExtra},
        offer_postbacks::ListPostbacks,
        offers::{
            ConversionProtocol, GetOffer, ListOffers, OfferApproval, OfferField, OfferFilter, OfferStatus,
            Platform, PricingType,
        },
        sub_affiliate_approval::ListSubAffiliateRules,
    },
    parse, parse_with_drift,
};
use serde_json::{Value, json};

use crate::{account::account, answers::answer, example::check};

const PAGE: &str = include_str!("../fixtures/offers_page_captured.json");
const OFFER: &str = include_str!("../fixtures/get_offer.json");

/// The query of the call, as a server reads it.
pub(crate) fn query(call: &impl Endpoint) -> String {
    let request = account().request(call).unwrap();
    let raw = request.uri().query().unwrap_or_default();
    assert!(!raw.contains(['+', ' ', '[', ']']), "{raw}");
    let pairs = form_urlencoded::parse(raw.as_bytes()).map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("\n")
}

#[test]
fn list_offers() {
    check(&ListOffers::new(), PAGE);
}

#[test]
fn batch_offers() {
    check(&ListBatchOffers::new(), PAGE);
}

#[test]
fn get_offer() {
    check(&GetOffer::new("41320".parse().unwrap()), OFFER);
}

#[test]
fn one_offer_may_come_as_the_row_of_a_list_under_offer() {
    let mut nested: Value = serde_json::from_str(OFFER).unwrap();
    let row = nested["data"].take();
    nested["data"] = json!({"offer": row});
    let (read, drift) = parse_with_drift::<GetOffer>(&answer(200, nested.to_string())).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), row);
    assert_eq!(drift.to_string(), "");

    let mut strange = nested.clone();
    strange["data"]["mood"] = json!("good");
    strange["data"]["offer"]["offer"]["mood"] = json!("good");
    let (_, drift) = parse_with_drift::<GetOffer>(&answer(200, strange.to_string())).unwrap();
    assert_eq!(drift.to_string(), "data.mood: unknown field (1)\ndata.offer.offer.mood: unknown field (1)\n");

    nested["data"]["offer"]["offer"]["payout"] = json!("a lot");
    let error = parse::<GetOffer>(&answer(200, nested.to_string())).unwrap_err();
    assert!(error.to_string().contains("at data.offer.offer.payout: "), "{error}");
}

#[test]
fn the_captured_page_holds_nothing_unknown() {
    let (_, drift) = parse_with_drift::<ListBatchOffers>(&answer(200, PAGE)).unwrap();
    assert_eq!(drift.to_string(), "");
}

#[test]
fn what_is_read_and_what_is_reported_make_up_the_whole_page() {
    let mut sent: Value = serde_json::from_str(PAGE).unwrap();
    let known = sent["data"].clone();
    sent["data"]["rowset"][0]["mood"] = json!("good");
    sent["data"]["rowset"][0]["offer"]["colour"] = json!({"r": 1});
    sent["data"]["rowset"][0]["offer_platform"]["target"][1]["is_below"] = json!(1);
    let (page, drift) = parse_with_drift::<ListBatchOffers>(&answer(200, sent.to_string())).unwrap();
    assert_eq!(serde_json::to_value(page).unwrap(), known);
    insta::assert_snapshot!(drift);
}

#[test]
fn every_option_of_a_list_of_offers() {
    let limit = Limit::of::<50>();
    let call = ListOffers::new()
        .personal()
        .page(NonZeroU32::new(3).unwrap())
        .limit(limit)
        .sort_by_id(Order::Ascending)
        .filter(OfferFilter::geo_country(Equality::EqualTo, "AE"))
        .fields([OfferField::Payout, OfferField::Name, OfferField::Name]);
    insta::assert_snapshot!(query(&call));
    insta::assert_snapshot!(account().request(&call).unwrap().uri());
}

#[test]
fn every_option_of_the_other_list_of_offers() {
    let call = ListBatchOffers::new()
        .with(OfferExtra::Epc1)
        .with(OfferExtra::Description)
        .filter(OfferFilter::status(&OfferStatus::Active))
        .limit(Limit::of::<1>())
        .sort_by_id(Order::Descending);
    insta::assert_snapshot!(query(&call));
}

#[test]
fn every_filter_of_offers() {
    use Comparison::{EqualTo, GreaterThan, GreaterThanOrEqualTo, LessThan, LessThanOrEqualTo, NotEqualTo};
    let filters = [
        OfferFilter::id(GreaterThan, "41000".parse().unwrap()),
        OfferFilter::id(LessThanOrEqualTo, "42000".parse().unwrap()),
        OfferFilter::name(NotEqualTo, "Fish & Chips + 100%"),
        OfferFilter::pricing_type(EqualTo, &PricingType::CpaAndCps),
        OfferFilter::offer_approval(LessThan, OfferApproval::Private),
        OfferFilter::currency(GreaterThanOrEqualTo, "USD"),
        OfferFilter::conversion_protocol(EqualTo, ConversionProtocol::PostbackUrl),
        OfferFilter::geo_country(Equality::NotEqualTo, "CN"),
        OfferFilter::offer_platform(Equality::EqualTo, &Platform::Pc),
        OfferFilter::category(Equality::EqualTo, "Non-Incent"),
        OfferFilter::app_id(Equality::NotEqualTo, "com.example.app"),
        OfferFilter::status(&OfferStatus::Other("stopped".to_owned())),
    ];
    insta::assert_snapshot!(query(&filters.into_iter().fold(ListOffers::new(), ListOffers::filter)));
}

#[test]
fn a_later_filter_takes_the_place_of_its_like() {
    let above = |id: &str| OfferFilter::id(Comparison::GreaterThan, id.parse().unwrap());
    let call = ListBatchOffers::new().filter(above("1")).filter(OfferFilter::status(&OfferStatus::Active));
    assert_eq!(
        query(&call.filter(above("2"))),
        "type=all\noffset=1\nlimit=100\nfilters[status]=active\nfilters[id][GREATER_THAN]=2"
    );
}

#[test]
fn the_id_is_asked_for_where_nothing_else_is() {
    assert!(query(&ListOffers::new().fields([])).ends_with("\nfields=id"));
}

#[test]
fn a_call_can_be_moved_to_any_page() {
    let call = ListOffers::new().personal().fields([OfferField::Name]);
    let at = |page, limit| call.at(NonZeroU32::new(page).unwrap(), NonZeroU32::new(limit).unwrap());
    assert_eq!(query(&at(2, 200)), "type=personal\noffset=2\nlimit=200\nfields=id,name");
    assert_eq!(query(&at(1, 200)), query(&call), "the first page, as large as it may be");
    assert_eq!(at(7, u32::MAX), at(7, ListOffers::MAX_ROWS_PER_PAGE.get()), "more rows are never asked for");
    assert_eq!(ListBatchOffers::MAX_ROWS_PER_PAGE.get(), 100);
}

#[test]
fn a_listing_can_tell_what_the_caller_chose() {
    let [two, fifty] = [2, 50].map(|number| NonZeroU32::new(number).unwrap());
    let chosen = |call: &ListOffers| (call.first_page(), call.page_limit());
    assert_eq!(chosen(&ListOffers::new()), (None, None));
    assert_eq!(chosen(&ListOffers::new().page(two)), (Some(two), None));
    assert_eq!(chosen(&ListOffers::new().limit(Limit::of::<50>())), (None, Some(fifty)));
    assert_eq!(chosen(&ListOffers::new().at(two, fifty)), (Some(two), Some(fifty)));
    let call = ListBatchOffers::new().page(two).limit(Limit::of::<50>());
    assert_eq!((call.first_page(), call.page_limit()), (Some(two), Some(fifty)));
    let call = ListPostbacks::new().page(two).limit(Limit::of::<50>());
    assert_eq!((call.first_page(), call.page_limit()), (Some(two), Some(fifty)));
    let call = ListSubAffiliateRules::new().page(two);
    assert_eq!((call.first_page(), call.page_limit()), (Some(two), None));
}

#[test]
fn rows_are_known_by_the_id_of_their_offer() {
    let page = parse::<ListBatchOffers>(&answer(200, PAGE)).unwrap();
    assert_eq!(
        page.rowset.iter().map(ListBatchOffers::id_of).collect::<Vec<_>>(),
        ["41320".parse().unwrap()]
    );
}

#[test]
fn a_limit_is_from_one_to_the_most() {
    assert_eq!([0, 1, 200, 201].map(|rows| Limit::<200>::new(rows).is_some()), [false, true, true, false]);
    assert_eq!(Limit::<200>::of::<50>(), Limit::new(50).unwrap());
}
