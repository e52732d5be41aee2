use std::io;

use crate::{
    SandboxConfig,
    applications::Applications,
    arrivals::ArrivalLog,
    checks::{Account, AllowList, Network, Quota},
    faults::ActiveFaults,
    offers::Offers,
    postbacks::Postbacks,
    secrets::Secrets,
};

/// What the stand-in knows: shared by the handlers and by the [`Sandbox`](crate::Sandbox) that started them.
pub(crate) struct Service {
    pub(crate) account: Account,
    pub(crate) secrets: Secrets,
    pub(crate) network: Network,
    pub(crate) allow_list: AllowList,
    pub(crate) quota: Quota,
    pub(crate) offers: Offers,
    pub(crate) applications: Applications,
    pub(crate) postbacks: Postbacks,
    pub(crate) arrivals: ArrivalLog,
    pub(crate) faults: ActiveFaults,
}

impl Service {
    pub(crate) fn new(config: SandboxConfig) -> io::Result<Self> {
        let offers = Offers::new(&config)?;
        let account = Account::new(config.email, config.api_key)?;
        Ok(Self {
            offers,
            secrets: Secrets::of(&account),
            account,
            network: Network::new(config.network)?,
            allow_list: AllowList::new(config.allow_list),
            quota: Quota::new(config.quota),
            applications: Applications::new(config.application_rule, config.application_rules),
            postbacks: Postbacks::documented(),
            arrivals: ArrivalLog::starting_now(),
            faults: ActiveFaults::new(config.faults),
        })
    }
}
