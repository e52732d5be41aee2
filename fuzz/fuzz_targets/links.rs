//! Parameters appended to tracking links: still a link, macros stay as they are, and no name twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use offerslook_core::{Link, Parameter, TrackingLink};

fuzz_target!(|input: (&str, Vec<(&str, &str, &str)>)| {
    let (url, parameters) = input;
    assert_eq!(Link::from(url).url().is_some(), TrackingLink::new(url.trim()).is_ok());
    let Ok(mut link) = TrackingLink::new(url) else { return };
    assert_eq!(link.as_str(), url);
    for (name, value, between) in parameters {
        // A macro in the middle of anything.
        let value = format!("{value} {{click_id}} {between}");
        let Some(parameter) = Parameter::new(name, &value) else { continue };
        let present = count(&link, name);
        match link.append(&parameter) {
            Ok(longer) => {
                assert_eq!((present, count(&longer, name)), (0, 1), "{longer}");
                assert!(longer.as_str().contains("%20{click_id}%20"), "{longer}");
                assert_eq!(TrackingLink::new(longer.as_str()).as_ref(), Ok(&longer));
                let (address, fragment) = split(&link);
                let (longer_address, longer_fragment) = split(&longer);
                assert!(longer_address.starts_with(address) && longer_fragment == fragment, "{longer}");
                link = longer;
            }
            Err(error) => assert!(present > 0 && error.name == name),
        }
    }
});

fn split(link: &TrackingLink) -> (&str, Option<&str>) {
    link.as_str()
        .split_once('#')
        .map_or((link.as_str(), None), |(address, fragment)| (address, Some(fragment)))
}

fn count(link: &TrackingLink, name: &str) -> usize {
    let query = split(link).0.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).filter(|(present, _)| present == name).count()
}
