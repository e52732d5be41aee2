use std::borrow::Cow;

use base64::{
    Engine,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

/// The last defence: texts that must not be shown, in every form in which they travel. Nothing that is
/// printed should hold one in the first place, but a service may repeat what it was sent.
#[derive(Default)]
pub(crate) struct Secrets(Vec<SecretString>);

/// Hiding a shorter text would make messages unreadable, and tell what it is.
const SHORTEST: usize = 4;

const UNRESERVED_KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Secrets {
    /// From here on hides a text by itself.
    pub(crate) fn hide(&mut self, secret: &str) {
        let secret = secret.trim();
        if secret.len() < SHORTEST {
            return;
        }
        let encoded = utf8_percent_encode(secret, UNRESERVED_KEPT).to_string();
        let fully_encoded = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
        self.add(lower_escapes(&encoded));
        self.add(lower_escapes(&fully_encoded));
        self.add(encoded);
        self.add(fully_encoded);
        self.add(secret.escape_debug().to_string());
        self.add(BASE64_STANDARD_NO_PAD.encode(secret));
        self.add(BASE64_URL_SAFE_NO_PAD.encode(secret));
        self.add(secret.to_owned());
    }

    /// From here on hides an e-mail address, a key, and the pair that HTTP Basic makes of them.
    pub(crate) fn hide_account(&mut self, email: &str, key: &str) {
        self.hide(email);
        self.hide(key);
        self.hide(&format!("{}:{}", email.trim(), key.trim()));
    }

    /// The text without any of them.
    pub(crate) fn redact<'text>(&self, text: &'text str) -> Cow<'text, str> {
        let mut shown = Cow::Borrowed(text);
        for secret in self.0.iter().map(ExposeSecret::expose_secret) {
            if shown.contains(secret) {
                shown = shown.replace(secret, "[redacted]").into();
            }
        }
        shown
    }

    /// Keeps the longest first, so that no part of one is left when a part of it is hidden.
    fn add(&mut self, form: String) {
        if self.0.iter().all(|known| known.expose_secret() != form) {
            let place = self.0.partition_point(|known| known.expose_secret().len() >= form.len());
            self.0.insert(place, form.into());
        }
    }
}

/// `%2B` as `%2b`, which means the same.
fn lower_escapes(encoded: &str) -> String {
    let mut pieces = encoded.split('%');
    let mut lower = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        // What stands behind a percent sign here is always two digits.
        let (digits, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        lower.extend(["%", &digits.to_ascii_lowercase(), rest]);
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::Secrets;
    use base64::{Engine, prelude::BASE64_STANDARD};

    #[test]
    fn every_form_is_hidden() {
        let mut secrets = Secrets::default();
        secrets.hide_account("me+x@example.com", "k\"ey/+ä0123");
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
            let shown = secrets.redact(form);
            assert!(shown.starts_with("[redacted]"), "{form} is shown as {shown}");
            assert!(shown.trim_start_matches("[redacted]").trim_matches('=').is_empty(), "{shown}");
        }
        assert_eq!(secrets.redact("nothing of it here"), "nothing of it here");
    }

    #[test]
    fn a_key_of_a_letter_does_not_blank_the_messages() {
        let mut secrets = Secrets::default();
        secrets.hide_account("me@example.com", "a");
        assert_eq!(secrets.redact("a plain message"), "a plain message");
    }
}
