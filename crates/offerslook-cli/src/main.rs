//! The `offerslook` command: offer ids in, tracking links out.
//!
//! Standard output carries data only. Everything for a person goes to standard error through [`console`], which hides
//! secrets.

mod account;
mod client;
mod command_line;
mod commands;
mod console;
mod context;
mod environment;
mod exit;
mod failure;
mod help;
mod kind;
mod log;
mod options;
mod output;
mod progress;
mod quota_store;
mod safe_text;
mod session;
mod signals;
mod worker;

use std::process::ExitCode;

use command_line::{Cli, Refusal};
use console::Console;
use context::Context;
use environment::Environment;
use offerslook_core::types::Secrets;

fn main() -> ExitCode {
    let environment = Environment::read(|name| std::env::var_os(name));
    let mut secrets = Secrets::default();
    if let Ok(environment) = &environment {
        environment.hide_secrets(&mut secrets);
    }
    let cli = match Cli::read(std::env::args_os().collect()) {
        Ok(cli) => cli,
        Err(Refusal::Shown(text)) => {
            // A reader who closed the pipe has seen enough.
            let _ = text.print();
            return u8::try_from(text.exit_code()).unwrap_or(u8::MAX).into();
        }
        Err(Refusal::Failure(failure)) => {
            Console::new(secrets, false, false).failure(&failure);
            return failure.exit.into();
        }
    };
    let console = Console::new(secrets, cli.console.quiet, cli.console.verbose > 0);
    if cli.console.verbose > 0 {
        log::start(cli.console.verbose, &console);
    }
    let context = Context::new(console, environment);
    match commands::run(cli.command, &context, command_line::description) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            context.console.failure(&failure);
            failure.exit.into()
        }
    }
}
