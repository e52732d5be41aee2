//! Texts that are hidden wherever they show up.

use base64::{Engine, prelude::BASE64_STANDARD};
use offerslook_core::types::Secrets;

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
        pair.as_str(),
    ] {
        let shown = secrets().redact(form).into_owned();
        assert!(shown.starts_with("[redacted]"), "{form} is shown as {shown}");
        assert!(shown.trim_start_matches("[redacted]").trim_matches('=').is_empty(), "{shown}");
    }
    assert_eq!(secrets().redact("nothing of it here"), "nothing of it here");
    assert_eq!(format!("{:?}", secrets()), "Secrets([redacted])");
}

#[test]
fn the_beginning_of_one_is_hidden_where_the_text_is_cut() {
    for (text, shown) in [
        ("the key is k\"ey/+ä01", "the key is [redacted]"),
        ("the key is k\"ey/+ä…", "the key is [redacted]"),
        ("the user is me+x@ex", "the user is [redacted]"),
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
