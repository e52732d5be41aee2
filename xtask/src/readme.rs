use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

const README: &str = "README.md";

/// Returns the commands of a page: the lines of its `sh` blocks, in order.
pub(crate) fn commands(shell: &Shell, page: &str) -> Result<Vec<String>> {
    let page = shell.read_file(page)?;
    let blocks = page.split("```sh\n").skip(1).filter_map(|block| block.split_once("```"));
    Ok(blocks.flat_map(|(block, _)| block.lines()).map(str::to_owned).collect())
}

/// Runs the first command of the README and checks that it prints the links of the two documented offers.
pub(crate) fn check(shell: &Shell) -> Result<()> {
    let commands = commands(shell, README)?;
    let first = commands.first().context("the README has no command")?;
    check_links(first, &cmd!(shell, "sh -c {first}").read()?)
}

/// Checks that a program has printed the links of the two documented offers.
pub(crate) fn check_links(program: &str, output: &str) -> Result<()> {
    for link in ["offer_id=16&aff_id=40", "offer_id=102&aff_id=40"] {
        ensure!(output.contains(link), "`{program}` does not print {link}:\n{output}");
    }
    eprintln!("{output}");
    Ok(())
}

/// Runs the second command of the README, which runs all tests.
pub(crate) fn run_tests(shell: &Shell) -> Result<()> {
    let commands = commands(shell, README)?;
    let second = commands.get(1).context("the README has no second command")?;
    ensure!(second.starts_with("cargo test"), "`{second}` does not run the tests");
    Ok(cmd!(shell, "sh -c {second}").run()?)
}
