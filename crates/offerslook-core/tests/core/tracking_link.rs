//! Tracking links, and the words that stand in their place.

use offerslook_core::{Batched, Link, NoLink, NotAUrl, TrackingLink, affiliate::batches::GetTrackingLinks};

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
fn a_link_is_a_scalar() {
    for (json, link) in [
        ("null", Link::Absent),
        ("false", Link::Absent),
        ("true", Link::Other("true".into())),
        ("0", Link::Other("0".into())),
        ("-16", Link::Other("-16".into())),
        ("1.5", Link::Other("1.5".into())),
    ] {
        assert_eq!(serde_json::from_str::<Link>(json).unwrap(), link, "{json}");
    }
    for json in ["[]", r#"{"href": "https://t.example/"}"#] {
        let error = serde_json::from_str::<Link>(json).unwrap_err().to_string();
        assert!(error.contains(r#"expected a URL, "Need to apply" or null"#), "{error}");
    }
}

/// What stands in the place of a link is kept to the letter, and told.
#[test]
fn an_invalid_link_is_kept() {
    for (url, no_link, told) in [
        (r#""Need to apply""#, NoLink::NeedToApply, "not approved for this offer: need to apply"),
        ("null", NoLink::Absent, "the API has a row for this offer, but without a link"),
        (r#""""#, NoLink::Absent, "the API has a row for this offer, but without a link"),
        (
            r#""https://t.example/a b""#,
            NoLink::Other("https://t.example/a b".into()),
            "not a tracking link: \"https://t.example/a b\"",
        ),
        (
            r#""//t.example/?o=16""#,
            NoLink::Other("//t.example/?o=16".into()),
            "not a tracking link: \"//t.example/?o=16\"",
        ),
        (r#""/index.php""#, NoLink::Other("/index.php".into()), "not a tracking link: \"/index.php\""),
        (r#""Paused""#, NoLink::Other("Paused".into()), "not a tracking link: \"Paused\""),
        ("7", NoLink::Other("7".into()), "not a tracking link: \"7\""),
    ] {
        let row = serde_json::from_str(&format!(r#"{{"offer_id": 16, "url": {url}}}"#)).unwrap();
        let refused = GetTrackingLinks::accept(row).unwrap_err();
        assert_eq!(refused.to_string(), told);
        assert_eq!(refused, no_link);
    }
}

#[test]
fn what_a_batch_yields_has_a_link() {
    let row = r#"{"offer_id": 16, "url": " https://t.example/?o=16", "impression_pixel": "<img src='x'>"}"#;
    let link = GetTrackingLinks::accept(serde_json::from_str(row).unwrap()).unwrap();
    assert_eq!((link.offer_id.get(), link.url.as_str()), (16, "https://t.example/?o=16"));
    assert_eq!(link.impression_pixel.as_ref().unwrap().as_str(), "<img src='x'>");
    assert_eq!(link.to_string(), "https://t.example/?o=16");
}
