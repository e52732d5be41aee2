use std::{io, sync::Arc};

use crate::{
    SandboxConfig,
    applications::Applications,
    arrivals::ArrivalLog,
    checks::{Account, Checks},
    custom_routes::CustomRoutes,
    faults::ActiveFaults,
    offers::Offers,
    postbacks::Postbacks,
    secrets::Secrets,
};

/// Everything that the sandbox holds, shared by its handlers and by [`Sandbox`](crate::Sandbox).
pub(crate) struct SandboxState {
    pub(crate) checks: Checks,
    pub(crate) secrets: Secrets,
    pub(crate) offers: Offers,
    pub(crate) applications: Applications,
    pub(crate) postbacks: Postbacks,
    pub(crate) custom_routes: CustomRoutes,
    pub(crate) arrivals: ArrivalLog,
    pub(crate) faults: Arc<ActiveFaults>,
}

impl SandboxState {
    pub(crate) fn new(config: SandboxConfig) -> io::Result<Self> {
        if let Some(route) = config.faults.unknown_route(&config.custom_routes) {
            let message = format!("a fault is on the route {route}, which the sandbox does not have");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let offers = Offers::new(config.offers, config.seed, config.offers_file.as_ref())?;
        let account = Account::new(config.email, config.api_key)?;
        Ok(Self {
            offers,
            secrets: Secrets::new(account.email(), account.api_key()),
            checks: Checks::new(account, config.network, config.allow_list, config.quota)?,
            applications: Applications::new(config.application_rule, config.application_rules),
            postbacks: Postbacks::documented(),
            custom_routes: config.custom_routes,
            arrivals: ArrivalLog::start(),
            faults: Arc::new(ActiveFaults::new(config.faults)),
        })
    }
}
