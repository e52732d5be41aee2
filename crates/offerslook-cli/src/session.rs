use offerslook_core::{
    Account,
    job::{OptionsBuilder, Quota},
};
use offerslook_quota_redis::Server;
use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::{
    account::{self, QuotaSources},
    client::{Client, Parts},
    context::Context,
    failure::Failure,
    options::{AccountOptions, CallOptions, TransportName},
    quota_store::{self, Store},
    signals::Interrupt,
    worker::Worker,
};

/// What a command that calls the API works with: the account, a client, and the sandbox if it stands in for the service.
pub(crate) struct Session {
    pub(crate) client: Client,
    store: Option<Store>,
    worker: Worker,
    _sandbox: Option<Sandbox>,
}

impl Session {
    /// Finds the account, builds the client, and checks the store of the quota, if there is one. Nothing is sent to the
    /// API.
    /// Fails if the account or the options are not valid, or the store cannot be used.
    pub(crate) fn open(
        context: &Context,
        account: &AccountOptions,
        connection: &CallOptions,
        options: OptionsBuilder,
    ) -> Result<Self, Failure> {
        let session = Self::prepare(context, account, connection, options)?;
        session.check_store()?;
        Ok(session)
    }

    /// Checks the store of the quota. Returns what it is; `None` if there is none.
    pub(crate) fn check_store(&self) -> Result<Option<Server>, Failure> {
        self.store.as_ref().map(Store::check).transpose()
    }

    /// Finds the account and builds the client. Nothing is sent, and the store of the quota is not checked.
    pub(crate) fn prepare(
        context: &Context,
        account: &AccountOptions,
        connection: &CallOptions,
        options: OptionsBuilder,
    ) -> Result<Self, Failure> {
        account.check_sandbox()?;
        let worker = Worker::start()?;
        let (account, sandbox, sources) = find_account(context, account, connection)?;
        let sources = sources.under(&connection.store);
        let fallback = quota_store::fallback(connection.fallback.quota_fallback, &sources)?;
        let store = Store::find(&sources, account.base_url(), &context.console)?;
        let rate = connection.rate();
        let quota = store
            .as_ref()
            .map_or_else(|| Quota::new(rate), |store| store.quota(rate, fallback, &context.console));
        let parts = Parts { account, options: options.build()?, quota };
        let client = match connection.transport {
            TransportName::Hyper => Client::on_hyper(parts, worker.handle(), worker.interrupt()),
            TransportName::Ureq => Client::on_ureq(parts, worker.interrupt()),
        };
        let client = client.map_err(|error| connection.setup_failure(&error))?;
        Ok(Self { client, store, worker, _sandbox: sandbox })
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
) -> Result<(Account, Option<Sandbox>, QuotaSources), Failure> {
    if !options.sandbox {
        let sources = account::sources(options, context.environment()?, &context.console)?;
        let account = account::resolve(&sources, options, &context.console)?;
        return Ok((account, None, sources.quota));
    }
    // As if the network had raised its rate limit to what the run may use.
    let rate = connection.rate();
    let sandbox = Sandbox::start(SandboxConfig::default().quota(rate.calls(), rate.window()))
        .map_err(|cause| Failure::not_possible("start the sandbox", &cause))?;
    Ok((account::of_sandbox(&sandbox, &context.console)?, Some(sandbox), QuotaSources::default()))
}
