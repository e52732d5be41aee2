/// The macros that the service replaces, without their braces.
const MACROS: &str = "click_id offer_id event_id country_id aff_id adv_id adv_sub1 adv_sub2 adv_sub3 \
     aff_sub1 aff_sub2 aff_sub3 aff_sub4 aff_sub5 source_id agent click_time payout \
     referer accept_lan ip unique_click currency ios_idfa android_id google_aid \
     conversion_ip amount";

const MAX_BYTES: usize = 4_096;

/// Checks a code: a URL, or HTML as in the reference's example of a pixel.
pub(super) fn check(code: &str, may_be_html: bool) -> Result<(), String> {
    if code.len() > MAX_BYTES {
        return Err(format!("code is longer than {MAX_BYTES} bytes."));
    }
    let is_html = code.starts_with('<') && code.ends_with('>');
    if !(is_url(code) || may_be_html && is_html) {
        let or_html = if may_be_html { " or HTML from < to >" } else { "" };
        return Err(format!("code is not a URL, such as https://t.example/?click={{click_id}}{or_html}."));
    }
    check_macros(code, is_html)
}

/// Returns whether a text is `http://` or `https://`, a host, and characters that a URL may contain.
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        && rest.starts_with(|first: char| first.is_alphanumeric() || first == '[' || first == '{')
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
}

/// Checks the macros. In a URL, every brace belongs to a macro. In HTML, which may contain scripts, only a
/// single word in braces is a macro.
fn check_macros(code: &str, is_html: bool) -> Result<(), String> {
    // The position of the brace before the piece, in characters from 1.
    let mut place = 0;
    for piece in code.split('{') {
        let (name, rest) = match piece.split_once('}') {
            Some((name, rest)) if place > 0 => (Some(name), rest),
            _ => (None, piece),
        };
        let is_lone = rest.contains('}') || place > 0 && name.is_none();
        if is_lone && !is_html {
            return Err(
                "code contains a brace that does not belong to a macro. Send it as %7B or %7D.".to_owned()
            );
        }
        if name
            .is_some_and(|name| !MACROS.split(' ').any(|known| known == name) && (!is_html || is_word(name)))
        {
            let known = MACROS.replace(' ', ", ");
            return Err(format!(
                "The macro at character {place} of code is unknown. The known macros are {known}."
            ));
        }
        place += piece.chars().count() + 1;
    }
    Ok(())
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
