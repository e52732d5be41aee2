use std::thread;

use anyhow::{Context, Result, anyhow, ensure};
use xshell::{Shell, cmd};

use crate::tools;

/// Parts of the core, and the tests that watch each: the others need not be built for every mutant.
const PARTS: [(&[&str], &[&str]); 4] = [
    (
        &[
            "types/offer_id*",
            "job/rate",
            "response/parse",
            "response/*envelope",
            "response/retry_after",
            "response/row_by_row",
            "account/*",
        ],
        &["core", "laws"],
    ),
    (&["job/quota/*"], &["shared_quota", "laws"]),
    (&["job/scheduler", "job/listing/*"], &["laws"]),
    (&["job/batch/*"], &["laws"]),
];

const EXCEPTIONS: &str = ".cargo/mutants.toml";

/// Changes the core in one place after the other, and fails if the tests notice nothing. With a pattern, only in the
/// files that it names.
pub(crate) fn run(shell: &Shell, only: Option<&str>) -> Result<()> {
    check_reasons(&shell.read_file(EXCEPTIONS)?)?;
    let count = thread::available_parallelism()?.get();
    let missed = thread::scope(|scope| {
        let start = |index| {
            let shell = shell.clone();
            scope.spawn(move || shard(&shell, &format!("{index}/{count}"), only))
        };
        let shards: Vec<_> = (0..count).map(start).collect();
        let ended = shards.into_iter().map(|shard| shard.join().map_err(|_| anyhow!("a shard panicked"))?);
        ended.collect::<Result<Vec<_>>>()
    })?
    .concat();
    ensure!(missed.is_empty(), "no test notices some changes, or takes too long: see {}", missed.join(", "));
    Ok(())
}

/// Tries a share of the changes, on one processor: mutants build and fail too fast to keep two busy. Returns the
/// folders with the results where a change is not noticed.
fn shard(shell: &Shell, shard: &str, only: Option<&str>) -> Result<Vec<String>> {
    let _tools = tools::on_path(shell)?;
    let folder = tools::target()?.join("mutants").join(shard.replace('/', "-of-"));
    let _target = tools::build_into(shell, folder.join("build"))?;
    let _quick = [
        shell.push_env("CARGO_INCREMENTAL", "1"),
        shell.push_env("CARGO_PROFILE_DEV_DEBUG", "0"),
        shell.push_env("CARGO_BUILD_JOBS", "1"),
        shell.push_env("NEXTEST_PROFILE", "mutants"),
    ];
    let mut missed = Vec::new();
    for (part, (files, tests)) in PARTS.into_iter().enumerate() {
        let files = files.iter().filter(|file| only.is_none_or(|only| file.contains(only)));
        let files: Vec<_> = files
            .flat_map(|file| ["--file".to_owned(), format!("crates/offerslook-core/src/{file}.rs")])
            .collect();
        let output = folder.join(part.to_string());
        shell.create_dir(&output)?;
        let tests = tests.iter().map(|test| format!("--cargo-arg=--test={test}"));
        let mutants = ["mutants", "--package", "offerslook-core", "--test-tool=nextest", "--no-shuffle"];
        let mutants =
            [&mutants[..], &["--cargo-arg=--package=offerslook-simulation", "--shard", shard]].concat();
        if !files.is_empty()
            && cmd!(shell, "cargo {mutants...} --output {output} {tests...} {files...}").run().is_err()
        {
            missed.push(output.join("mutants.out").display().to_string());
        }
    }
    Ok(missed)
}

/// Every exception has its reason in a comment above it.
fn check_reasons(exceptions: &str) -> Result<()> {
    let mut reason = None;
    for line in exceptions.lines().map(str::trim) {
        if line.starts_with('#') {
            reason = Some(line);
        } else if line.starts_with(['"', '\'']) {
            reason.take().with_context(|| format!("{EXCEPTIONS}: {line} has no reason above it"))?;
        }
    }
    Ok(())
}
