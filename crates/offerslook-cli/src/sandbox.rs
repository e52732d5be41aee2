//! `offerslook sandbox`: serves the stand-in until somebody ends it.

use std::{io, sync::mpsc};

use offerslook_sandbox::Sandbox;
use serde::Serialize;

use crate::{
    account,
    cli::{Cli, SandboxArgs},
    console::Console,
    exit::Exit,
    failure::{Failure, reason},
    output::Sink,
    signals,
    worker::Worker,
};

/// Where it serves, and whom: everything that a client needs to be told.
#[derive(Serialize)]
struct Serving<'s> {
    base_url: &'s str,
    email: &'s str,
    api_key: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_authority: Option<&'s str>,
}

/// Serves, says where, and returns when it is told to end, or its time is over.
///
/// # Errors
/// Where it cannot be started, or the output cannot be written.
pub(crate) fn run(cli: &Cli, args: &SandboxArgs, console: &Console) -> Result<Exit, Failure> {
    account::forbid_beside_sandbox(&cli.account)?;
    let sink = Sink::open(cli.output.file())?;
    let worker = Worker::start().map_err(|cause| Failure::not_possible("start a thread", &cause))?;
    let (stop, stopped) = mpsc::channel();
    // It may be told to end as soon as anybody reads that it serves, or before.
    let end = move || {
        let _ = stop.send(());
    };
    signals::watch(worker.handle(), end, sink.leftover())
        .map_err(|cause| Failure::not_possible("listen to signals", &cause))?;
    let sandbox = Sandbox::start(args.config(cli.calls.quota)?).map_err(|cause| not_started(&cause))?;
    announce(&sandbox, sink)?;
    console.summary(format_args!("serving at {}; Ctrl-C ends it", sandbox.base_url()));
    // Without anybody to tell of signals there would be no end but this one.
    let _ = match cli.calls.max_time {
        Some(limit) => stopped.recv_timeout(limit).ok(),
        None => stopped.recv().ok(),
    };
    sandbox.stop().map_err(|cause| Failure::not_possible("stop the sandbox", &cause))?;
    Ok(Exit::Success)
}

/// One line of JSON.
fn announce(sandbox: &Sandbox, mut sink: Sink) -> Result<(), Failure> {
    let output = sink.to_string();
    let serving = Serving {
        base_url: sandbox.base_url(),
        email: sandbox.email(),
        api_key: sandbox.api_key(),
        certificate_authority: sandbox.certificate_authority(),
    };
    let written = serde_json::to_vec(&serving).map_err(io::Error::from).and_then(|mut line| {
        line.push(b'\n');
        sink.write(&line)?;
        sink.finish()
    });
    match written {
        // It serves, whoever knows where.
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|cause| Failure::unwritable(&output, &cause)),
    }
}

/// What the sandbox says is a sentence already.
fn not_started(cause: &io::Error) -> Failure {
    use io::ErrorKind::{AddrInUse, InvalidData, InvalidInput, IsADirectory, NotFound, PermissionDenied};
    match cause.kind() {
        AddrInUse => Failure::usage(reason(cause), "Choose another --port, or 0 for a free one."),
        InvalidData | InvalidInput | IsADirectory | NotFound | PermissionDenied => {
            Failure::usage(reason(cause), "")
        }
        _ => Failure::other(reason(cause), ""),
    }
}
