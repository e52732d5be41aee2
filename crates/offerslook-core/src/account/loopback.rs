use std::net::IpAddr;

/// Whether the host of a URI is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || address(host).is_some_and(|ip| ip.is_loopback())
}

/// The address that the host of a URI spells out, if it does. Brackets are for version 6 only.
pub(crate) fn address(host: &str) -> Option<IpAddr> {
    let address = match host.strip_prefix('[') {
        Some(v6) => IpAddr::V6(v6.strip_suffix(']')?.parse().ok()?),
        None => IpAddr::V4(host.parse().ok()?),
    };
    Some(address.to_canonical())
}
