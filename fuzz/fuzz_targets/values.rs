//! The parsers of ids, rates, parameters, base URLs, networks and proxies: what they accept they write so that they
//! read the same again.
#![no_main]

use std::{
    collections::BTreeSet,
    fmt::{Debug, Display},
    str::FromStr,
};

use libfuzzer_sys::fuzz_target;
use offerslook_core::{
    BaseUrl, Credentials, Network, OfferId, OfferIds, Parameter,
    affiliate::offer_postbacks::{PostbackCode, PostbackId},
    job::Rate,
    transport::{Proxies, Proxy},
};

fuzz_target!(|text: &str| {
    inverse::<OfferId>(text);
    inverse::<Rate>(text);
    inverse::<Network>(text);
    inverse::<PostbackId>(text);
    if let Some(ids) = inverse::<OfferIds>(text) {
        let distinct: BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
        let parts = ids.to_string().split(',').map(|id| id.parse().unwrap()).collect::<Vec<OfferId>>();
        assert_eq!(parts, ids.as_slice());
    }
    if let Some(base) = inverse::<BaseUrl>(text) {
        assert!(!base.is_insecure());
        base_url(&base);
    }
    if let Ok(base) = BaseUrl::insecure_http(text) {
        assert_eq!(BaseUrl::insecure_http(&base.to_string()).as_ref(), Ok(&base));
        base_url(&base);
    }
    if let Ok(parameter) = text.parse::<Parameter>() {
        encoded(&parameter);
    }
    if let Ok(proxy) = text.parse::<Proxy>() {
        assert!(proxy.uri().host().is_some_and(|host| !host.is_empty()));
    }
    let proxies = Proxies::from_variables(|_| Some(text.to_owned()));
    let _ = proxies.for_uri(&http::Uri::from_static("https://a.example:8443/"));
    let _ = text.parse::<PostbackCode>();
    let _ = Credentials::affiliate(text, text);
});

fn inverse<T: FromStr<Err: Debug> + Display + PartialEq + Debug>(text: &str) -> Option<T> {
    let value: T = text.parse().ok()?;
    assert_eq!(value.to_string().parse::<T>().unwrap(), value, "{text:?}");
    Some(value)
}

fn base_url(base: &BaseUrl) {
    let text = base.to_string();
    let uri: http::Uri = text.parse().unwrap();
    assert!(!text.contains(['?', '#', ' ', '\\']) && uri.query().is_none(), "{text}");
    assert!(
        uri.authority()
            .is_some_and(|authority| !authority.host().is_empty() && !authority.as_str().contains('@'))
    );
    assert!(!base.prefix().ends_with('/') && !base.prefix().contains("//"));
}

fn encoded(parameter: &Parameter) {
    let text = parameter.to_string();
    let (name, value) = text.split_once('=').unwrap();
    assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%={}:".contains(&byte)), "{text}");
    let again = Parameter::new(parameter.name(), value).unwrap();
    assert_eq!(again.to_string(), text, "encoded twice");
    let (decoded, _) = form_urlencoded::parse(name.as_bytes()).next().unwrap();
    assert_eq!(decoded, parameter.name());
}
