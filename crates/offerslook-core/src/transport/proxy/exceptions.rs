use std::{fmt, net::IpAddr};

use ipnet::IpNet;

use crate::account::loopback::address;

/// One entry of `NO_PROXY`: hosts that are called directly.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Exception {
    hosts: Hosts,
    port: Option<u16>,
}

#[derive(Clone, PartialEq, Eq)]
enum Hosts {
    All,
    /// This name, and every name below it.
    Below(String),
    Network(IpNet),
}

/// Shows nothing of the entry: what is not the name of a host may hold credentials.
impl fmt::Debug for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exception").finish_non_exhaustive()
    }
}

impl Exception {
    pub(super) fn read_all(list: &str) -> Vec<Self> {
        list.split([',', ' ', '\t', '\n']).filter(|entry| !entry.is_empty()).map(Self::read).collect()
    }

    fn read(entry: &str) -> Self {
        let (host, port) = split_port(entry);
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let network = bare.parse().ok().or_else(|| bare.parse::<IpAddr>().ok().map(IpNet::from));
        let hosts = match (host, network) {
            ("*", _) => Hosts::All,
            (_, Some(network)) => Hosts::Network(network),
            (name, None) => {
                let name = name.strip_prefix('*').unwrap_or(name);
                Hosts::Below(name.trim_matches('.').to_ascii_lowercase())
            }
        };
        Self { hosts, port }
    }

    pub(super) fn covers(&self, host: &str, port: u16) -> bool {
        self.port.is_none_or(|only| only == port)
            && match &self.hosts {
                Hosts::All => true,
                Hosts::Network(network) => address(host).is_some_and(|ip| network.contains(&ip)),
                Hosts::Below(name) => address(host).is_none() && is_below(host, name),
            }
    }
}

fn is_below(host: &str, name: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    host.strip_suffix(name)
        .is_some_and(|front| front.is_empty() || (!name.is_empty() && front.ends_with('.')))
}

fn split_port(entry: &str) -> (&str, Option<u16>) {
    match entry.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            port.parse().map_or((entry, None), |port| (host, Some(port)))
        }
        _ => (entry, None),
    }
}
