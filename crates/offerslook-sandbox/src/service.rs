use std::io;

use crate::{SandboxConfig, arrivals::ArrivalLog, auth::Account, faults::ActiveFaults, offers::Offers};

/// What the stand-in knows: shared by the handlers and by the [`Sandbox`](crate::Sandbox) that started them.
pub(crate) struct Service {
    pub(crate) account: Account,
    pub(crate) offers: Offers,
    pub(crate) arrivals: ArrivalLog,
    pub(crate) faults: ActiveFaults,
}

impl Service {
    pub(crate) fn new(config: SandboxConfig) -> io::Result<Self> {
        Ok(Self {
            account: Account::new(config.email, config.api_key)?,
            offers: Offers::new(config.offers, config.seed),
            arrivals: ArrivalLog::starting_now(),
            faults: ActiveFaults::new(config.faults),
        })
    }
}
