use std::{collections::BTreeSet, net::IpAddr};

use axum::http::StatusCode;

use crate::envelope::Failure;

/// The addresses that the key works from, or `None` for every address.
pub(crate) struct AllowList(Option<BTreeSet<IpAddr>>);

impl AllowList {
    pub(crate) fn new(addresses: Option<BTreeSet<IpAddr>>) -> Self {
        Self(addresses.map(|addresses| addresses.iter().map(IpAddr::to_canonical).collect()))
    }

    /// An address that is not known is on no list.
    pub(super) fn check(&self, peer: Option<IpAddr>) -> Result<(), Failure> {
        let Some(addresses) = &self.0 else { return Ok(()) };
        if peer.is_some_and(|peer| addresses.contains(&peer.to_canonical())) {
            return Ok(());
        }
        let message = "This key does not work from the IP address that you call from. \
                       Put the address on the key's IP allow-list.";
        Err(Failure::new(StatusCode::FORBIDDEN, message))
    }
}
