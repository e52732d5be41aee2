use std::{borrow::Cow, fmt::Display, io::Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use offerslook_core::types::Secrets;

use crate::failure::Failure;

/// Where everything goes that is for a person: standard error, a line at a time, without secrets and
/// without control characters. That nobody reads it is no reason to fail.
pub(crate) struct Console {
    pub(crate) secrets: Secrets,
    quiet: bool,
    verbose: bool,
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default();
const PLAIN: Style = Style::new();

impl Console {
    pub(crate) fn new(secrets: Secrets, quiet: bool, verbose: bool) -> Self {
        Self { secrets, quiet, verbose }
    }

    /// Why the command gives up, or why part of the answer is missing.
    pub(crate) fn failure(&self, failure: &Failure) {
        let stop = if failure.what.ends_with(['.', '!', '?', '…']) { "" } else { "." };
        let text = format!("{}{stop} {}", failure.what, failure.advice);
        self.line(ERROR, text.trim_end());
        for cause in &failure.causes {
            self.detail(format_args!("caused by: {cause}"));
        }
    }

    /// What the user should know although the answer is there.
    pub(crate) fn warning(&self, text: impl Display) {
        self.line(WARNING, &format!("warning: {text}."));
    }

    /// What came of it, in a line.
    pub(crate) fn summary(&self, text: impl Display) {
        if !self.quiet {
            self.line(PLAIN, &text.to_string());
        }
    }

    /// What only those want to know who asked for it.
    pub(crate) fn detail(&self, text: impl Display) {
        if self.verbose {
            self.line(PLAIN, &text.to_string());
        }
    }

    fn line(&self, style: Style, text: &str) {
        let text = plain(&self.secrets.redact(text)).into_owned();
        let line = format!("{style}offerslook:{style:#} {text}\n");
        let mut stderr = AutoStream::auto(std::io::stderr().lock());
        let _ = stderr.write_all(line.as_bytes());
    }
}

/// Text that does nothing to a terminal but show.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() }
}
