//! The code of a postback: a URL or HTML, and the macros in it.

use offerslook_core::affiliate::offer_postbacks::PostbackCode;
use proptest::prelude::*;

fn macros_in(text: &str) -> Vec<String> {
    text.parse::<PostbackCode>().unwrap().macros().map(str::to_owned).collect()
}

#[test]
fn every_documented_macro_is_known() {
    let documented = "{click_id} {offer_id} {event_id} {country_id} {aff_id} {adv_id} {adv_sub1} {adv_sub2} \
        {adv_sub3} {aff_sub1} {aff_sub2} {aff_sub3} {aff_sub4} {aff_sub5} {source_id} {agent} {click_time} \
        {payout} {referer} {accept_lan} {ip} {unique_click} {currency} {ios_idfa} {android_id} {google_aid} \
        {conversion_ip} {amount}";
    let url = format!("https://t.example/?{}", documented.replace(' ', "&"));
    let expected: Vec<_> = documented.split(' ').map(|name| name.trim_matches(['{', '}'])).collect();
    assert_eq!(macros_in(&url), expected);
    assert_eq!(PostbackCode::MACROS, expected);
}

#[test]
fn what_is_code() {
    let good = [
        ("http://test.com", 0),
        ("HTTPS://t.example?c={click_id}", 1),
        ("https://{source_id}.t.example/{offer_id}/{offer_id}", 3),
        ("https://t.example/?json=%7B%22c%22%3A{click_id}%7D", 1),
        (r#"<img src="https: //www.offerslook.com">"#, 0),
        (r#"<iframe src="https://t.example/?c={click_id}"></iframe>"#, 1),
        ("<script>if (a) { b(\"{click_id}\"); } else {}</script>", 1),
        ("<script>\n  var a = {x: {y: 1}};\n</script>", 0),
    ];
    for (text, macros) in good {
        assert_eq!(macros_in(text).len(), macros, "{text}");
        assert_eq!(format!(" {text}\n").parse::<PostbackCode>().unwrap().as_str(), text);
    }
}

#[test]
fn invalid_codes() {
    let bad = [
        "",
        "   ",
        "t.example/?c={click_id}",
        "ftp://t.example/",
        "https://",
        "https:///path",
        "https://t.example/?a=b c",
        "javascript:alert(1)",
        "{click_id}",
        "https://t.example/?c={clickid}&d={nothing}",
        "https://t.example/?c={Click_ID}",
        "https://t.example/?c={}",
        "https://t.example/?c={{click_id}}",
        "https://t.example/?c={click_id",
        "https://t.example/?c=click_id}",
        "https://t.example/?c={offer_id{click_id}",
        "<img src='https://t.example/?c={clickid}'>",
        "<script>var a = function(){return};</script>",
        "<img src='https://t.example/'",
    ];
    let told = bad.map(|text| format!("{text:?}\n  {}", text.parse::<PostbackCode>().unwrap_err()));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_is_told_of_long_code_is_short() {
    let long = "x".repeat(10_000);
    for text in [long.clone(), format!("https://t.example/{{{long}}}"), format!("https://t.example/{{{long}")]
    {
        let told = text.parse::<PostbackCode>().unwrap_err().to_string();
        assert!(told.chars().count() < 1_000);
    }
}

proptest! {
    #[test]
    fn any_text_is_taken_as_it_is_or_refused_in_one_line(
        text in "(https://t\\.example/|<b>|)[{}a-z_ \\n\u{e9}%]{0,30}(\\{click_id\\}|>|)",
    ) {
        match text.parse::<PostbackCode>() {
            Ok(code) => prop_assert_eq!(code.as_str(), text.trim()),
            Err(error) => prop_assert!(!error.to_string().contains(char::is_control)),
        }
    }

    #[test]
    fn a_url_of_macros_and_plain_text_has_just_those_macros(
        macros in prop::collection::vec(prop::sample::select(PostbackCode::MACROS), 0..6),
        plain in "[a-z0-9=&%/_.-]{0,10}",
    ) {
        let text = macros.iter().fold("https://t.example/?".to_owned(), |url, name| format!("{url}{plain}{{{name}}}"));
        prop_assert_eq!(macros_in(&text), macros);
    }
}
