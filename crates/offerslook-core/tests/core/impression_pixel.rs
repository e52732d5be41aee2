//! The address that an impression pixel loads.

use offerslook_core::ImpressionPixel;

fn address(snippet: &str) -> Option<String> {
    let pixel: ImpressionPixel = serde_json::from_value(snippet.into()).unwrap();
    assert_eq!(pixel.as_str(), snippet);
    assert_eq!(serde_json::to_value(&pixel).unwrap(), snippet);
    pixel.address()
}

#[test]
fn the_documented_snippet() {
    assert_eq!(
        address(
            "<img src='http://qoqololo.iuniontrack.com:9080/impr.php?offer_id=16&aff_id=40'  border='0'  width='1'  height='1' />"
        )
        .unwrap(),
        "http://qoqololo.iuniontrack.com:9080/impr.php?offer_id=16&aff_id=40"
    );
}

#[test]
fn snippets_with_an_address() {
    for snippet in [
        r#"<img src="http://t.example/i?a=1&b=2">"#,
        "<img src=http://t.example/i?a=1&b=2 width=1>",
        "<IMG WIDTH=1 SRC='http://t.example/i?a=1&b=2'/>",
        "<img src='http://t.example/i?a=1&amp;b=2' />",
        "<img src='http://t.example/i?a&#61;1&b=2'>",
        "<img\nsrc = ' http://t.example/i?a=1&b=2 '>",
        "<!-- <img src='http://no.example/'> --><p><img src='http://t.example/i?a=1&b=2'></p>",
        "<img alt='no source'><img src='http://t.example/i?a=1&b=2'>",
        "<img src='http://t.example/i?a=1&b=2'><img src='http://second.example/'>",
        "<img src='http://t.example/i?a=1&b=2' src='http://second.example/'>",
        "<noscript><img src='http://t.example/i?a=1&b=2'></noscript>",
        "http://t.example/i?a=1&b=2",
        " http://t.example/i?a=1&b=2\n",
    ] {
        assert_eq!(address(snippet).as_deref(), Some("http://t.example/i?a=1&b=2"), "{snippet}");
    }
    assert_eq!(address("<img src='//t.example/{click_id}'>").unwrap(), "//t.example/{click_id}");
}

#[test]
fn macros_and_words_like_entities_are_not_taken_for_entities() {
    for url in ["http://t.example/?a=1&copy=2&lt=3", "http://t.example/?a={click_id}&reg={r}"] {
        assert_eq!(address(&format!("<img src='{url}'>")).as_deref(), Some(url));
    }
}

#[test]
fn snippets_without_an_address() {
    for snippet in [
        "",
        " ",
        "none",
        "<img>",
        "<img src=''>",
        "<img src=' '>",
        "<img src='http://t.example/",
        "<img src='http://t.example/'",
        "<image src='http://t.example/'>",
        "<iframe src='http://t.example/'></iframe>",
        "<!-- <img src='http://t.example/'> -->",
        "&lt;img src='http://t.example/'&gt;",
        "<a title=\"<img src='http://t.example/'>\">",
    ] {
        assert_eq!(address(snippet), None, "{snippet}");
    }
}
