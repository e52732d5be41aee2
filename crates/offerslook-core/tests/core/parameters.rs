//! Parameters, and what becomes of a link that one is appended to.

use offerslook_core::{Parameter, TrackingLink};
use proptest::{collection::vec, option, prelude::*};

#[test]
fn values_are_encoded_once_and_macros_not_at_all() {
    for (parameter, encoded) in [
        ("aff_sub1=abc", "aff_sub1=abc"),
        ("aff_sub1={click_id}", "aff_sub1={click_id}"),
        ("aff_sub1={{ad.id}}", "aff_sub1={{ad.id}}"),
        ("aff_sub1=a{x}b{y-z:1}", "aff_sub1=a{x}b{y-z:1}"),
        ("aff_sub1={not a macro}", "aff_sub1=%7Bnot%20a%20macro%7D"),
        ("aff_sub1={}{", "aff_sub1=%7B%7D%7B"),
        ("aff_sub1={{odd}", "aff_sub1=%7B{odd}"),
        ("aff_sub1=a b&c=d#e?f/g", "aff_sub1=a%20b%26c%3Dd%23e%3Ff%2Fg"),
        ("aff_sub1=a%20b", "aff_sub1=a%20b"),
        ("aff_sub1=100%", "aff_sub1=100%25"),
        ("aff_sub1=%2541", "aff_sub1=%2541"),
        ("aff_sub1=%zz%4", "aff_sub1=%25zz%254"),
        ("aff_sub1=a+b", "aff_sub1=a%2Bb"),
        ("aff_sub1=né\n", "aff_sub1=n%C3%A9%0A"),
        ("aff_sub1=", "aff_sub1="),
        ("{sub}%41=1", "%7Bsub%7D%2541=1"),
    ] {
        assert_eq!(parameter.parse::<Parameter>().unwrap().to_string(), encoded);
    }
}

#[test]
fn text_that_is_no_parameter() {
    let told = ["", "aff_sub1", "=abc"].map(|text| text.parse::<Parameter>().unwrap_err().to_string());
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(Parameter::new("", "abc"), None);
}

#[test]
fn a_parameter_goes_to_the_end_of_the_query() {
    for (before, after) in [
        ("https://t.example", "https://t.example?s=1"),
        ("https://t.example/", "https://t.example/?s=1"),
        ("https://t.example/?", "https://t.example/?s=1"),
        ("https://t.example/?o=1", "https://t.example/?o=1&s=1"),
        ("https://t.example/?o=1&", "https://t.example/?o=1&s=1"),
        ("https://t.example/#top", "https://t.example/?s=1#top"),
        ("https://t.example/?o=1#top?s=2", "https://t.example/?o=1&s=1#top?s=2"),
        (
            "https://t.example/?u=https%3A%2F%2Fx%2F%3Fs%3D2",
            "https://t.example/?u=https%3A%2F%2Fx%2F%3Fs%3D2&s=1",
        ),
        ("https://t.example/?S=2", "https://t.example/?S=2&s=1"),
    ] {
        let link = TrackingLink::new(before).unwrap();
        assert_eq!(link.append(&"s=1".parse().unwrap()).unwrap().as_str(), after);
    }
}

#[test]
fn a_name_that_is_there_is_refused_however_it_is_written() {
    for query in ["s=1", "s", "s=", "o=1&s=2", "%73=1", "o=1&&s"] {
        let link = TrackingLink::new(&format!("https://t.example/?{query}")).unwrap();
        let error = link.append(&"s=1".parse().unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the tracking link already has a parameter \"s\": leave it out, or choose another name"
        );
    }
}

fn link() -> impl Strategy<Value = TrackingLink> {
    let address = "https?://[a-z]{1,8}(:[0-9]{1,4})?(/[a-z.%é]{0,6}){0,2}";
    let query = option::of("[a-z0-9=&+%;?/{}é]{0,20}");
    let fragment = option::of("[a-z0-9=&?#/]{0,8}");
    (address, query, fragment).prop_map(|(address, query, fragment)| {
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        TrackingLink::new(&format!("{address}{query}{fragment}")).unwrap()
    })
}

/// Address with query, and fragment with its `#`.
fn halves(link: &TrackingLink) -> (&str, &str) {
    let link = link.as_str();
    link.split_at(link.find('#').unwrap_or(link.len()))
}

fn pairs(link: &TrackingLink) -> Vec<(String, String)> {
    let (address, _) = halves(link);
    let query = address.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// The link with the first of these that it does not have already.
fn appended(link: &TrackingLink, name: &str, value: &str) -> (Parameter, TrackingLink) {
    let free = std::iter::successors(Some(name.to_owned()), |name| Some(format!("{name}_")));
    free.map(|name| Parameter::new(&name, value).unwrap())
        .find_map(|parameter| Some((parameter.clone(), link.append(&parameter).ok()?)))
        .unwrap()
}

proptest! {
    #[test]
    fn the_query_decodes_to_what_it_was_and_the_new_pair(link in link(), name in ".{1,8}", value in "[^%{}]{0,12}") {
        let (parameter, longer) = appended(&link, &name, &value);
        let mut expected = pairs(&link);
        expected.push((parameter.name().to_owned(), value));
        prop_assert_eq!(pairs(&longer), expected);
    }

    #[test]
    fn nothing_of_the_link_changes(link in link(), name in ".{1,8}", value in ".{0,12}") {
        let (parameter, longer) = appended(&link, &name, &value);
        let (address, fragment) = halves(&link);
        let (longer_address, same_fragment) = halves(&longer);
        prop_assert!(longer_address.starts_with(address));
        prop_assert!(longer_address.ends_with(&parameter.to_string()));
        prop_assert_eq!(same_fragment, fragment);
        prop_assert_eq!(TrackingLink::new(longer.as_str()), Ok(longer));
    }

    #[test]
    fn the_same_name_is_refused_the_second_time(link in link(), name in ".{1,8}", values in [".{0,8}", ".{0,8}"]) {
        let (parameter, longer) = appended(&link, &name, &values[0]);
        let again = Parameter::new(parameter.name(), &values[1]).unwrap();
        prop_assert_eq!(longer.append(&again).unwrap_err().name, parameter.name());
    }

    #[test]
    fn macros_stay_literal(parts in vec(("[^{}]{0,6}", "\\{[a-z_]{1,8}[0-9]?\\}"), 1..4)) {
        let value: String = parts.iter().flat_map(|(text, name)| [text.as_str(), name]).collect();
        let encoded = Parameter::new("s", &value).unwrap().to_string();
        let mut rest = encoded.as_str();
        for (_, name) in &parts {
            let (before, after) = rest.split_once(name.as_str()).unwrap();
            prop_assert_eq!(before.find(['{', '}']), None);
            rest = after;
        }
        prop_assert_eq!(rest, "");
    }

    #[test]
    fn what_is_encoded_stays_as_it_is(value in "([%{}]|[0-9A-F]{2}|.){0,12}") {
        let once = Parameter::new("s", &value).unwrap();
        let encoded = once.to_string();
        let twice = Parameter::new("s", encoded.strip_prefix("s=").unwrap()).unwrap();
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn an_encoded_value_is_plain_text(value in ".{0,12}") {
        let encoded = Parameter::new("s", &value).unwrap().to_string();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "=-._~%{}:".contains(c);
        prop_assert!(encoded.chars().all(is_plain), "{}", encoded);
    }
}
