/// The text without the mark that some editors begin a file with.
pub(crate) fn without(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
