//! The cases: what can happen to a call, and what every transport must make of it.

mod bodies;
mod cancelled;
mod client;
mod connections;
mod gzip;
mod interrupted;
mod jobs;
mod listings;
mod malformed;
mod proxies;
mod redirects;
mod requests;
mod responses;
mod timeouts;
mod tls;
mod unreachable;

use crate::any_transport::AnyTransport;

/// The name of a case within its family, and a function that panics unless the transport does what it must.
type Cases = &'static [(&'static str, fn(&dyn AnyTransport))];

/// One case.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) family: &'static str,
    pub(crate) name: &'static str,
    pub(crate) run: fn(&dyn AnyTransport),
    /// Whether it concerns the client only, and so says nothing about a second transport of that client.
    pub(crate) is_of_client: bool,
}

impl Case {
    /// The name in the list of tests, and in a list of deviations.
    pub(crate) fn title(&self) -> String {
        format!("{}: {}", self.family, self.name)
    }
}

/// Returns all cases.
pub(crate) fn all() -> Vec<Case> {
    let families: [(&str, Cases); 16] = [
        ("requests", requests::CASES),
        ("responses", responses::CASES),
        ("bodies", bodies::CASES),
        ("gzip", gzip::CASES),
        ("malformed", malformed::CASES),
        ("interrupted", interrupted::CASES),
        ("redirects", redirects::CASES),
        ("timeouts", timeouts::CASES),
        ("tls", tls::CASES),
        ("unreachable", unreachable::CASES),
        ("proxies", proxies::CASES),
        ("connections", connections::CASES),
        ("cancelled", cancelled::CASES),
        ("jobs", jobs::CASES),
        ("client", client::CASES),
        ("client, listings", listings::CASES),
    ];
    let cases = families.into_iter().flat_map(|(family, cases)| {
        let is_of_client = family.starts_with("client");
        cases.iter().map(move |&(name, run)| Case { family, name, run, is_of_client })
    });
    cases.collect()
}
