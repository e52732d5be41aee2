//! The values that rows are made of.

use std::{
    fmt::Display,
    time::{Duration, UNIX_EPOCH},
};

use offerslook_core::{
    ImpressionPixel, Link, NoLink, OfferId, TrackingLink, UnusableRow,
    affiliate::{
        offer_postbacks::{ConversionProtocol, PostbackKind, PostbackScope, PostbackStatus},
        offers::{CapType, OfferApproval, TargetMode},
        sub_affiliate_approval::ListType,
    },
    types::{CommaList, UnixTime},
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_unix_time_is_the_same_as_system_time(seconds in -1_000_000_000_000..1_000_000_000_000i64) {
        let time = UnixTime::new(seconds);
        prop_assert_eq!(UnixTime::from(time.to_system_time().unwrap()), time);
        let json = serde_json::to_string(&time).unwrap();
        prop_assert_eq!(serde_json::from_str::<UnixTime>(&json).unwrap(), time);
        prop_assert_eq!(serde_json::from_str::<UnixTime>(&format!("\"{json}\"")).unwrap(), time);
    }

    #[test]
    fn a_unix_time_is_the_last_whole_second(seconds in 1..1_000_000u64, nanos in 0..1_000_000_000u32) {
        let distance = Duration::new(seconds, nanos);
        let rounded_up = i64::try_from(seconds).unwrap() + i64::from(nanos > 0);
        prop_assert_eq!(UnixTime::from(UNIX_EPOCH + distance).seconds(), i64::try_from(seconds).unwrap());
        prop_assert_eq!(UnixTime::from(UNIX_EPOCH - distance).seconds(), -rounded_up);
    }

    #[test]
    fn a_unix_time_is_written_as_its_date(seconds in 0..253_402_300_800_i64) {
        let time = UnixTime::new(seconds);
        let http_date = httpdate::fmt_http_date(time.to_system_time().unwrap());
        let [_, day, month, year, clock, _] = http_date.split(' ').collect::<Vec<_>>()[..] else { panic!() };
        let month = "JanFebMarAprMayJunJulAugSepOctNovDec".find(month).unwrap() / 3 + 1;
        prop_assert_eq!(time.to_string(), format!("{year}-{month:02}-{day}T{clock}Z"));
    }

    #[test]
    fn a_list_of_words_is_kept_to_the_letter(joined in "[a-zA-Z ,+-]{1,30}") {
        let list = CommaList::from(joined.clone());
        prop_assert_eq!(list.as_str(), if list.is_empty() { "" } else { &joined });
        prop_assert_eq!(list.is_empty(), list.iter().count() == 0);
        prop_assert!(list.iter().all(|word| !word.is_empty() && word.trim() == word));
    }
}

#[test]
fn all_offers_are_offer_zero() {
    let scopes = [PostbackScope::AllOffers, PostbackScope::Offer("16".parse().unwrap())];
    assert_eq!(serde_json::to_string(&scopes).unwrap(), "[0,16]");
    assert_eq!(serde_json::from_str::<[PostbackScope; 2]>(r#"["0", 16]"#).unwrap(), scopes);
}

#[test]
fn a_time_that_cannot_be_counted_is_none_or_a_moment() {
    for seconds in [i64::MIN, i64::MAX] {
        let time = UnixTime::new(seconds);
        assert!(time.to_system_time().is_none_or(|moment| UnixTime::from(moment) == time), "{seconds}");
    }
}

#[test]
fn what_a_person_prints_can_be_printed() {
    let link = TrackingLink::new("https://t.example/?o=16").unwrap();
    let unusable =
        serde_json::from_str::<UnusableRow>(r#"[16, "data.tracking_link[0].url", "no URL"]"#).unwrap();
    let told: [(&dyn Display, &str); _] = [
        (&OfferId::new(16).unwrap(), "16"),
        (&link, "https://t.example/?o=16"),
        (&Link::Url(link.clone()), "https://t.example/?o=16"),
        (&Link::NeedToApply, "Need to apply"),
        (&Link::Absent, ""),
        (&Link::Other("Paused".into()), "Paused"),
        (&ImpressionPixel::from("<img src='x'>".to_owned()), "<img src='x'>"),
        (&UnixTime::new(1_478_031_171), "2016-11-01T20:12:51Z"),
        (&UnixTime::new(-1), "1969-12-31T23:59:59Z"),
        (&UnixTime::new(951_782_400), "2000-02-29T00:00:00Z"),
        (&PostbackStatus::Approved, "approved"),
        (&PostbackStatus::Other("Held".into()), "Held"),
        (&PostbackKind::HtmlPixel, "HTML pixel"),
        (&PostbackKind::Other(7), "7"),
        (&PostbackScope::AllOffers, "0"),
        (&ConversionProtocol::PostbackUrl, "postback URL"),
        (&OfferApproval::RequireApproval, "requires approval"),
        (&CapType::DailyClick, "daily clicks"),
        (&TargetMode::Exclude, "exclude"),
        (&ListType::Whitelist, "whitelist"),
        (&NoLink::NeedToApply, "not approved for this offer: need to apply"),
        (&unusable, "the row of offer 16 cannot be read at data.tracking_link[0].url: no URL"),
    ];
    for (value, text) in told {
        assert_eq!(value.to_string(), text);
    }
}
