//! The checks that every call has to pass before it reaches a handler.

mod account;
mod allow_list;
mod network;
mod quota;

use std::{
    collections::BTreeSet,
    io,
    net::IpAddr,
    num::NonZeroU32,
    time::{Duration, Instant},
};

pub(crate) use account::Account;
use allow_list::AllowList;
use axum::http::HeaderMap;
use network::Network;
pub(crate) use quota::Quota;

use crate::envelope::Failure;

pub(crate) struct Checks {
    pub(crate) account: Account,
    network: Network,
    allow_list: AllowList,
    quota: Quota,
}

impl Checks {
    pub(crate) fn new(
        account: Account,
        network: Option<String>,
        allow_list: Option<BTreeSet<IpAddr>>,
        quota: Option<(NonZeroU32, Duration)>,
    ) -> io::Result<Self> {
        Ok(Self {
            account,
            network: Network::new(network)?,
            allow_list: AllowList::new(allow_list),
            quota: Quota::new(quota),
        })
    }

    /// Returns the first refusal. The quota comes last, so that only calls of the account itself count.
    pub(crate) fn check(
        &self,
        headers: &HeaderMap,
        peer: Option<IpAddr>,
        arrived: Option<Instant>,
    ) -> Result<(), Failure> {
        self.account.check(headers)?;
        self.network.check(headers)?;
        self.allow_list.check(peer)?;
        self.quota.check(arrived)
    }
}
