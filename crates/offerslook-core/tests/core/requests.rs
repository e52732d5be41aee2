//! From a call to a request, whatever the ids and the base URL.

use offerslook_core::{
    BuildError, Error, OfferId, OfferIds,
    account::MAX_URI_BYTES,
    affiliate::{batches::GetTrackingLinks, offers::GetOfferTrackingLink},
};
use proptest::{collection::vec, option, prelude::*};

use crate::account::{account, account_at};

#[test]
fn a_uri_may_be_as_long_as_the_limit_and_no_longer() {
    let fixed = "https://acme.api.offerslook.com/aff/v1/batches/offers/tracking_links/".len();
    let mut ids: Vec<_> = (1_000_000..).filter_map(OfferId::new).take((MAX_URI_BYTES - fixed) / 8).collect();
    let request = |ids: &[OfferId]| {
        account().request(&GetTrackingLinks::new(OfferIds::new(ids.iter().copied()).unwrap()))
    };
    let missing = MAX_URI_BYTES - request(&ids).unwrap().uri().to_string().len();
    let longer = 10_u64.pow(7 + u32::try_from(missing).unwrap()) - 1;
    *ids.last_mut().unwrap() = OfferId::new(longer).unwrap();
    assert_eq!(request(&ids).unwrap().uri().to_string().len(), MAX_URI_BYTES);

    ids.push(OfferId::new(u64::MAX).unwrap());
    let error = request(&ids).unwrap_err();
    assert!(matches!(error, BuildError::UriTooLong { max: MAX_URI_BYTES, .. }));
    let error = Error::from(error);
    insta::assert_snapshot!(format!("{error}\n{}", error.advice()));
}

#[test]
fn a_request_is_repeated_by_a_clone() {
    let request = account().request(&GetOfferTrackingLink::new("16".parse().unwrap())).unwrap();
    let again = request.clone();
    assert_eq!(again.uri(), request.uri());
    assert_eq!(again.headers(), request.headers());
    assert!(again.headers()["authorization"].is_sensitive());
}

proptest! {
    #[test]
    fn the_last_segment_is_the_joined_ids(
        numbers in vec(1..=u64::MAX, 1..100),
        host in "[a-z0-9]{1,10}(\\.[a-z0-9]{1,10}){0,3}",
        port in option::of(1..=u16::MAX),
        prefix in "(/[a-zA-Z0-9_~-][a-zA-Z0-9._~@:+,-]{0,8}){0,3}",
        slash in "/?",
    ) {
        let ids = OfferIds::new(numbers.iter().filter_map(|number| OfferId::new(*number))).unwrap();
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let origin = format!("https://{host}{port}");
        let account = account_at(&format!("{origin}{prefix}{slash}"));
        let request = account.request(&GetTrackingLinks::new(ids.clone())).unwrap();

        let path = format!("{prefix}/aff/v1/batches/offers/tracking_links/{ids}");
        prop_assert_eq!(request.uri().path(), &path);
        prop_assert_eq!(request.uri().query(), None);
        prop_assert_eq!(request.uri().to_string(), format!("{origin}{path}"));
        prop_assert_eq!(path.rsplit('/').next().unwrap().parse::<OfferIds>(), Ok(ids));
    }
}
