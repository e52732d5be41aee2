use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

/// A package, and the beginnings of the names that may not stand among its dependencies.
const RULES: &[(&str, &[&str])] = &[
    (
        "offerslook-core",
        &[
            "hyper",
            "ureq",
            "reqwest",
            "tokio",
            "async-std",
            "smol",
            "mio",
            "rustls",
            "native-tls",
            "openssl",
            "ring",
            "aws-lc",
            "getrandom",
            "socket2",
            "libc",
            "offerslook-",
        ],
    ),
    (
        "offerslook-transport-hyper",
        &["ureq", "offerslook-transport-ureq", "offerslook-sandbox", "openssl-sys", "native-tls", "aws-lc"],
    ),
    (
        "offerslook-transport-ureq",
        &[
            "hyper",
            "tokio",
            "offerslook-transport-hyper",
            "offerslook-sandbox",
            "openssl-sys",
            "native-tls",
            "aws-lc",
        ],
    ),
    ("offerslook", &["hyper", "ureq", "tokio", "offerslook-sandbox", "offerslook-transport"]),
    // It tests every adapter, and so knows none.
    (
        "offerslook-conformance",
        &["ureq", "reqwest", "offerslook-transport", "openssl-sys", "native-tls", "aws-lc"],
    ),
    (
        "offerslook-sandbox",
        &["offerslook-core", "offerslook-transport", "openssl-sys", "native-tls", "aws-lc"],
    ),
];

pub(crate) fn check(shell: &Shell) -> Result<()> {
    for (package, forbidden) in RULES {
        let tree =
            cmd!(shell, "cargo tree --locked --package {package} --edges normal --prefix none").read()?;
        let mut crates: Vec<&str> = tree.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
        crates.sort_unstable();
        crates.dedup();
        let found: Vec<_> =
            crates.iter().filter(|name| forbidden.iter().any(|start| name.starts_with(start))).collect();
        ensure!(found.is_empty(), "{package} may not depend on {found:?}");
        eprintln!("{package}: {} crates, none forbidden", crates.len());
    }
    Ok(())
}
