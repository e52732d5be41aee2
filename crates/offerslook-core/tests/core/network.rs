//! Names of networks.

use offerslook_core::{BaseUrl, Network};

#[test]
fn a_network_is_a_label_of_the_api_domain() {
    let longest = "a".repeat(63);
    for name in ["acme", "a", "7", "a-1", "xn--acme-8ra", &longest] {
        let network: Network = name.parse().unwrap();
        assert_eq!((network.as_str(), network.to_string().as_str()), (name, name));
        assert_eq!(BaseUrl::from(network).to_string(), format!("https://{name}.api.offerslook.com"));
    }
    assert_eq!("AcMe".parse::<Network>().unwrap().as_str(), "acme");
}

#[test]
fn invalid_names_of_networks() {
    let error = [
        "",
        " ",
        "-acme",
        "acme-",
        "ac_me",
        "acmé",
        "acme.api.offerslook.com",
        "https://acme.api.offerslook.com",
        "evil.example/",
        "evil.example#",
        "a@b",
        "a\nb",
        &"a".repeat(64),
    ]
    .map(|name| name.parse::<Network>().expect_err(name));
    insta::assert_snapshot!(error[0]);
}

#[test]
fn what_was_given_is_not_repeated_since_it_may_hold_a_password() {
    let error = "https://me:s3cr3t@acme.api.offerslook.com".parse::<Network>().unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error:?}");
}

#[test]
fn white_space_around_is_trimmed() {
    assert_eq!(" acme\n".parse::<Network>().unwrap().as_str(), "acme");
}
