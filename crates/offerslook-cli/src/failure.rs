use std::{error::Error as _, fmt::Display, io, iter::successors, path::Path};

use offerslook_core::Error;

use crate::{exit::Exit, kind::Kind};

/// Why the command gives up: what happened, what to do about it, and the exit code.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) what: String,
    /// Empty where `what` says it already.
    pub(crate) advice: String,
    /// What is behind it, for those who want to know more.
    pub(crate) causes: Vec<String>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, what: impl Display, advice: impl Into<String>) -> Self {
        Self { exit, what: what.to_string(), advice: advice.into(), causes: Vec::new() }
    }

    /// The command line, the environment or a file that they name is at fault.
    pub(crate) fn usage(what: impl Display, advice: impl Into<String>) -> Self {
        Self::new(Exit::Usage, what, advice)
    }

    /// Not the user's mistake, and not the API's.
    pub(crate) fn other(what: impl Display, advice: impl Into<String>) -> Self {
        Self::new(Exit::Other, what, advice)
    }

    pub(crate) fn unreadable(source: &dyn Display, cause: &io::Error) -> Self {
        Self::usage(
            format_args!("cannot read {source}: {}", reason(cause)),
            "Check the path and its permissions.",
        )
    }

    pub(crate) fn unwritable(output: &dyn Display, cause: &io::Error) -> Self {
        Self::other(
            format_args!("cannot write {output}: {}", reason(cause)),
            "Check the path, its permissions and the free space.",
        )
    }

    pub(crate) fn in_use(path: &Path) -> Self {
        Self::other(
            format_args!("{} is in use by another run", path.display()),
            "Wait for that one, or name another file.",
        )
    }

    pub(crate) fn not_possible(what: &str, cause: &io::Error) -> Self {
        Self::other(format_args!("cannot {what}: {}", reason(cause)), "")
    }

    /// An error of the API, or of the way to it. `answered` says whether any id was.
    pub(crate) fn of_api(error: &Error, answered: bool) -> Self {
        let what = error.to_string();
        let causes = successors(error.source(), |cause| (*cause).source())
            .map(ToString::to_string)
            .filter(|cause| !what.contains(cause))
            .collect();
        let kind = Kind::of(error);
        let advice = if kind == Kind::Certificate {
            "Check the base URL and this machine's clock; --cacert FILE adds a private certificate authority."
        } else {
            error.advice()
        };
        Self { exit: kind.exit(answered), what, advice: advice.to_owned(), causes }
    }
}

/// What the system said, without the number that it adds.
pub(crate) fn reason(cause: &io::Error) -> String {
    let text = cause.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let mut letters = text.get(..end).unwrap_or(&text).chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
