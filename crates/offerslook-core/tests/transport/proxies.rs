use offerslook_core::transport::{Proxies, Proxy, ProxyError, SetupError, UnusableProxy};

fn proxies(variables: &[(&str, &str)]) -> Proxies {
    Proxies::from_variables(|asked| {
        variables.iter().find(|(name, _)| *name == asked).map(|(_, value)| (*value).to_owned())
    })
}

fn proxy_of(variables: &[(&str, &str)], uri: &str) -> Option<String> {
    let proxies = proxies(variables);
    proxies.for_uri(&uri.parse().unwrap()).unwrap().map(|proxy| proxy.uri().to_string())
}

/// Why the service cannot be called with these variables.
fn unusable(variables: &[(&str, &str)]) -> UnusableProxy {
    proxies(variables).for_uri(&SERVICE.parse().unwrap()).unwrap_err()
}

const SERVICE: &str = "https://acme.api.offerslook.com/aff/v1/offers";

#[test]
fn the_first_variable_that_is_set_decides() {
    let all = [
        ("all_proxy", "http://d:4"),
        ("ALL_PROXY", "http://c:3"),
        ("https_proxy", "http://b:2"),
        ("HTTPS_PROXY", "http://a:1"),
    ];
    assert_eq!(proxy_of(&all, SERVICE).unwrap(), "http://a:1/");
    assert_eq!(proxy_of(&all[..3], SERVICE).unwrap(), "http://b:2/");
    assert_eq!(proxy_of(&all[..2], SERVICE).unwrap(), "http://c:3/");
    assert_eq!(proxy_of(&all[..1], SERVICE).unwrap(), "http://d:4/");
    assert_eq!(proxy_of(&[], SERVICE), None);
}

#[test]
fn an_empty_variable_means_no_proxy() {
    assert_eq!(proxy_of(&[("HTTPS_PROXY", " "), ("ALL_PROXY", "http://c:3")], SERVICE), None);
}

#[test]
fn http_proxy_is_not_used() {
    assert_eq!(proxy_of(&[("HTTP_PROXY", "http://a:1"), ("http_proxy", "http://a:1")], SERVICE), None);
}

#[test]
fn only_https_to_other_machines_is_proxied() {
    let set = [("ALL_PROXY", "http://a:1")];
    for direct in [
        "http://localhost/",
        "http://service.example/",
        "https://localhost:8443/",
        "https://LocalHost/",
        "https://127.0.0.1/",
        "https://127.8.9.10:1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
    ] {
        assert_eq!(proxy_of(&set, direct), None, "{direct}");
    }
    assert!(proxy_of(&set, "https://localhost.example/").is_some());
    assert!(proxy_of(&set, "https://[2001:db8::1]/").is_some());
}

#[test]
fn the_address_of_a_proxy_may_be_short() {
    for (written, meant) in [
        ("proxy.example", "http://proxy.example:80/"),
        ("proxy.example:3128", "http://proxy.example:3128/"),
        (" HTTP://proxy.example:3128/ ", "http://proxy.example:3128/"),
        ("https://proxy.example", "https://proxy.example:443/"),
        ("http://[2001:db8::1]:3128", "http://[2001:db8::1]:3128/"),
        ("http://u:p@10.0.0.1:8080", "http://10.0.0.1:8080/"),
    ] {
        assert_eq!(written.parse::<Proxy>().unwrap().uri().to_string(), meant);
    }
}

#[test]
fn a_login_is_decoded_and_sent_as_basic() {
    for (written, header) in [
        ("http://user:pass@a", "Basic dXNlcjpwYXNz"),
        ("user@a:1", "Basic dXNlcjo="),
        ("https://us%65r:p%40%2Fss@a", "Basic dXNlcjpwQC9zcw=="),
        ("http://user:pa@ss@a", "Basic dXNlcjpwYUBzcw=="),
    ] {
        let proxy: Proxy = written.parse().unwrap();
        let value = proxy.authorization().unwrap();
        assert_eq!(value, header);
        assert!(value.is_sensitive());
        assert_eq!(proxy.uri().authority().unwrap().host(), "a");
    }
    assert_eq!("http://a:1".parse::<Proxy>().unwrap().authorization(), None);
}

#[test]
fn an_invalid_proxy_is_an_error_that_names_the_variable_and_repeats_nothing() {
    for value in [
        "http://",
        "http://:3128",
        "http://a:0",
        "http://a:70000",
        "http://a:port",
        "http://s3cret:s3c/ret@a:1",
        "http://s3cret:12/ret@a:1",
        "s3cret:pa://ss@a",
        "http://a:1/s3cret",
        "http://a b",
    ] {
        let error = unusable(&[("https_proxy", value)]);
        assert_eq!(
            error,
            UnusableProxy { variable: "https_proxy", fault: ProxyError::NotAnAddress },
            "{value}"
        );
        assert!(error.to_string().starts_with("https_proxy: this is not the address of a proxy"));
        assert!(!format!("{error} {error:?}").contains("s3c"));
    }
}

#[test]
fn a_proxy_of_another_kind_is_an_error() {
    for scheme in ["socks5", "socks5h", "SOCKS4", "ftp"] {
        let set = [("ALL_PROXY", format!("{scheme}://user:s3cret@a:1"))];
        let set = set.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(proxy_of(&set, "https://localhost/"), None, "an error only where it would be used");
        let error = SetupError::from(unusable(&set));
        let text = error.to_string();
        assert!(
            text.starts_with(&format!(
                "ALL_PROXY: {} proxies are not supported",
                scheme.to_ascii_lowercase()
            ))
        );
        assert!(!format!("{text} {error:?}").contains("s3cret"));
    }
}
