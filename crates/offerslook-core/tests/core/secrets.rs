//! Texts that are hidden wherever they show up.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use offerslook_core::types::Secrets;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::{prelude::*, sample::Index};

fn secrets() -> Secrets {
    let mut secrets = Secrets::default();
    secrets.hide_account("me+x@example.com", "k\"ey/+ä0123");
    secrets
}

#[test]
fn every_form_is_hidden() {
    let pair = BASE64_STANDARD.encode("me+x@example.com:k\"ey/+ä0123");
    for form in [
        "k\"ey/+ä0123",
        "k\\\"ey/+ä0123",
        "k%22ey%2F%2B%C3%A40123",
        "k%22ey%2f%2b%c3%a40123",
        "me%2Bx%40example.com",
        "me%2bx%40example%2ecom",
        "k\\\"ey\\/+ä0123",
        "k\\\"ey\\/+\\u00e40123",
        "k\\u0022ey\\u002F+\\u00E40123",
        "k%22ey/%2b%c3%A40123",
        pair.as_str(),
        pair.replace('/', "\\/").as_str(),
    ] {
        let shown = secrets().redact(form).into_owned();
        assert!(shown.starts_with("[redacted]"), "{form} is shown as {shown}");
        assert!(shown.trim_start_matches("[redacted]").trim_matches('=').is_empty(), "{shown}");
    }
    assert_eq!(secrets().redact("nothing of it here"), "nothing of it here");
    assert_eq!(format!("{:?}", secrets()), "Secrets([redacted])");
}

#[test]
fn base64_is_hidden_however_it_is_wrapped() {
    let key = "0123456789abcdef".repeat(6);
    let mut secrets = Secrets::default();
    secrets.hide_account("me@example.com", &key);
    let pair = BASE64_STANDARD_NO_PAD.encode(format!("me@example.com:{key}"));
    for width in [4, 60, 64, 76] {
        for line_break in ["\r\n", "\n", " ", "\n    ", "\\r\\n", "\\n"] {
            let lines: Vec<_> = pair.as_bytes().chunks(width).map(String::from_utf8_lossy).collect();
            let wrapped = lines.join(line_break);
            let shown = secrets.redact(&format!("Basic {wrapped}, it says")).into_owned();
            assert_eq!(shown, "Basic [redacted], it says", "{width} {line_break:?}");
            let cut = &wrapped[..wrapped.len() - 10];
            assert_eq!(
                secrets.redact(&format!("Basic {cut}…")),
                "Basic [redacted]",
                "{width} {line_break:?}"
            );
        }
    }
}

#[test]
fn the_beginning_of_one_is_hidden_where_the_text_is_cut() {
    for (text, shown) in [
        ("the key is k\"ey/+ä01", "the key is [redacted]"),
        ("the key is k\"ey/+ä…", "the key is [redacted]"),
        ("the user is me+x@ex", "the user is [redacted]"),
        ("the key is k%22ey%2", "the key is [redacted]"),
        ("the key is k\\\"ey\\/+\\u00", "the key is [redacted]"),
        // Too little to tell anything.
        ("the key is k\"e", "the key is k\"e"),
        // Not where it is cut.
        ("me+x@ex is not it", "me+x@ex is not it"),
    ] {
        assert_eq!(secrets().redact(text), shown);
    }
}

#[test]
fn a_key_of_a_letter_does_not_blank_the_messages() {
    let mut secrets = Secrets::default();
    secrets.hide_account("me@example.com", "a");
    assert_eq!(secrets.redact("a plain message"), "a plain message");
}

#[test]
fn an_address_is_hidden_however_it_is_capitalised_and_a_quotation_mark_is_no_disguise() {
    let mut secrets = Secrets::default();
    secrets.hide_account("Me@Example.com", "it's \"k3y\"");
    assert_eq!(secrets.redact("Me@Example.com me@example.com"), "[redacted] [redacted]");
    assert_eq!(secrets.redact(&format!("{:?}", "it's \"k3y\"")), "\"[redacted]\"");
}

#[test]
fn of_two_that_overlap_nothing_is_left() {
    let mut secrets = Secrets::default();
    secrets.hide_account("me@x.example", "example1234");
    assert_eq!(secrets.redact("at me@x.example1234, there"), "at [redacted], there");
}

/// Every form in which the account travels.
fn forms(email: &str, key: &str) -> Vec<String> {
    let pair = format!("{email}:{key}");
    [email, key, &pair]
        .into_iter()
        .flat_map(|secret| {
            let encoded = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
            let quoted = format!("{secret:?}");
            [
                secret.to_owned(),
                encoded,
                quoted.get(1..quoted.len() - 1).unwrap().to_owned(),
                BASE64_STANDARD_NO_PAD.encode(secret),
                BASE64_URL_SAFE_NO_PAD.encode(secret),
            ]
        })
        .collect()
}

/// Keys as they come, and as nobody would choose them.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9a-f]{32}",
        "[%+/=\"'\\\\a]{4,12}",
        "[a-zäß€ ]{2}[äß€]{4,8}",
        "[ab]{4}",
        Just("%".repeat(8)),
        Just("%2B%2b%25".to_owned()),
        Just("[redacted]".to_owned()),
        Just("my[redacted]key".to_owned()),
        Just("redacted".to_owned()),
        Just("error".to_owned()),
        Just("k".repeat(500)),
    ]
    .prop_map(|key| key.trim().to_owned())
    .prop_filter("long enough to be hidden", |key| key.len() >= 4)
}

proptest! {
    /// Of a text made of forms, pieces of them and anything else, no form is left, nor the beginning of one at the end.
    #[test]
    fn no_form_is_left_of_any_text(
        email in "[a-z+.%']{1,8}@[a-z]{1,8}\\.example",
        key in key(),
        parts in prop::collection::vec((any::<Index>(), any::<Index>(), "[ a%é:]{0,3}"), 0..6),
        cut in prop_oneof![Just(""), Just("…")],
    ) {
        let forms = forms(&email, &key);
        let mut secrets = Secrets::default();
        secrets.hide_account(&email, &key);
        let text: String = parts
            .iter()
            .flat_map(|(form, length, filler)| {
                let form = form.get(&forms);
                let length = length.index(2 * form.len());
                [form.get(..length).unwrap_or(form), filler]
            })
            .chain([cut])
            .collect();
        let shown = secrets.redact(&text).into_owned();
        let pieces: Vec<_> = shown.split("[redacted]").collect();
        for form in &forms {
            prop_assert!(pieces.iter().all(|piece| !piece.contains(form)), "{form:?} of {text:?} is in {shown:?}");
            let beginning = form.char_indices().map(|(at, _)| &form[..at]).find(|beginning| beginning.len() >= 4);
            let last = pieces.last().unwrap();
            prop_assert!(beginning.is_none_or(|beginning| !last.ends_with(beginning)), "{form:?} of {text:?} ends {shown:?}");
        }
    }
}
