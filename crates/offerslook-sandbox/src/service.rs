use std::io;

use crate::{SandboxConfig, arrivals::ArrivalLog, auth::Account, offers::Offers};

/// What the stand-in knows: shared by the handlers and by the [`Sandbox`](crate::Sandbox) that started them.
pub(crate) struct Service {
    pub(crate) account: Account,
    pub(crate) offers: Offers,
    pub(crate) arrivals: ArrivalLog,
}

impl Service {
    pub(crate) fn new(config: SandboxConfig) -> io::Result<Self> {
        Ok(Self {
            offers: Offers::new(&config)?,
            account: Account::new(config.email, config.api_key)?,
            arrivals: ArrivalLog::starting_now(),
        })
    }
}
