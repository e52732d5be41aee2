//! An account from variables, of the environment or of anything else.

use std::fmt::Write;

use offerslook_core::{Account, affiliate::offers::GetOffer};

use crate::account::{EMAIL, KEY, account};

fn from(variables: &[(&str, &str)]) -> Result<Account, String> {
    Account::from_variables(|name| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    })
    .map_err(|error| error.to_string())
}

const AFFILIATE: [(&str, &str); 2] = [("OFFERSLOOK_EMAIL", EMAIL), ("OFFERSLOOK_API_KEY", KEY)];

#[test]
fn a_network_or_a_base_url_and_credentials_make_an_account() {
    let [email, key] = AFFILIATE;
    let call = GetOffer::new("16".parse().unwrap());
    let expected = account().request(&call).unwrap();
    for address in [
        ("OFFERSLOOK_NETWORK", "acme"),
        ("OFFERSLOOK_NETWORK", " Acme\n"),
        ("OFFERSLOOK_BASE_URL", "https://acme.api.offerslook.com/"),
    ] {
        let request = from(&[address, email, key]).unwrap().request(&call).unwrap();
        assert_eq!((request.uri(), request.headers()), (expected.uri(), expected.headers()));
    }
    let empty = ("OFFERSLOOK_BASE_URL", " ");
    assert!(from(&[("OFFERSLOOK_NETWORK", "acme"), empty, email, key]).is_ok(), "empty is not set");
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    let [email, key] = AFFILIATE;
    let network = ("OFFERSLOOK_NETWORK", "acme");
    let cases: [&[(&str, &str)]; 10] = [
        &[],
        &[email, key],
        &[network, ("OFFERSLOOK_BASE_URL", "https://acme.api.offerslook.com"), email, key],
        &[network, key],
        &[network, email],
        &[network, email, ("OFFERSLOOK_API_KEY", "")],
        &[("OFFERSLOOK_NETWORK", "https://s3cr3t"), email, key],
        &[("OFFERSLOOK_BASE_URL", "http://s3cr3t.example"), email, key],
        &[network, ("OFFERSLOOK_EMAIL", "s3cr3t:"), key],
        &[network, email, ("OFFERSLOOK_API_KEY", "s3\0cr3t")],
    ];
    let mut told = String::new();
    for variables in cases {
        let error = from(variables).unwrap_err();
        assert!(!error.contains("s3") && !error.contains(KEY), "{error}");
        let names: Vec<_> =
            variables.iter().map(|(name, _)| name.trim_start_matches("OFFERSLOOK_")).collect();
        writeln!(told, "{}\n  {error}", names.join(" ")).unwrap();
    }
    insta::assert_snapshot!(told);
}
