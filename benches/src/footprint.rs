//! Start-up time, size, build time and number of dependencies of each program, built as a package of its own.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::{
    measure::median,
    peers::milliseconds,
    program::{Arguments, Bench, Program},
    report,
};

/// The programs with a source, and their dependencies beside anyhow and serde.
const STACKS: [(Program, &str); 5] = [
    (Program::Hyper, FUTURES_HYPER),
    (Program::OurHyper, r#"offerslook = { path = "../../../crates/offerslook", features = ["hyper"] }"#),
    (Program::Ureq, r#"ureq = { version = "3", default-features = false, features = ["rustls"] }"#),
    (Program::OurUreq, r#"offerslook = { path = "../../../crates/offerslook", features = ["ureq"] }"#),
    (Program::Reqwest, FUTURES_REQWEST),
];
const FUTURES_HYPER: &str = r#"futures-util = "0.3"
http-body-util = "0.1"
hyper = "1"
hyper-util = { version = "0.1", features = ["client-legacy", "http1", "tokio"] }"#;
const FUTURES_REQWEST: &str = r#"futures-util = "0.3"
reqwest = { version = "0.13", default-features = false, features = ["rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }"#;

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let bench = Bench::new(arguments)?;
    let programs = Program::ALL;
    let costs = bench.rounds(programs, 1, arguments.rounds)?;
    let mut table =
        "| | one link, ms | CPU, ms | binary, MiB | clean build, s | crates |\n|---|--:|--:|--:|--:|--:|\n"
            .to_owned();
    for (program, costs) in programs.into_iter().zip(&costs) {
        let (wall, cpu) = (median(costs, |cost| cost.wall), median(costs, |cost| cost.cpu));
        table += &format!("| {} | {} | {} |", program.about(), milliseconds(wall), milliseconds(cpu));
        let stack = STACKS.iter().find(|(one, _)| *one == program);
        let built = stack.map(|(_, dependencies)| build(program, dependencies)).transpose()?;
        table += &match (built, bench.file(program)) {
            (Some(Built { bytes, time, crates }), _) => {
                format!(" {} | {:.0} | {crates} |\n", report::mebibytes(bytes), time.as_secs_f64())
            }
            (None, Some(file)) => format!(" {} | | |\n", report::mebibytes(stripped_size(&file)?)),
            (None, None) => " | | |\n".to_owned(),
        };
    }
    let about = format!(
        "One link: a run with one call, median of {} rounds. Binary: stripped. Build: with an empty target folder, \
         everything downloaded. Crates: all dependencies, however indirect. hyper-util alone has no TLS. {}\n",
        arguments.rounds,
        report::machine()
    );
    report::publish(arguments, "footprint", &format!("{about}\n{table}"))
}

struct Built {
    bytes: u64,
    time: Duration,
    crates: usize,
}

/// Builds the source of a program as a package of its own, with nothing but its dependencies.
fn build(program: Program, dependencies: &str) -> Result<Built> {
    let name = program.source().context("a source")?;
    let folder = Bench::package().join("../target/footprint").join(name);
    let sources = Bench::package().join("src");
    fs::create_dir_all(folder.join("src/offerslook_bench"))?;
    fs::write(folder.join("Cargo.toml"), manifest(name, dependencies))?;
    fs::copy(Bench::package().join("../Cargo.lock"), folder.join("Cargo.lock"))?;
    fs::copy(sources.join("peer.rs"), folder.join("src/offerslook_bench/peer.rs"))?;
    let is_ours = dependencies.starts_with("offerslook");
    if is_ours {
        fs::copy(sources.join("client.rs"), folder.join("src/offerslook_bench/client.rs"))?;
    }
    let modules = if is_ours { "pub mod client;\npub mod peer;\n" } else { "pub mod peer;\n" };
    fs::write(folder.join("src/offerslook_bench/mod.rs"), modules)?;
    let source = fs::read_to_string(sources.join("bin").join(name).with_extension("rs"))?;
    fs::write(folder.join("src/main.rs"), source + "\nmod offerslook_bench;\n")?;
    cargo(&folder, &["fetch"])?;
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let began = Instant::now();
    cargo(&folder, &["build", "--release"])?;
    let time = began.elapsed();
    let tree = cargo(&folder, &["tree", "--prefix", "none", "--edges", "normal,build", "--format", "{p}"])?;
    let mut crates: Vec<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    crates.sort_unstable();
    crates.dedup();
    let bytes = stripped_size(&target.join("release").join(name))?;
    fs::remove_dir_all(&target)?;
    Ok(Built { bytes, time, crates: crates.len() - 1 })
}

fn manifest(name: &str, dependencies: &str) -> String {
    let tokio = r#"tokio = { version = "1", features = ["macros", "rt-multi-thread"] }"#;
    let tokio = if name.ends_with("ureq") { "" } else { tokio };
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         anyhow = \"1\"\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n{tokio}\n{dependencies}\n"
    )
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("cargo")
        .args(arguments)
        .arg("--quiet")
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .output()?;
    ensure!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

fn stripped_size(file: &Path) -> Result<u64> {
    let stripped = tempfile::NamedTempFile::new()?;
    let status = Command::new("strip").arg("-o").arg(stripped.path()).arg(file).status()?;
    ensure!(status.success(), "strip ended with {status}");
    Ok(fs::metadata(stripped.path())?.len())
}
