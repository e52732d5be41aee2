//! The table: everything that can happen to a call, and what must come of it with every adapter.

use crate::Adapter;

/// Lists the cases of a family. A function that is not listed is dead code, and so does not compile.
macro_rules! cases {
    ($($case:ident),+ $(,)?) => {
        pub(super) const CASES: &[(&str, fn(&dyn Adapter))] = &[$((stringify!($case), $case)),+];
    };
}

mod answers;
mod bodies;
mod broken_off;
mod connections;
mod dropped;
mod faults;
mod faults_over_https;
mod gzip;
mod jobs;
mod listings;
mod malformed;
mod proxies;
mod redirects;
mod timeouts;
mod tls;
mod unreachable;
mod wire;

/// One row.
#[derive(Clone, Copy)]
pub struct Case {
    /// What it is about.
    pub family: &'static str,
    /// What happens.
    pub name: &'static str,
    /// Makes it happen, and panics where not what must comes of it.
    pub run: fn(&dyn Adapter),
}

impl Case {
    /// Its name in the list of tests.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}: {}", self.family, self.name.replace('_', " "))
    }
}

/// All rows.
#[must_use]
pub fn all() -> Vec<Case> {
    [
        ("answers", answers::CASES),
        ("bodies", bodies::CASES),
        ("broken off", broken_off::CASES),
        ("connections", connections::CASES),
        ("dropped", dropped::CASES),
        ("faults", faults::CASES),
        ("faults, https", faults_over_https::CASES),
        ("gzip", gzip::CASES),
        ("jobs", jobs::CASES),
        ("listings", listings::CASES),
        ("malformed", malformed::CASES),
        ("proxies", proxies::CASES),
        ("redirects", redirects::CASES),
        ("timeouts", timeouts::CASES),
        ("tls", tls::CASES),
        ("unreachable", unreachable::CASES),
        ("wire", wire::CASES),
    ]
    .into_iter()
    .flat_map(|(family, cases)| cases.iter().map(move |&(name, run)| Case { family, name, run }))
    .collect()
}
