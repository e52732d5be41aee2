use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use percent_encoding::percent_decode;

use crate::checks::Account;

/// What stands in the place of text that holds a secret.
const REDACTED: &str = "[redacted]";

/// How often text is percent-decoded in search of a secret. Nobody needs to read what is encoded more often
/// than that.
const ROUNDS: usize = 8;

/// The texts that are never kept or shown: the account's e-mail address and key, as they are and in base64.
pub(crate) struct Secrets(Vec<Vec<u8>>);

impl Secrets {
    pub(crate) fn of(account: &Account) -> Self {
        // None of them is empty: the account has seen to it.
        let (email, api_key) = (account.email(), account.api_key());
        let texts = [email.to_owned(), api_key.to_owned(), format!("{email}:{api_key}")];
        let forms = texts.iter().flat_map(|text| [text.clone(), STANDARD_NO_PAD.encode(text)]);
        Self(forms.map(|form| folded(form.as_bytes())).collect())
    }

    /// The text, unless it holds a secret in any form.
    pub(crate) fn redact(&self, text: &str) -> String {
        let holds_one = self.0.iter().any(|secret| holds(text, secret));
        if holds_one { REDACTED } else { text }.to_owned()
    }

    /// A path without the segments that hold a secret; nothing of it where a secret goes over several
    /// segments.
    pub(crate) fn redact_path(&self, path: &str) -> String {
        let goes_over_several = |secret: &Vec<u8>| {
            let others: Vec<_> = path.split('/').filter(|segment| !holds(segment, secret)).collect();
            holds(&others.join("/"), secret)
        };
        let mut found = self.0.iter().filter(|secret| holds(path, secret)).peekable();
        if found.peek().is_none() {
            path.to_owned()
        } else if found.any(goes_over_several) {
            format!("/{REDACTED}")
        } else {
            let segments: Vec<_> = path.split('/').map(|segment| self.redact(segment)).collect();
            segments.join("/")
        }
    }
}

/// Whether a secret, which is folded, is in a text in any form.
fn holds(text: &str, secret: &[u8]) -> bool {
    let mut form = Cow::Borrowed(text.as_bytes());
    for _ in 0..ROUNDS {
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

/// The same for text that differs only in capitals, in how a form writes a space, or in the alphabet of its
/// base64.
fn folded(text: &[u8]) -> Vec<u8> {
    let fold = |byte: &u8| match byte {
        b' ' | b'-' => b'+',
        b'_' => b'/',
        byte => byte.to_ascii_lowercase(),
    };
    text.iter().map(fold).collect()
}
