//! Commands that change something: what is shown first, and who has to agree.
#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::io::{self, IsTerminal};

use clap::Args;
use console::{Key, Term};
use offerslook_core::{Endpoint, Request};

use crate::{context::Context, exit::Exit, failure::Failure, output, session::Session};

#[derive(Args)]
#[command(next_help_heading = "Changes")]
pub(crate) struct ChangeOptions {
    /// Do it without asking
    #[arg(short, long)]
    yes: bool,

    /// Print the requests, without secrets, and send nothing
    #[arg(long, conflicts_with = "yes")]
    pub(crate) dry_run: bool,
}

impl ChangeOptions {
    /// Refuses to go on where nobody can be asked: before anything is sent.
    /// Fails if neither a terminal nor `--yes` is there.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.yes || self.dry_run || (io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Ok(());
        }
        Err(Failure::usage(
            "this changes something, and there is no terminal to ask on",
            "Add --yes to do it, or --dry-run to see the requests.",
        ))
    }

    /// Says what is about to happen, and asks unless `--yes` is given.
    pub(crate) fn confirm(&self, what: &str, context: &Context) -> Result<(), Failure> {
        if self.yes {
            context.console.detail(what);
            return Ok(());
        }
        context.console.notice(what);
        match ask(&Term::stderr()) {
            Ok(Key::Char('y' | 'Y')) => Ok(()),
            Ok(Key::CtrlC) => Err(Failure::new(Exit::Interrupted, "interrupted; nothing was sent", "")),
            Ok(_) => Err(Failure::other("nothing was sent", "")),
            Err(cause) => Err(Failure::not_possible("ask on the terminal", &cause)),
        }
    }
}

/// Asks, and returns the key that answers. Ctrl-C is a key here and no signal, so that what follows begins on a line of its
/// own.
fn ask(terminal: &Term) -> io::Result<Key> {
    terminal.write_str("Go on? [y/N] ")?;
    loop {
        let key = terminal.read_key_raw();
        match &key {
            Ok(Key::Char('y' | 'Y' | 'n' | 'N') | Key::Enter) => terminal.clear_line()?,
            Ok(Key::CtrlC) | Err(_) => terminal.write_line("")?,
            Ok(_) => continue,
        }
        return key;
    }
}

/// Prints a request as it would be sent, without secrets.
pub(crate) fn print_request<E: Endpoint>(
    call: &E,
    session: &Session,
    context: &Context,
) -> Result<Exit, Failure> {
    let request = session.account().request(call);
    let request = request.map_err(|error| Failure::of_api(&error.into(), false))?;
    print(&request, context)
}

/// Prints a request as it would be sent, without secrets.
pub(crate) fn print(request: &Request, context: &Context) -> Result<Exit, Failure> {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        let shown =
            if value.is_sensitive() { "Basic [redacted]" } else { value.to_str().unwrap_or("[binary]") };
        text.extend([name.as_str(), ": ", shown, "\n"]);
    }
    if !request.body().is_empty() {
        text.extend(["\n", &String::from_utf8_lossy(request.body()), "\n"]);
    }
    text.push('\n');
    output::print(&context.console.secrets().redact(&text))
}
