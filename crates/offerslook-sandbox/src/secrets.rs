use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use percent_encoding::percent_decode;

const REDACTED: &str = "[redacted]";

/// Maximum rounds of percent-decoding in search of a secret. Text with more layers is redacted.
const MAX_ROUNDS: usize = 8;

/// The account's e-mail address and API key, plain and in base64, which must never be kept or shown.
pub(crate) struct Secrets(Vec<Vec<u8>>);

impl Secrets {
    /// Neither may be empty.
    pub(crate) fn new(email: &str, api_key: &str) -> Self {
        let texts = [email.to_owned(), api_key.to_owned(), format!("{email}:{api_key}")];
        let forms = texts.iter().flat_map(|text| [text.clone(), STANDARD_NO_PAD.encode(text)]);
        Self(forms.map(|form| folded(form.as_bytes())).collect())
    }

    /// Replaces a text that contains a secret in any form.
    pub(crate) fn redact(&self, text: &str) -> String {
        let is_secret = self.0.iter().any(|secret| contains(text, secret));
        if is_secret { REDACTED } else { text }.to_owned()
    }

    /// Replaces the segments of a path that contain a secret, or the whole path if a secret spans segments.
    pub(crate) fn redact_path(&self, path: &str) -> String {
        let spans_segments = |secret: &Vec<u8>| {
            let rest: Vec<_> = path.split('/').filter(|segment| !contains(segment, secret)).collect();
            contains(&rest.join("/"), secret)
        };
        let mut found = self.0.iter().filter(|secret| contains(path, secret)).peekable();
        if found.peek().is_none() {
            path.to_owned()
        } else if found.any(spans_segments) {
            format!("/{REDACTED}")
        } else {
            let segments: Vec<_> = path.split('/').map(|segment| self.redact(segment)).collect();
            segments.join("/")
        }
    }
}

/// Returns whether a text contains a folded secret in any encoding.
fn contains(text: &str, secret: &[u8]) -> bool {
    let mut form = Cow::Borrowed(text.as_bytes());
    for _ in 0..MAX_ROUNDS {
        if folded(&form).windows(secret.len()).any(|window| window == secret) {
            return true;
        }
        match Cow::from(percent_decode(&form)) {
            Cow::Owned(decoded) => form = Cow::Owned(decoded),
            Cow::Borrowed(_) => return false,
        }
    }
    true
}

/// Maps texts to the same bytes if they differ only in case, in the encoding of a space in a form, or in the
/// base64 alphabet.
fn folded(text: &[u8]) -> Vec<u8> {
    let fold = |byte: &u8| match byte {
        b' ' | b'-' => b'+',
        b'_' => b'/',
        byte => byte.to_ascii_lowercase(),
    };
    text.iter().map(fold).collect()
}
