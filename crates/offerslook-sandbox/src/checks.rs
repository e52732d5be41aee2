//! The checks that every call has to pass before it reaches a handler.

mod account;
mod quota;

use std::{
    collections::BTreeSet,
    io,
    net::IpAddr,
    num::NonZeroU32,
    time::{Duration, Instant},
};

pub(crate) use account::Account;
use axum::http::{HeaderMap, StatusCode, header};
pub(crate) use quota::Quota;

use crate::envelope::Failure;

pub(crate) struct Checks {
    pub(crate) account: Account,
    /// The network whose domain is served; `None` serves every host.
    network: Option<String>,
    /// The addresses from which the key works; `None` allows every address.
    allow_list: Option<BTreeSet<IpAddr>>,
    quota: Quota,
}

impl Checks {
    pub(crate) fn new(
        account: Account,
        network: Option<String>,
        allow_list: Option<BTreeSet<IpAddr>>,
        quota: Option<(NonZeroU32, Duration)>,
    ) -> io::Result<Self> {
        let is_label = |name: &String| {
            (1..=63).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !network.as_ref().is_none_or(is_label) {
            let problem = "the name of the sandbox's network is not 1 to 63 letters, digits and hyphens";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        let allow_list = allow_list.map(|list| list.iter().map(IpAddr::to_canonical).collect());
        Ok(Self { account, network, allow_list, quota: Quota::new(quota) })
    }

    /// Returns the first refusal. The quota comes last, so that only calls of the account itself count.
    pub(crate) fn check(
        &self,
        headers: &HeaderMap,
        peer: Option<IpAddr>,
        arrived: Option<Instant>,
    ) -> Result<(), Failure> {
        self.account.check(headers)?;
        self.check_network(headers)?;
        self.check_address(peer)?;
        self.quota.check(arrived)
    }

    fn check_network(&self, headers: &HeaderMap) -> Result<(), Failure> {
        let Some(name) = &self.network else { return Ok(()) };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let label = host.and_then(|host| host.split(['.', ':']).next());
        if label.is_some_and(|label| label.eq_ignore_ascii_case(name)) {
            return Ok(());
        }
        let message =
            "This key does not belong to the network that the host names. Use the network's own API domain.";
        Err(Failure::new(StatusCode::FORBIDDEN, message))
    }

    fn check_address(&self, peer: Option<IpAddr>) -> Result<(), Failure> {
        let Some(addresses) = &self.allow_list else { return Ok(()) };
        if peer.is_some_and(|peer| addresses.contains(&peer.to_canonical())) {
            return Ok(());
        }
        let message =
            "This key does not work from your IP address. Add the address to the key's IP allow-list.";
        Err(Failure::new(StatusCode::FORBIDDEN, message))
    }
}
