//! The `offerslook` command: offer ids in, tracking links out.
//!
//! Standard output carries data only. Everything that is for a person goes to standard error, by way of
//! [`console`], which hides secrets.

mod account;
mod answers;
mod cli;
mod client;
mod console;
mod environment;
mod exit;
mod failure;
mod ids;
mod journal;
mod kind;
mod links;
mod notices;
mod output;
mod progress;
mod row;
mod sandbox;
mod signals;
mod tally;
mod worker;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command, Refusal};
use console::Console;
use environment::Environment;
use offerslook_core::types::Secrets;

fn main() -> ExitCode {
    let environment = Environment::read(|name| std::env::var_os(name));
    let mut secrets = Secrets::default();
    if let Ok(environment) = &environment {
        environment.hide_secrets(&mut secrets);
    }
    let cli = match Cli::try_parse().map_err(Refusal::from) {
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
    cli.output.choose_colours();
    let mut console = Console::new(secrets, cli.output.quiet, cli.output.verbose);
    let ended = match &cli.command {
        Command::Links(args) => links::run(&cli, args, environment, &mut console),
        Command::Sandbox(args) => sandbox::run(&cli, args, &console),
    };
    match ended {
        Ok(exit) => exit.into(),
        Err(failure) => {
            console.failure(&failure);
            failure.exit.into()
        }
    }
}
