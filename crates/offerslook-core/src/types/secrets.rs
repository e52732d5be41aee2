use std::{borrow::Cow, fmt, ops::Range};

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use http::header::AUTHORIZATION;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

use crate::Request;

/// The last defence: texts that must not be shown, in every form in which they travel. Nothing that is
/// printed should hold one in the first place, but a service may repeat what it was sent: a page for
/// debugging shows all headers, say.
///
/// The errors of jobs went through one already. Where you parse answers by yourself, see
/// [`Error::redacted`](crate::Error::redacted).
///
/// ```
/// use offerslook_core::types::Secrets;
///
/// let mut secrets = Secrets::default();
/// secrets.hide_account("me@example.com", "0123456789abcdef");
/// assert_eq!(secrets.redact("no such key: 0123456789abcdef"), "no such key: [redacted]");
/// ```
#[derive(Clone, Default)]
pub struct Secrets(Vec<SecretString>);

const SHORTEST: usize = 4;

const REDACTED: &str = "[redacted]";

const UNRESERVED_KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Secrets {
    /// The credentials that a request carries.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let mut secrets = Self::default();
        let header = request.headers().get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        let token = header.map_or("", |header| header.trim_start_matches("Basic "));
        secrets.hide(token);
        let pair = BASE64_STANDARD.decode(token).unwrap_or_default();
        if let Some((email, key)) = String::from_utf8_lossy(&pair).split_once(':') {
            secrets.hide_account(email, key);
        }
        secrets
    }

    /// From here on hides a text by itself. One of less than four bytes is not hidden: that would make
    /// messages unreadable, and tell what it is.
    pub fn hide(&mut self, secret: &str) {
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
        let quoted = format!("{secret:?}");
        self.add(quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned());
        self.add(BASE64_STANDARD_NO_PAD.encode(secret));
        self.add(BASE64_URL_SAFE_NO_PAD.encode(secret));
        self.add(secret.to_owned());
    }

    /// From here on hides an e-mail address, a key, and the pair that HTTP Basic makes of them.
    pub fn hide_account(&mut self, email: &str, key: &str) {
        self.hide(email);
        // Services write addresses small.
        self.hide(&email.to_lowercase());
        self.hide(key);
        self.hide(&format!("{}:{}", email.trim(), key.trim()));
    }

    /// The text without any of them, and without the beginning of one at its end, where it may be cut short.
    #[must_use]
    pub fn redact<'text>(&self, text: &'text str) -> Cow<'text, str> {
        let mut hidden: Vec<_> = self
            .exposed()
            .flat_map(|secret| {
                let whole = text.match_indices(secret).map(|(at, _)| at..at + secret.len());
                whole.chain(beginning_at_the_end(secret, text))
            })
            .collect();
        if hidden.is_empty() {
            return text.into();
        }
        // All are found before any is replaced: where two overlap, nothing is left of either.
        hidden.sort_unstable_by_key(|place| place.start);
        let mut shown = String::new();
        let mut rest = 0;
        for place in hidden {
            if let Some(between) = text.get(rest..place.start) {
                shown.extend([between, REDACTED]);
            }
            rest = rest.max(place.end);
        }
        shown.push_str(text.get(rest..).unwrap_or_default());
        shown.into()
    }

    fn exposed(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(ExposeSecret::expose_secret)
    }

    fn add(&mut self, form: String) {
        if self.exposed().all(|known| known != form) {
            self.0.push(form.into());
        }
    }
}

/// Where the text ends with the beginning of this secret, be it followed by the mark of a cut.
fn beginning_at_the_end(secret: &str, text: &str) -> Option<Range<usize>> {
    let end = text.trim_end_matches('…');
    let mut beginnings = (SHORTEST..secret.len()).rev().filter_map(|length| secret.get(..length));
    let found = beginnings.find(|beginning| end.ends_with(beginning))?;
    Some(end.len() - found.len()..text.len())
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

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets([redacted])")
    }
}
