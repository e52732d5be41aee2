use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::tools;

/// Builds the fuzz targets, and runs each for its part of these minutes. Inputs that reach new code are kept beside the
/// builds, and the next run goes on from there. The profile is `--dev`, which builds sooner, or `--release`.
pub(crate) fn run(shell: &Shell, profile: &str, minutes: f64) -> Result<()> {
    let _tools = tools::on_path(shell)?;
    let target = tools::target()?.join("fuzz");
    // The core has no unsafe code for a sanitizer to watch, and runs twice as fast without one.
    let flags = [profile, "--sanitizer=none", "--target-dir"];
    cmd!(shell, "cargo +nightly fuzz build {flags...} {target}").run().context(
        "the fuzz targets do not build, or cargo-fuzz or a nightly compiler is missing: run `.ci/run`, which installs them",
    )?;
    let names = cmd!(shell, "cargo +nightly fuzz list").quiet().read()?;
    let seconds = minutes * 60.0 / f64::from(u32::try_from(names.lines().count())?);
    for name in names.lines() {
        let corpus = target.join("corpus").join(name);
        shell.create_dir(&corpus)?;
        let mut seeds = vec![corpus];
        seeds.extend([seeds_of(name)].into_iter().filter(|seeds| shell.path_exists(seeds)).map(Into::into));
        // No input takes a second: one that takes ten does not end.
        let limits = [format!("-max_total_time={seconds:.0}"), "-timeout=10".to_owned()];
        let report = ["-print_final_stats=1", "-verbosity=0", "-dict=fuzz/words.dict"];
        cmd!(
            shell,
            "cargo +nightly fuzz run {flags...} {target} {name} {seeds...} -- {limits...} {report...}"
        )
        .run()
        .with_context(|| format!("{name} has a finding: make it a test, then mend it"))?;
    }
    Ok(())
}

/// Answers start from the fixtures of the tests, the others from a few lines of their own.
fn seeds_of(name: &str) -> String {
    match name {
        "answers" => "crates/offerslook-core/tests/fixtures".to_owned(),
        name => format!("fuzz/seeds/{name}"),
    }
}
