//! `offerslook doctor`: checks everything between the command line and the service, step by step.
#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

mod certificate;
mod connection;
mod probe;
mod report;
mod service;

use clap::Args;
use offerslook_core::BaseUrl;

use super::command_options::CommandOptions;
use crate::{context::Context, exit::Exit, failure::Failure, output::Sink, session::Session, worker::Worker};
use report::{Check, Report};

#[derive(Args)]
pub(crate) struct Doctor {
    /// Also find out what the API reference leaves open, with GET only
    #[arg(long)]
    probe: bool,

    #[command(flatten)]
    options: CommandOptions,
}

/// Runs the checks, and reports each as soon as it is done.
pub(crate) fn run(command: &Doctor, context: &Context) -> Result<Exit, Failure> {
    let CommandOptions { account, connection, output } = &command.options;
    account.check_sandbox()?;
    let worker = Worker::start()?;
    let sink = Sink::open(output.file.path(), &command.options.inputs(None, context), worker.interrupt())?;
    let mut report = Report::new(sink, output, &context.console)?;
    let options = connection.builder();
    match options.and_then(|options| Session::prepare(context, account, &connection.call, options)) {
        Err(failure) => {
            report.add(Check::failed("configuration", failure))?;
            for check in ["dns", "tcp", "proxy", "tls"].into_iter().chain(service::CHECKS) {
                report.add(Check::skipped(check, "there is no valid configuration"))?;
            }
        }
        Ok(session) => {
            report.add(configuration(session.account().base_url()))?;
            let has_store = check_store(&session, &mut report)?;
            let is_connected = connection::check(&session, &connection.call, &mut report)? && has_store;
            if is_connected {
                service::check(&session, &mut report)?;
            } else {
                for check in service::CHECKS {
                    report.add(Check::skipped(check, "there is no connection"))?;
                }
            }
            if command.probe && report.is_sound() {
                probe::run(&session, &mut report)?;
            } else if command.probe {
                report.add(Check::skipped("probe", "it needs a service that answers"))?;
            }
        }
    }
    report.finish()
}

/// Returns whether calls can be made: within a quota of this process, or one of a store that can be used.
fn check_store(session: &Session, report: &mut Report) -> Result<bool, Failure> {
    let check = match session.check_store() {
        Ok(None) => return Ok(true),
        Ok(Some(server)) => {
            Check::ok("quota_store", format!("Redis {} at {}", server.version, server.address))
        }
        Err(failure) => Check::failed("quota_store", failure),
    };
    report.add(check)?;
    Ok(report.is_sound())
}

fn configuration(base_url: &BaseUrl) -> Check {
    let detail = format!("the account is complete; the base URL is {base_url}");
    if base_url.is_insecure() {
        Check::warning(
            "configuration",
            detail,
            "Use https if the host supports it: http exposes the API key.",
        )
    } else {
        Check::ok("configuration", detail)
    }
}
