/// What the service puts in the place of a word in braces.
const MACROS: [&str; 28] = [
    "click_id",
    "offer_id",
    "event_id",
    "country_id",
    "aff_id",
    "adv_id",
    "adv_sub1",
    "adv_sub2",
    "adv_sub3",
    "aff_sub1",
    "aff_sub2",
    "aff_sub3",
    "aff_sub4",
    "aff_sub5",
    "source_id",
    "agent",
    "click_time",
    "payout",
    "referer",
    "accept_lan",
    "ip",
    "unique_click",
    "currency",
    "ios_idfa",
    "android_id",
    "google_aid",
    "conversion_ip",
    "amount",
];

/// The longest code that is kept, in bytes.
const MOST_BYTES: usize = 4_096;

/// A code is a URL; the reference's own example of a pixel is a piece of HTML.
pub(super) fn check(code: &str, may_be_html: bool) -> Result<(), String> {
    if code.len() > MOST_BYTES {
        return Err(format!("code is longer than {MOST_BYTES} bytes."));
    }
    let is_html = code.starts_with('<') && code.ends_with('>');
    if !(is_url(code) || may_be_html && is_html) {
        let or_html = if may_be_html { ", nor HTML from < to >" } else { "" };
        return Err(format!("code is not a URL, such as https://t.example/?click={{click_id}}{or_html}."));
    }
    check_macros(code, is_html)
}

/// `http://` or `https://`, a host, and nothing that stands in no URL.
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        && rest.starts_with(|first: char| first.is_alphanumeric() || first == '[' || first == '{')
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
}

/// In a URL, every brace is that of a macro. In HTML, only a single word in braces is a macro: there may be
/// scripts.
fn check_macros(code: &str, is_html: bool) -> Result<(), String> {
    // The place of the brace before the piece, in characters from 1.
    let mut place = 0;
    for piece in code.split('{') {
        let (name, rest) = match piece.split_once('}') {
            Some((name, rest)) if place > 0 => (Some(name), rest),
            _ => (None, piece),
        };
        let is_lone = rest.contains('}') || place > 0 && name.is_none();
        if is_lone && !is_html {
            return Err("code holds a brace that is not one of a macro. Send it as %7B or %7D.".to_owned());
        }
        if name.is_some_and(|name| !MACROS.contains(&name) && (!is_html || is_word(name))) {
            let known = MACROS.join(", ");
            return Err(format!("The macro at character {place} of code is unknown. Known are {known}."));
        }
        place += piece.chars().count() + 1;
    }
    Ok(())
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
