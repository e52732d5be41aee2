//! Rates: their text form, and text that is none.

use std::time::Duration;

use offerslook_core::job::{Quota, Rate};
use proptest::prelude::*;

#[test]
fn a_rate_is_calls_in_seconds() {
    for (text, calls, window) in [
        ("50/10", 50, Duration::from_secs(10)),
        (" 1 / 0.25 ", 1, Duration::from_millis(250)),
        ("4294967295/1e9", u32::MAX, Duration::from_secs(1_000_000_000)),
    ] {
        let rate: Rate = text.parse().unwrap();
        assert_eq!((rate.calls().get(), rate.window()), (calls, window), "{text}");
        assert_eq!(Rate::new(calls, window), Ok(rate));
    }
    assert_eq!(Rate::DOCUMENTED.to_string(), "50/10");
    assert_eq!(Quota::new(Rate::DOCUMENTED).rate(), Rate::DOCUMENTED);
}

#[test]
fn a_rate_without_calls_or_without_a_window_is_refused() {
    assert!(Rate::new(0, Duration::from_secs(10)).is_err());
    assert!(Rate::new(50, Duration::ZERO).is_err());
    for text in [
        "", "50", "/", "50/", "/10", "0/10", "50/0", "-1/10", "50/-1", "5.5/10", "50/nan", "50/inf", "50/1/1",
    ] {
        let error = text.parse::<Rate>().unwrap_err().to_string();
        assert!(error.starts_with(&format!("{text:?} is not a rate: ")), "{error}");
    }
}

proptest! {
    #[test]
    fn parsing_undoes_writing(calls in 1..=u32::MAX, millis in 1..1_000_000_000_u64) {
        let rate = Rate::new(calls, Duration::from_millis(millis)).unwrap();
        prop_assert_eq!(rate.to_string().parse(), Ok(rate));
    }
}
