use std::{borrow::Cow, fmt};

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use http::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};

use super::secret_match::{ESCAPES, Match, Wrapping, match_at};

/// The credentials to redact from text that a service sent.
///
/// Nothing in this crate prints a credential by itself, but a service may repeat what it was sent: a debug page
/// shows all headers, say. A secret is found as it is, percent-encoded, escaped as in JSON, and in base64, also
/// where that is wrapped into lines.
///
/// Errors of jobs and of [`Account::parse`](crate::Account::parse) are redacted already. Use
/// [`Error::redacted`](crate::Error::redacted) for those of [`parse`](crate::parse).
///
/// ```
/// use offerslook_core::types::Secrets;
///
/// let mut secrets = Secrets::default();
/// secrets.hide_account("me@example.com", "0123456789abcdef");
/// assert_eq!(secrets.redact("no such key: 0123456789abcdef"), "no such key: [redacted]");
/// ```
#[derive(Clone, Default)]
pub struct Secrets(Vec<(SecretString, Wrapping)>);

const REDACTED: &str = "[redacted]";

impl Secrets {
    /// The shortest text that is hidden, in bytes. Hiding shorter ones would make messages unreadable, and
    /// disclose what they are.
    pub const MIN_BYTES: usize = 4;

    /// Returns the credentials that a request carries.
    #[must_use]
    pub fn of<B>(request: &http::Request<B>) -> Self {
        let header = request.headers().get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        Self::of_authorization(header.unwrap_or_default())
    }

    pub(crate) fn of_authorization(header: &str) -> Self {
        let mut secrets = Self::default();
        let token = header.trim_start_matches("Basic ");
        secrets.hide(token);
        let pair = BASE64_STANDARD.decode(token).unwrap_or_default();
        if let Some((email, key)) = String::from_utf8_lossy(&pair).split_once(':') {
            secrets.hide_account(email, key);
        }
        secrets
    }

    /// Hides a text from now on. One of less than [`MIN_BYTES`](Self::MIN_BYTES) is not hidden.
    pub fn hide(&mut self, secret: &str) {
        let secret = secret.trim();
        if secret.len() >= Self::MIN_BYTES {
            self.add(secret.to_owned(), Wrapping::None);
            self.add(BASE64_STANDARD_NO_PAD.encode(secret), Wrapping::AnyWhitespace);
            self.add(BASE64_URL_SAFE_NO_PAD.encode(secret), Wrapping::AnyWhitespace);
        }
    }

    /// Hides an e-mail address, a key, and the pair that HTTP Basic makes of them.
    pub fn hide_account(&mut self, email: &str, key: &str) {
        self.hide(email);
        // Services write addresses in lower case.
        self.hide(&email.to_lowercase());
        self.hide(key);
        self.hide(&format!("{}:{}", email.trim(), key.trim()));
    }

    /// Returns the text with every secret replaced, and the beginning of one at its end too, since the text may
    /// have been cut there.
    #[must_use]
    pub fn redact<'text>(&self, text: &'text str) -> Cow<'text, str> {
        // All are found before any is replaced: where two overlap, nothing is left of either.
        let hidden = self.places_in(text);
        if hidden.is_empty() {
            return text.into();
        }
        let mut shown = String::new();
        let mut rest = 0;
        for (start, end) in hidden {
            if let Some(between) = text.get(rest..start) {
                shown.extend([between, REDACTED]);
            }
            rest = rest.max(end);
        }
        shown.push_str(text.get(rest..).unwrap_or_default());
        shown.into()
    }

    /// Where to redact, in order of the start.
    fn places_in(&self, text: &str) -> Vec<(usize, usize)> {
        // The mark of a cut is no part of a secret.
        let searched = text.trim_end_matches('…');
        let firsts = self.0.iter().filter_map(|(secret, _)| secret.expose_secret().chars().next());
        let firsts: Vec<_> = firsts.chain(ESCAPES).collect();
        let mut places = Vec::new();
        if self.0.is_empty() {
            return places;
        }
        for (start, _) in searched.char_indices().filter(|(_, character)| firsts.contains(character)) {
            let from_here = searched.get(start..).unwrap_or_default();
            places.extend(self.0.iter().filter_map(|(secret, wrapping)| {
                match match_at(from_here, secret.expose_secret(), *wrapping, Self::MIN_BYTES)? {
                    Match::Whole(length) => Some((start, start + length)),
                    Match::CutShort => Some((start, text.len())),
                }
            }));
        }
        places
    }

    fn add(&mut self, secret: String, wrapping: Wrapping) {
        if self.0.iter().all(|(known, _)| known.expose_secret() != secret) {
            self.0.push((secret.into(), wrapping));
        }
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets([redacted])")
    }
}
