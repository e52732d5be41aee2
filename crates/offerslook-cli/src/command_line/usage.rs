use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::Failure;

/// Why the command line was not accepted.
pub(crate) enum Refusal {
    /// It asks for help, or for the version.
    Shown(clap::Error),
    /// It is not valid.
    Failure(Failure),
}

impl From<clap::Error> for Refusal {
    fn from(error: clap::Error) -> Self {
        match error.kind() {
            ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Self::Shown(error),
            _ => Self::Failure(in_a_line(without_key(error).render().to_string().as_str())),
        }
    }
}

/// What is given to an option about the API key may be the key itself, by mistake.
fn without_key(mut error: clap::Error) -> clap::Error {
    let is_about_key = matches!(
        error.get(ContextKind::InvalidArg),
        Some(ContextValue::String(option)) if option.starts_with("--api-key")
    );
    if is_about_key && error.get(ContextKind::InvalidValue).is_some() {
        error.insert(ContextKind::InvalidValue, ContextValue::String("[redacted]".to_owned()));
    }
    error
}

/// Of the paragraphs that clap writes, the first says what is wrong, and a tip says what to do.
fn in_a_line(text: &str) -> Failure {
    let one_line = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut paragraphs = text.split("\n\n").map(str::trim);
    let what = paragraphs.next().map(|first| one_line(first.trim_start_matches("error: ")));
    let tip = paragraphs.find_map(|paragraph| paragraph.strip_prefix("tip: "));
    let advice = tip.map_or_else(String::new, |tip| format!("Tip: {}. ", one_line(tip)));
    Failure::usage(what.unwrap_or_default(), advice + "Try --help.")
}
