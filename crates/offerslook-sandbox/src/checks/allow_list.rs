use std::{collections::BTreeSet, net::IpAddr};

use axum::http::StatusCode;

use crate::envelope::Failure;

/// The addresses from which the key works; `None` allows every address.
pub(crate) struct AllowList(Option<BTreeSet<IpAddr>>);

impl AllowList {
    pub(crate) fn new(addresses: Option<BTreeSet<IpAddr>>) -> Self {
        Self(addresses.map(|addresses| addresses.iter().map(IpAddr::to_canonical).collect()))
    }

    /// Refuses an unknown address if there is a list.
    pub(super) fn check(&self, peer: Option<IpAddr>) -> Result<(), Failure> {
        let Some(addresses) = &self.0 else { return Ok(()) };
        if peer.is_some_and(|peer| addresses.contains(&peer.to_canonical())) {
            return Ok(());
        }
        let message =
            "This key does not work from your IP address. Add the address to the key's IP allow-list.";
        Err(Failure::new(StatusCode::FORBIDDEN, message))
    }
}
