//! Base URLs: where a key may be sent.

use offerslook_core::{
    Account, BaseUrl, BaseUrlError, Credentials, account::InsecureHttp,
    affiliate::offers::GetOfferTrackingLink,
};

use crate::account::account_at;

#[test]
fn good_base_urls() {
    for (text, origin, prefix) in [
        ("https://acme.api.offerslook.com", "https://acme.api.offerslook.com", ""),
        ("https://acme.api.offerslook.com/", "https://acme.api.offerslook.com", ""),
        ("https://acme.api.offerslook.com:8443", "https://acme.api.offerslook.com:8443", ""),
        ("HTTPS://Acme.API.OffersLook.com/Proxied", "https://acme.api.offerslook.com", "/Proxied"),
        ("https://example.com/a/b.c/", "https://example.com", "/a/b.c"),
        ("https://example.com/a//", "https://example.com", "/a"),
        ("https://example.com/@me/a:b,c/...x", "https://example.com", "/@me/a:b,c/...x"),
        ("https://example.com/a%20b", "https://example.com", "/a%20b"),
        ("https://203.0.113.7", "https://203.0.113.7", ""),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443", "/x"),
        ("http://localhost", "http://localhost", ""),
        ("http://LocalHost:8080/x", "http://localhost:8080", "/x"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
        ("http://127.8.9.10", "http://127.8.9.10", ""),
        ("http://[::1]", "http://[::1]", ""),
        ("http://[::1]:8080", "http://[::1]:8080", ""),
    ] {
        let base_url: BaseUrl = text.parse().unwrap();
        assert_eq!((base_url.origin(), base_url.prefix()), (origin, prefix));
        assert_eq!(base_url.to_string().parse(), Ok(base_url));

        let request = account_at(text).request(&GetOfferTrackingLink::new("16".parse().unwrap())).unwrap();
        assert_eq!(request.uri().to_string(), format!("{origin}{prefix}/aff/v1/offers/16/tracking_links"));
    }
}

#[test]
fn bad_base_urls() {
    use BaseUrlError::*;
    for (error, texts) in [
        (
            PlainHttp,
            &[
                "http://acme.api.offerslook.com",
                "HTTP://acme.api.offerslook.com",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://evil.example/localhost",
                "http://localhost.",
                "http://127.1",
                "http://2130706433",
                "http://0.0.0.0",
                "http://[::]",
                "http://[127.0.0.1]",
                "http://[::ffff:203.0.113.7]",
                "http://203.0.113.7",
            ][..],
        ),
        (
            UserInfo,
            &[
                "https://me:s3cr3t@acme.api.offerslook.com",
                "https://me@acme.api.offerslook.com",
                "https://@acme.api.offerslook.com",
                "http://localhost@evil.example",
                "http://localhost:80@evil.example",
            ],
        ),
        (
            QueryOrFragment,
            &[
                "https://example.com?",
                "https://example.com/?a=1",
                "https://example.com#",
                "https://example.com/#a",
                "?",
            ],
        ),
        (
            Path,
            &[
                "https://example.com/..",
                "https://example.com/a/../b",
                "https://example.com/./b",
                "https://example.com/%2e%2e/b",
                "https://example.com/%2E./b",
                "https://example.com/.%2e",
                "https://example.com/%2e",
                "https://example.com//b",
                "https://example.com/a//b",
                "https://example.com/é",
                "https://example.com/a%",
                "https://example.com/a%2/b",
                "https://example.com/{network}",
            ],
        ),
        (
            NotAUrl,
            &[
                "",
                "acme",
                "acme.api.offerslook.com",
                "acme.api.offerslook.com/x",
                "/aff/v1",
                "//acme.api.offerslook.com",
                "https:acme.api.offerslook.com",
                "https:/acme.api.offerslook.com",
                "https://",
                "https:///aff",
                "https://:443",
                "ftp://acme.api.offerslook.com",
                "httpx://acme.api.offerslook.com",
                "https://acme.api.offerslook.com:",
                "https://acme.api.offerslook.com:0",
                "https://acme.api.offerslook.com:99999",
                "https://acme.api.offerslook.com:+443",
                "https://acme.api.offerslook.com:https",
                "https://acme.api.offerslook.com:443:443",
                "https://acme api.offerslook.com",
                "https://acme.api.offerslook.com/a b",
                "https://acmé.api.offerslook.com",
                "https://acme.api.offerslook.com\\@evil.example",
                "https://%61cme.api.offerslook.com",
                "https://[::1",
                "https://[::1]x",
                "https://{network}.api.offerslook.com",
                "https://acme.api.offerslook.com/\r\nx: y",
            ],
        ),
    ] {
        for text in texts {
            assert_eq!(text.parse::<BaseUrl>(), Err(error), "{text:?}");
        }
    }
    let told = [NotAUrl, PlainHttp, UserInfo, QueryOrFragment, Path].map(|error| error.to_string());
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn plain_http_is_opt_in() {
    for (text, is_insecure) in [
        ("http://acme.api.offerslook.com", true),
        ("HTTP://acme.api.offerslook.com:8080/x/", true),
        ("http://203.0.113.7", true),
        ("http://[2001:db8::1]:8080", true),
        ("http://localhost:8080", false),
        ("http://[::1]:8080", false),
        ("https://acme.api.offerslook.com", false),
    ] {
        let base_url = BaseUrl::insecure_http(text).unwrap();
        assert_eq!(base_url.is_insecure(), is_insecure, "{text}");
        let again = base_url.to_string().parse::<BaseUrl>();
        assert_eq!(again, if is_insecure { Err(BaseUrlError::PlainHttp) } else { Ok(base_url.clone()) });

        let credentials = Credentials::affiliate("me@example.com", "key").unwrap();
        let call = GetOfferTrackingLink::new("16".parse().unwrap());
        let request = Account::new(base_url, credentials).request(&call).unwrap();
        assert_eq!(request.extensions().get::<InsecureHttp>().is_some(), is_insecure, "{text}");
    }
    for text in
        ["ftp://example.com", "http://me@example.com", "http://example.com/..", "http://", "example.com"]
    {
        assert!(BaseUrl::insecure_http(text).is_err(), "{text}");
    }
}

#[test]
fn white_space_around_is_trimmed() {
    let url: BaseUrl = " https://acme.api.offerslook.com\n".parse().unwrap();
    assert_eq!(url.to_string(), "https://acme.api.offerslook.com");
}
