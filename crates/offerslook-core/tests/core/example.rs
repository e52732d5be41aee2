//! A call held against its documented example: for the tests of this folder, and for those beside an endpoint.

use std::fmt::Debug;

use http::header::AUTHORIZATION;
use offerslook_core::{Account, Credentials, Endpoint, Network, Payload, Request, parse_with_drift};
use serde::Serialize;
use serde_json::Value;

/// Records the request of this call, and the documented example, decoded. Nothing of the example is unknown,
/// and written again it is the same to the letter.
pub(crate) fn check<E: Endpoint<Output: Debug + Serialize>>(call: &E, example: &str) {
    let credentials = Credentials::affiliate("affiliate@example.com", "0123456789abcdef").unwrap();
    let request = Account::new("acme".parse::<Network>().unwrap().into(), credentials).request(call).unwrap();
    let (output, drift) = parse_with_drift::<E>(&http::Response::new(example)).unwrap();
    assert!(drift.is_empty(), "{drift}");
    let name = E::SPEC.name;
    insta::with_settings!({ prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("{name}_request"), written(&request));
        insta::assert_snapshot!(format!("{name}_answer"), format!("{output:#?}"));
    });

    let example: Value = serde_json::from_str(example).unwrap();
    let data = &example["data"];
    let payload = match E::SPEC.payload {
        Payload::Object(key) | Payload::List(key) => &data[key],
        _ => data,
    };
    assert_eq!(serde_json::to_value(&output).unwrap(), *payload);
}

/// The request as it travels, without the secret and the version.
pub(crate) fn written(request: &Request) -> String {
    assert!(request.headers()[AUTHORIZATION].is_sensitive());
    let mut headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| {
            let value = if value.is_sensitive() { "[redacted]" } else { value.to_str().unwrap() };
            format!("{name}: {value}")
        })
        .collect();
    headers.sort();
    let body = String::from_utf8_lossy(request.body());
    format!("{} {}\n{}\n\n{body}", request.method(), request.uri(), headers.join("\n"))
        .replace(env!("CARGO_PKG_VERSION"), "[version]")
}
