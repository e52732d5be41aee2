//! Tracking links, and the words that stand in their place.

use offerslook_core::{Link, NotAUrl, TrackingLink};

#[test]
fn an_absolute_url_is_taken_to_the_letter() {
    for url in [
        "https://click.dev.offerslook.com/index.php?offer_id=16&aff_id=40",
        "http://t.example:9080/impr.php",
        "HTTPS://T.Example/%7e?a={click_id}&b=[1]|2",
        "https://t.example/ünïcode#top",
        "itms-apps://itunes.apple.com/app/id1",
        "https://127.0.0.1",
    ] {
        let link = TrackingLink::new(url).unwrap();
        assert_eq!((link.as_str(), link.to_string().as_str()), (url, url));
    }
}

#[test]
fn anything_else_is_no_tracking_link() {
    for text in [
        "",
        "Need to apply",
        "click.example/index.php",
        "//click.example/index.php",
        "/index.php",
        "mailto:me@example.com",
        "https:/t.example",
        "https://",
        "://t.example",
        "1http://t.example",
        "ht tp://t.example",
        " https://t.example",
        "https://t.example/a b",
        "https://t.example/\n",
        "https://t.example/\u{0}",
        "https://t.example/\u{85}",
        "<a href='https://t.example/'>",
    ] {
        assert_eq!(TrackingLink::new(text), Err(NotAUrl), "{text:?}");
    }
}

#[test]
fn a_link_is_what_its_words_say() {
    let url = TrackingLink::new("https://t.example/?o=16").unwrap();
    for (words, link) in [
        ("https://t.example/?o=16", Link::Url(url.clone())),
        (" https://t.example/?o=16\n", Link::Url(url.clone())),
        ("Need to apply", Link::NeedToApply),
        (" NEED TO APPLY ", Link::NeedToApply),
        ("", Link::Absent),
        (" \t", Link::Absent),
        ("Need to apply.", Link::Other("Need to apply.".into())),
        ("//t.example/", Link::Other("//t.example/".into())),
        ("see https://t.example/", Link::Other("see https://t.example/".into())),
    ] {
        assert_eq!(Link::from(words), link, "{words:?}");
        let only_a_url_is_one = matches!(link, Link::Url(_));
        assert_eq!(link.url().is_some(), only_a_url_is_one);
        let json = serde_json::to_string(&link).unwrap();
        assert_eq!(serde_json::from_str::<Link>(&json).unwrap(), link, "{words:?}");
    }
    assert_eq!(Link::default(), Link::Absent);
    assert_eq!(serde_json::to_string(&Link::Absent).unwrap(), "null");
}

#[test]
fn a_link_is_text_or_null() {
    for json in ["16", "true", "[]", r#"{"href": "https://t.example/"}"#] {
        let error = serde_json::from_str::<Link>(json).unwrap_err().to_string();
        assert!(error.contains(r#"expected a URL, "Need to apply" or null"#), "{error}");
    }
}
