use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

use crate::tools;

/// Crates that are nowhere among the dependencies of a package, however indirect. `deny.toml` knows who may depend on
/// whom in the workspace as a whole; this is what an embedder gets.
const ABSENT: [(&str, &[&[&str]]); 4] = [
    ("offerslook-core", &[SOCKETS, HTTP, RUNTIMES, TLS]),
    ("offerslook-client", &[SOCKETS, HTTP, RUNTIMES, TLS]),
    ("event-loop", &[RUNTIMES, TLS]),
    ("smol-adapter", &[&["tokio"], TLS]),
];
const SOCKETS: &[&str] = &["mio", "polling", "socket2"];
const HTTP: &[&str] =
    &["attohttpc", "curl", "h2", "hyper", "isahc", "minreq", "reqwest", "ureq", "ureq-proto"];
const RUNTIMES: &[&str] = &["async-executor", "async-io", "async-std", "futures-executor", "smol", "tokio"];
const TLS: &[&str] = &["aws-lc-rs", "native-tls", "openssl", "ring", "rustls"];

const WORKSPACES: [&str; 2] = ["Cargo.toml", "bindings/Cargo.toml"];

/// Checks the dependencies of the packages that embedders build on, then all dependencies and licenses against
/// `deny.toml`. `.ci/run` installs cargo-deny beside the builds.
pub(crate) fn check(shell: &Shell) -> Result<()> {
    for (package, absent) in ABSENT {
        let edges = ["--edges", "normal,build", "--prefix", "none"];
        let tree = cmd!(shell, "cargo tree --locked --package {package} {edges...}").quiet().read()?;
        let mut names = tree.lines().filter_map(|line| line.split(' ').next());
        if let Some(name) = names.find(|name| absent.iter().any(|crates| crates.contains(name))) {
            bail!("{package} depends on {name}: `cargo tree --package {package} --invert {name}` shows why");
        }
        eprintln!("{package} depends on none of {}", absent.concat().join(", "));
    }
    let _tools = tools::on_path(shell)?;
    // Each of the two workspaces has parts that the other has not.
    let unmatched = [
        "license-exception-not-encountered",
        "license-not-encountered",
        "unmatched-skip",
        "unnecessary-skip",
        "unused-wrapper",
    ];
    let quiet = unmatched.map(|lint| format!("--allow={lint}"));
    for workspace in WORKSPACES {
        let deny = ["deny", "--locked", "--manifest-path", workspace, "--config", "deny.toml", "check"];
        let quiet = &quiet;
        cmd!(shell, "cargo {deny...} {quiet...} bans licenses")
            .run()
            .context("cargo-deny refuses a dependency, or is missing: run `.ci/run`, which installs it")?;
    }
    Ok(())
}

/// Checks whether a known vulnerability is in a dependency. Downloads the database of advisories, from GitHub.
pub(crate) fn advisories(shell: &Shell) -> Result<()> {
    let _tools = tools::on_path(shell)?;
    for workspace in WORKSPACES {
        let deny = ["deny", "--locked", "--manifest-path", workspace, "--config", "deny.toml", "check"];
        cmd!(shell, "cargo {deny...} advisories").run()?;
    }
    Ok(())
}
