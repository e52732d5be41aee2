//! `offerslook quota`: who holds how much of a quota that programs share.

use std::time::Duration;

use clap::Args;
use offerslook_quota_redis::{Program, Usage};

use crate::{
    account,
    context::Context,
    exit::Exit,
    failure::Failure,
    options::{AccountOptions, OutputOptions, QuotaStoreOptions},
    output::{Cell, Finished, Inputs, Sink, Writer},
    quota_store::Store,
    worker::Worker,
};

#[derive(Args)]
pub(crate) struct ShowQuota {
    #[command(flatten)]
    account: AccountOptions,
    #[command(flatten)]
    store: QuotaStoreOptions,
    #[command(flatten)]
    output: OutputOptions,
}

const COLUMNS: [&str; 3] = ["program", "slots", "waits_for"];

/// Lists the programs that use the quota of a network right now.
pub(crate) fn run(command: &ShowQuota, context: &Context) -> Result<Exit, Failure> {
    command.output.chosen(&COLUMNS)?;
    command.account.check_sandbox()?;
    let environment = context.environment()?;
    let sources = account::sources(&command.account, environment, &context.console)?;
    let address = sources.address.ok_or_else(|| {
        Failure::usage("the network is not known", "Give --network NAME, or set OFFERSLOOK_NETWORK.")
    })?;
    let network = address.base_url(command.account.insecure_http)?;
    let quota = sources.quota.under(&command.store);
    let store = Store::find(&quota, &network, &context.console)?.ok_or_else(|| {
        Failure::usage(
            "no store keeps the quota",
            "Give --quota-store URL, or set OFFERSLOOK_QUOTA_STORE. Without a store, every run has a quota of its own.",
        )
    })?;
    store.check()?;
    let usage = store.usage()?;
    let worker = Worker::start()?;
    let password = command.store.quota_store_password_file.as_deref();
    let inputs = Inputs::of_account(&command.account, context).and("--quota-store-password-file", password);
    let sink = Sink::open(command.output.file.path(), &inputs, worker.interrupt())?;
    let mut writer = Writer::new(sink, &command.output, &COLUMNS, &COLUMNS, &context.console)?;
    for Program { name, slots, wants, .. } in &usage.programs {
        writer.row(&[
            Cell::Text(name.as_str().into()),
            Cell::Number((*slots).into()),
            Cell::Number((*wants).into()),
        ])?;
    }
    let finished = writer.finish(true)?;
    if !matches!(finished, Finished::ReaderGone) {
        finished.tell(&context.console);
        context.console.summary(summary(&usage));
    }
    Ok(Exit::Success)
}

fn summary(usage: &Usage) -> String {
    let Some(rate) = &usage.rate else { return "nobody uses the quota".to_owned() };
    let held: u32 = usage.programs.iter().map(|program| program.slots).sum();
    let mut summary = format!("{held} slots of {rate} are held");
    for (state, left) in [("closed", usage.closed), ("paused", usage.paused)] {
        if left > Duration::ZERO {
            summary = format!("{summary}; {state} for {} s", left.as_secs_f64().ceil());
        }
    }
    summary
}
