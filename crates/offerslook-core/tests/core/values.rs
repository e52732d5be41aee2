//! The values that rows are made of.

use std::time::{Duration, UNIX_EPOCH};

use offerslook_core::{
    affiliate::offer_postbacks::PostbackScope,
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
