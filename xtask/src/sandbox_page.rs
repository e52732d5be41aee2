use std::{collections::BTreeMap, fs, process::Command};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::release;

const PAGE: &str = "docs/src/sandbox.md";
const DOCUMENTED: &str = "crates/offerslook-core/tests/fixtures/get_offer_tracking_link.json";

/// Runs the commands of the page on the sandbox, and checks their output.
pub(crate) fn check(shell: &Shell) -> Result<()> {
    let page = shell.read_file(PAGE)?;
    let commands = release::build_command(shell)?;
    let folder = shell.create_temp_dir()?;
    let faults = block(&page, "```toml\n")?.to_owned();
    fs::write(folder.path().join("faults.toml"), &faults)?;
    let variables = folder.path().join("variables");

    let path = std::env::var("PATH")?;
    let script = step(&page, "Start the sandbox")? + "\necho $! > sandbox.pid";
    let status = Command::new("bash")
        .args(["-e", "-c", &script])
        .current_dir(folder.path())
        .env("PATH", format!("{}:{path}", commands.display()))
        .env("GITHUB_ENV", &variables)
        .status()?;
    ensure!(status.success(), "the step that starts the sandbox fails");
    let _sandbox = Process(fs::read_to_string(folder.path().join("sandbox.pid"))?);

    let variables = shell.read_file(&variables)?;
    let printed: BTreeMap<String, String> = serde_json::from_str(block(&page, "```json\n")?)?;
    for (field, shown) in &printed {
        let name = format!("OFFERSLOOK_{}=", field.to_uppercase());
        let value = variables.lines().find_map(|line| line.strip_prefix(&name));
        let value = value.with_context(|| format!("{name} is not among the variables of the build"))?;
        ensure!(field == "base_url" || value == shown, "the page shows a {field} other than {value}");
    }
    let base_url = variables.lines().find_map(|line| line.strip_prefix("OFFERSLOOK_BASE_URL="));
    // The commands of the page, with the actual port.
    let page = page.replace(printed.get("base_url").context("an address")?, base_url.context("an address")?);
    let run = |path: &str| -> Result<Value> {
        let blocks = page.split("```sh\n").skip(1).filter_map(|block| block.split_once("```"));
        let script = blocks.map(|(block, _)| block).find(|block| block.contains(path));
        let script = script.with_context(|| format!("{PAGE} has no command for {path}"))?;
        Ok(serde_json::from_str(&cmd!(shell, "bash -e -c {script}").read()?)?)
    };
    let response = run("/tracking_links")?;
    let documented: Value = serde_json::from_str(&shell.read_file(DOCUMENTED)?)?;
    ensure!(response == documented, "offer 16 does not respond as documented: {response}");
    let response = run("/sandbox/v1/faults")?;
    let rules = response.pointer("/data/faults/rules").and_then(Value::as_array).map(Vec::len);
    let expected = faults.matches("[[rules]]").count() + 1;
    ensure!(rules == Some(expected), "expected the rules of the file and the added one: {response}");
    eprintln!("Offer 16 responds as documented, and the control API added a fault to those of the file.");
    Ok(())
}

/// Returns the first code block of a kind.
fn block<'p>(page: &'p str, begin: &str) -> Result<&'p str> {
    let (_, block) = page.split_once(begin).with_context(|| format!("{PAGE} has no {begin:?}"))?;
    Ok(block.split_once("```").context("the end of the block")?.0)
}

/// Returns the commands of a step of the build.
fn step(page: &str, name: &str) -> Result<String> {
    let mut lines = page.lines().skip_while(|line| line.trim() != format!("- name: {name}")).skip(1);
    let run = lines.next().context("the step has no command")?;
    if run.trim() != "run: |" {
        bail!("the step {name:?} has no block of commands");
    }
    let indent = run.len() - run.trim_start().len();
    let is_inside = |line: &&str| line.len() - line.trim_start().len() > indent;
    Ok(lines.take_while(is_inside).map(str::trim).collect::<Vec<_>>().join("\n"))
}

/// The id of a process that is killed with the check.
struct Process(String);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.trim()).status();
    }
}
