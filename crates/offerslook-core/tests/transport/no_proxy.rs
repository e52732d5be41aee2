use http::Uri;
use offerslook_core::transport::Proxies;
use proptest::prelude::*;

fn is_direct(no_proxy: &str, uri: &str) -> bool {
    let uri: Uri = uri.parse().unwrap();
    let proxies = Proxies::from_variables(|name| match name {
        "HTTPS_PROXY" => Some("http://proxy.example:3128".to_owned()),
        "NO_PROXY" => Some(no_proxy.to_owned()),
        _ => None,
    });
    proxies.for_uri(&uri).unwrap().is_none()
}

#[test]
fn entries_cover_what_they_say() {
    for (no_proxy, uri) in [
        ("*", "https://any.example/"),
        ("example.com", "https://example.com/"),
        ("example.com", "https://api.example.com/"),
        (".example.com", "https://example.com/"),
        (".example.com", "https://a.b.example.com/"),
        ("*.example.com", "https://api.example.com/"),
        ("EXAMPLE.com", "https://Api.Example.Com/"),
        ("example.com.", "https://example.com/"),
        ("example.com", "https://example.com./"),
        ("example.com:443", "https://example.com/"),
        ("example.com:8443", "https://example.com:8443/"),
        ("other.example,example.com", "https://example.com/"),
        ("other.example , example.com", "https://example.com/"),
        ("other.example example.com", "https://example.com/"),
        ("10.1.2.3", "https://10.1.2.3/"),
        ("10.1.2.3:8443", "https://10.1.2.3:8443/"),
        ("10.0.0.0/8", "https://10.200.3.4/"),
        ("10.1.2.3/8", "https://10.200.3.4/"),
        ("2001:db8::1", "https://[2001:db8::1]/"),
        ("[2001:db8::1]", "https://[2001:db8::1]/"),
        ("[2001:db8::1]:443", "https://[2001:DB8:0::1]/"),
        ("2001:db8::/32", "https://[2001:db8:5::9]/"),
        ("10.0.0.0/8", "https://[::ffff:10.1.2.3]/"),
    ] {
        assert!(is_direct(no_proxy, uri), "{no_proxy} must cover {uri}");
    }
}

#[test]
fn entries_cover_nothing_else() {
    for (no_proxy, uri) in [
        ("", "https://example.com/"),
        (" , ", "https://example.com/"),
        (".", "https://example.com/"),
        ("*.", "https://example.com./"),
        ("example.com", "https://badexample.com/"),
        ("example.com", "https://example.com.evil.example/"),
        ("api.example.com", "https://example.com/"),
        ("example.com:8443", "https://example.com/"),
        ("example.com:443", "https://example.com:8443/"),
        ("10.1.2.3", "https://10.1.2.30/"),
        ("10.0.0.0/8", "https://11.0.0.1/"),
        ("10.0.0.0/8", "https://10.example/"),
        ("0.1", "https://10.0.0.1/"),
        ("2001:db8::1", "https://[2001:db8::2]/"),
        ("2001:db8::1:443", "https://[2001:db8::1]/"),
    ] {
        assert!(!is_direct(no_proxy, uri), "{no_proxy} must not cover {uri}");
    }
}

#[test]
fn the_lower_case_variable_counts_where_the_upper_case_one_is_not_set() {
    let look_up = |name: &str| match name {
        "HTTPS_PROXY" => Some("http://proxy.example:3128".to_owned()),
        "no_proxy" => Some("example.com".to_owned()),
        _ => None,
    };
    let proxies = Proxies::from_variables(look_up);
    assert!(proxies.for_uri(&"https://example.com/".parse().unwrap()).unwrap().is_none());
    assert!(proxies.for_uri(&"https://example.org/".parse().unwrap()).unwrap().is_some());
}

proptest! {
    #[test]
    fn a_name_covers_itself_and_all_below_it(name in "[a-z]{1,8}(\\.[a-z]{1,8}){0,2}", below in "([a-z0-9]{1,8}\\.){0,3}") {
        let uri = format!("https://{below}{name}/");
        for entry in [name.clone(), format!(".{name}"), format!("*.{name}")] {
            prop_assert!(is_direct(&entry, &uri));
        }
    }

    #[test]
    fn a_name_covers_no_name_that_only_ends_like_it(name in "[a-z]{1,8}\\.[a-z]{1,8}", front in "[a-z0-9]{1,8}") {
        let uri = format!("https://{front}{name}/");
        prop_assert!(!is_direct(&name, &uri));
    }

    #[test]
    fn a_network_covers_exactly_its_addresses(network: u32, address: u32, length in 0_u32..=32) {
        let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
        let dotted = |bits: u32| std::net::Ipv4Addr::from(bits);
        prop_assume!(!dotted(address).is_loopback());
        let covered = is_direct(&format!("{}/{length}", dotted(network)), &format!("https://{}/", dotted(address)));
        prop_assert_eq!(covered, network & mask == address & mask);
    }

    #[test]
    fn whatever_the_list_says_reading_it_does_not_panic(list in "\\PC{0,60}") {
        is_direct(&list, "https://example.com/");
    }
}
