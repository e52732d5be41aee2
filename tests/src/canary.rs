//! An account whose e-mail address and key would be found wherever they leak, in any form in which they travel.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The e-mail address: with characters that percent-encoding changes.
pub const EMAIL: &str = "leak+canary@example.com";

/// The key: likewise.
pub const KEY: &str = "c4n4ry+f00d/feed=0123456789abcdef";

/// The form of a secret that stands in this text, if one does.
#[must_use]
pub fn leak_in(text: &str) -> Option<String> {
    // However much of it is encoded, and in whichever case its digits are: decoded it is the same.
    let decoded = percent_decode_str(text).decode_utf8_lossy().into_owned();
    let plain_text = [text, &decoded].map(str::to_ascii_lowercase);
    let pair = format!("{EMAIL}:{KEY}");
    [EMAIL, KEY, &pair].into_iter().find_map(|secret| {
        let escaped = format!("{secret:?}").trim_matches('"').to_owned();
        let plain = [secret, &escaped].map(str::to_ascii_lowercase);
        let leaked = plain.into_iter().find(|form| plain_text.iter().any(|text| text.contains(form)));
        let encoded = [BASE64_STANDARD_NO_PAD.encode(secret), BASE64_URL_SAFE_NO_PAD.encode(secret)];
        leaked.or_else(|| encoded.into_iter().find(|form| text.contains(form) || decoded.contains(form)))
    })
}

/// Fails where a secret stands in this text, and tells what was done.
///
/// # Panics
/// Then.
#[track_caller]
pub fn assert_none_in(text: &str, done: &str) {
    let leaked = leak_in(text);
    assert!(leaked.is_none(), "{done} shows {leaked:?}:\n{text}");
}

/// The forms in which the account travels, to be repeated by a service that cannot keep a secret.
#[must_use]
pub fn forms() -> String {
    let pair = format!("{EMAIL}:{KEY}");
    let encoded = utf8_percent_encode(&pair, NON_ALPHANUMERIC).to_string();
    let lower = encoded.to_ascii_lowercase();
    format!("{EMAIL} {KEY} {pair} {encoded} {lower} {}", BASE64_STANDARD_NO_PAD.encode(&pair))
}
