use anyhow::Result;
use xshell::{Shell, cmd};

/// Which runs to simulate.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many seeds to run.
    #[arg(long)]
    pub(crate) seeds: Option<u64>,
    /// The first of them: that of a failed run, to see it again.
    #[arg(long)]
    pub(crate) seed: Option<u64>,
}

/// The simulator is a program of the test package, so that this one stays quick to build.
pub(crate) fn run(shell: &Shell, arguments: &Arguments) -> Result<()> {
    let seeds = arguments.seeds.iter().flat_map(|seeds| ["--seeds".to_owned(), seeds.to_string()]);
    let seed = arguments.seed.iter().flat_map(|seed| ["--seed".to_owned(), seed.to_string()]);
    let run = "run --quiet --locked --release --package offerslook-tests --bin simulate --";
    let run: Vec<&str> = run.split(' ').collect();
    Ok(cmd!(shell, "cargo {run...} {seeds...} {seed...}").run()?)
}
