//! E-mail addresses and API keys.

use base64::{Engine, prelude::BASE64_STANDARD};
use offerslook_core::{Account, ApiKey, Credentials, Network, affiliate::offers::GetOfferTrackingLink};

#[test]
fn credentials_travel_as_basic_authentication() {
    for (email, key, pair) in [
        ("me@example.com", "0123456789abcdef", "me@example.com:0123456789abcdef"),
        (" me@example.com\n", "\tkey\r\n", "me@example.com:key"),
        ("m@e", "k:e:y", "m@e:k:e:y"),
        ("mé@example.com", "clé secrète", "mé@example.com:clé secrète"),
        ("not an address", "x", "not an address:x"),
    ] {
        let credentials = Credentials::affiliate(email, key).unwrap();
        let account = Account::new("acme".parse::<Network>().unwrap().into(), credentials);
        let request = account.request(&GetOfferTrackingLink::new("16".parse().unwrap())).unwrap();
        let header = request.headers()["authorization"].to_str().unwrap();
        let sent = BASE64_STANDARD.decode(header.strip_prefix("Basic ").unwrap()).unwrap();
        assert_eq!(String::from_utf8(sent).unwrap(), pair);
    }
}

#[test]
fn invalid_credentials() {
    let told = [
        ("", "key"),
        (" \n", "key"),
        ("me:you@example.com", "key"),
        ("me\n@example.com", "key"),
        ("me@example.com", ""),
        ("me@example.com", " \r\n"),
        ("me@example.com", "two\nlines"),
        ("me@example.com", "nul\0"),
        ("me@example.com", "next\u{85}line"),
    ]
    .map(|(email, key)| format!("{email:?} {key:?}: {}", Credentials::affiliate(email, key).unwrap_err()));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_key_is_read_by_itself() {
    let key: ApiKey = "key".parse().unwrap();
    assert!(Credentials::with_key("me@example.com", key.clone()).is_ok());
    assert!(Credentials::with_key("", key).is_err());
}
