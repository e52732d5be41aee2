use offerslook_core::{
    Account,
    job::{OptionsBuilder, Quota},
};
use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::{
    account,
    client::{Client, Parts},
    context::Context,
    failure::Failure,
    options::{AccountOptions, CallOptions, TransportName},
    signals::Interrupt,
    worker::Worker,
};

/// What a command that calls the API works with: the account, a client, and the sandbox if it stands in for the service.
pub(crate) struct Session {
    pub(crate) client: Client,
    worker: Worker,
    _sandbox: Option<Sandbox>,
}

impl Session {
    /// Finds the account and builds the client. Nothing is sent.
    ///
    /// # Errors
    /// If the account or the options are not valid.
    pub(crate) fn open(
        context: &Context,
        account: &AccountOptions,
        connection: &CallOptions,
        options: OptionsBuilder,
    ) -> Result<Self, Failure> {
        account.check_sandbox()?;
        let worker = Worker::start()?;
        let (account, sandbox) = find_account(context, account, connection)?;
        let parts = Parts { account, options: options.build()?, quota: Quota::new(connection.rate()) };
        let client = match connection.transport {
            TransportName::Hyper => Client::on_hyper(parts, worker.handle(), worker.interrupt()),
            TransportName::Ureq => Client::on_ureq(parts, worker.interrupt()),
        };
        let client = client.map_err(|error| connection.setup_failure(&error))?;
        Ok(Self { client, worker, _sandbox: sandbox })
    }

    pub(crate) fn account(&self) -> &Account {
        self.client.jobs().account()
    }

    pub(crate) fn interrupt(&self) -> &Interrupt {
        self.worker.interrupt()
    }
}

fn find_account(
    context: &Context,
    options: &AccountOptions,
    connection: &CallOptions,
) -> Result<(Account, Option<Sandbox>), Failure> {
    if !options.sandbox {
        return Ok((account::resolve(options, context.environment()?, &context.console)?, None));
    }
    // As if the network had raised its rate limit to what the run may use.
    let rate = connection.rate();
    let sandbox = Sandbox::start(SandboxConfig::default().quota(rate.calls(), rate.window()))
        .map_err(|cause| Failure::not_possible("start the sandbox", &cause))?;
    Ok((account::of_sandbox(&sandbox, &context.console)?, Some(sandbox)))
}
