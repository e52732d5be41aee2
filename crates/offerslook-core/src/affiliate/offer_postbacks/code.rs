use std::{fmt, str::FromStr};

use serde::Serialize;

use crate::error::one_line;

/// The content of a postback: an `http` or `https` URL that the network calls on a conversion, or HTML that it puts
/// into the last page of the offer. It may contain macros in braces, which the network replaces.
///
/// The reference asks for a URL; HTML has been seen where the type is a pixel. In a URL, every brace must belong to a
/// macro. In HTML, braces may belong to a script, so only a single word in braces is a macro: put a space inside the
/// braces where it is not one.
///
/// ```
/// use offerslook_core::affiliate::offer_postbacks::PostbackCode;
///
/// let code: PostbackCode = "https://t.example/postback?click={aff_sub1}&payout={payout}".parse()?;
/// assert_eq!(code.macros().collect::<Vec<_>>(), ["aff_sub1", "payout"]);
///
/// let error = "https://t.example/postback?click={clickid}".parse::<PostbackCode>().unwrap_err();
/// assert!(error.to_string().starts_with("{clickid} is not a macro"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct PostbackCode(String);

impl PostbackCode {
    /// The macros that the network replaces, without their braces.
    pub const MACROS: &[&str] = &[
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

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the macros in it, without their braces, in order.
    pub fn macros(&self) -> impl Iterator<Item = &str> {
        pieces(&self.0).filter_map(|piece| match piece {
            Piece::Braces(name) if Self::MACROS.contains(&name) => Some(name),
            _ => None,
        })
    }
}

impl fmt::Display for PostbackCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a string is not the content of a postback.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParsePostbackCodeError {
    /// It is neither a URL nor HTML.
    #[error(
        "{0:?} is neither a URL nor HTML: a URL begins with http:// or https:// and has no spaces, \
         and HTML begins with < and ends with >"
    )]
    NotUrlOrHtml(String),
    /// A URL has an unmatched brace.
    #[error("{0:?} has an unmatched brace: write macros as {{click_id}}, and other braces as %7B and %7D")]
    LoneBrace(String),
    /// There is no macro of this name.
    #[error("{{{0}}} is not a macro; the network replaces {known}", known = PostbackCode::MACROS.join(", "))]
    UnknownMacro(String),
}

impl FromStr for PostbackCode {
    type Err = ParsePostbackCodeError;

    /// Trims white space.
    ///
    /// # Errors
    /// [`ParsePostbackCodeError`] names the first unknown macro.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let is_html = text.starts_with('<') && text.ends_with('>');
        if !is_html && !is_url(text) {
            return Err(ParsePostbackCodeError::NotUrlOrHtml(one_line(text)));
        }
        for piece in pieces(text) {
            match piece {
                Piece::LoneBrace if !is_html => {
                    return Err(ParsePostbackCodeError::LoneBrace(one_line(text)));
                }
                Piece::Braces(name) if !(Self::MACROS.contains(&name) || is_html && !is_word(name)) => {
                    return Err(ParsePostbackCodeError::UnknownMacro(one_line(name)));
                }
                Piece::LoneBrace | Piece::Braces(_) => {}
            }
        }
        Ok(Self(text.to_owned()))
    }
}

/// Whether it is `http://` or `https://`, a host, and no white space.
fn is_url(text: &str) -> bool {
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        && rest.starts_with(|first: char| !"/?#".contains(first))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// A brace, or a pair of them.
enum Piece<'t> {
    /// A pair, with what is between them.
    Braces(&'t str),
    LoneBrace,
}

const BRACES: [char; 2] = ['{', '}'];

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, from_brace) = rest.split_at_checked(rest.find(BRACES)?)?;
        let (piece, after) = pair(from_brace).or_else(|| Some((Piece::LoneBrace, from_brace.get(1..)?)))?;
        rest = after;
        Some(piece)
    })
}

/// The pair of braces that the text begins with, and the text after it.
fn pair(text: &str) -> Option<(Piece<'_>, &str)> {
    let inside = text.strip_prefix('{')?;
    let (name, end) = inside.split_at_checked(inside.find(BRACES)?)?;
    Some((Piece::Braces(name), end.strip_prefix('}')?))
}
