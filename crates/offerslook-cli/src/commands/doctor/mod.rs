//! `offerslook doctor`: checks everything between the command line and the service, step by step.
#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

mod certificate;
mod connection;
mod probe;
mod report;
mod service;

use clap::Args;
use offerslook_core::BaseUrl;

use super::common::Common;
use crate::{context::Context, exit::Exit, failure::Failure, output::Sink, worker::Worker};
use report::{Check, Report};

#[derive(Args)]
pub(crate) struct Doctor {
    /// Also find out what the API reference leaves open, with GET only
    #[arg(long)]
    probe: bool,

    #[command(flatten)]
    common: Common,
}

/// Runs the checks, and reports each as soon as it is done.
///
/// # Errors
/// If the output cannot be written.
pub(crate) fn run(command: &Doctor, context: &Context) -> Result<Exit, Failure> {
    let Common { account, connection, output } = &command.common;
    account.check_sandbox()?;
    let worker = Worker::start()?;
    let sink = Sink::open(output.file.path(), &command.common.inputs(None, context), worker.interrupt())?;
    let mut report = Report::new(sink, output, &context.console)?;
    match connection.builder().and_then(|options| command.common.session(context, options)) {
        Err(failure) => {
            report.add(Check::failed("configuration", failure))?;
            for check in ["dns", "tcp", "proxy", "tls"].into_iter().chain(service::CHECKS) {
                report.add(Check::skipped(check, "there is no valid configuration"))?;
            }
        }
        Ok(session) => {
            report.add(configuration(session.account().base_url()))?;
            let is_connected = connection::check(&session, &connection.call, &mut report)?;
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
