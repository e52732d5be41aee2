use anyhow::{Context, Result};
use xshell::cmd;

use super::Harness;

const FOLDER: &str = "bindings/python";

/// Builds the wheel, installs it into a fresh environment, and runs the program of its README and its tests. Returns the
/// command of its example.
pub(super) fn run(harness: &Harness<'_>) -> Result<String> {
    let Harness { shell, target, .. } = harness;
    let program = harness.program(&format!("{FOLDER}/README.md"), "python")?;
    let _folder = shell.push_dir(FOLDER);
    let (tools, fresh, wheels) = (target.join("tools"), target.join("fresh-python"), target.join("wheels"));
    let pip = ["-m", "pip", "--quiet", "--disable-pip-version-check", "install"];

    cmd!(shell, "python3 -m venv {tools}")
        .run()
        .context("install Python 3.10 or newer, with its module venv")?;
    let python = tools.join("bin/python");
    cmd!(shell, "{python} {pip...} --requirement requirements-dev.txt").run()?;
    shell.remove_path(&wheels)?;
    cmd!(shell, "{python} -m maturin build --quiet --release --locked --out {wheels}").run()?;
    let wheel = shell.read_dir(&wheels)?.pop().context("a wheel")?;

    cmd!(shell, "python3 -m venv --clear {fresh}").run()?;
    let fresh = fresh.join("bin/python");
    cmd!(shell, "{fresh} {pip...} --no-index {wheel}").run()?;
    harness.check(cmd!(shell, "{fresh} -c {program}"))?;

    cmd!(shell, "{python} {pip...} --no-index --no-deps --force-reinstall {wheel}").run()?;
    cmd!(shell, "{python} -m pytest --quiet").run()?;
    // Types: the stubs describe the module, and the tests use it as the stubs say.
    cmd!(shell, "{python} -m mypy.stubtest --ignore-missing-stub offerslook").run()?;
    cmd!(shell, "{python} -m mypy --strict tests examples").run()?;
    Ok(format!("{} {FOLDER}/examples/links.py", fresh.display()))
}
