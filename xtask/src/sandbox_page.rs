use std::{collections::BTreeMap, fs, process::Command};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::release;

const PAGE: &str = "docs/src/sandbox.md";
const DOCUMENTED: &str = "crates/offerslook-core/tests/fixtures/get_offer_tracking_link.json";

/// Does what the page on the sandbox tells a build server to do, and asks as it says.
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
        ensure!(field == "base_url" || value == shown, "the page shows another {field} than {value}");
    }
    let base_url = variables.lines().find_map(|line| line.strip_prefix("OFFERSLOOK_BASE_URL="));
    // As it stands on the page, but for the port, which is another one each time.
    let page = page.replace(printed.get("base_url").context("an address")?, base_url.context("an address")?);
    let ask = |path: &str| -> Result<Value> {
        let blocks = page.split("```sh\n").skip(1).filter_map(|block| block.split_once("```"));
        let script = blocks.map(|(block, _)| block).find(|block| block.contains(path));
        let script = script.with_context(|| format!("{PAGE} has no command for {path}"))?;
        Ok(serde_json::from_str(&cmd!(shell, "bash -e -c {script}").read()?)?)
    };
    let answer = ask("/tracking_links")?;
    let documented: Value = serde_json::from_str(&shell.read_file(DOCUMENTED)?)?;
    ensure!(answer == documented, "offer 16 is not as documented: {answer}");
    let answer = ask("/sandbox/v1/faults")?;
    let rules = answer.pointer("/data/faults/rules").and_then(Value::as_array).map(Vec::len);
    let expected = faults.matches("[[rules]]").count() + 1;
    ensure!(rules == Some(expected), "there are not the file's rules and the added one: {answer}");
    eprintln!("offer 16 is as documented, and a fault was added to those of the file");
    Ok(())
}

/// The first block of a kind.
fn block<'p>(page: &'p str, begin: &str) -> Result<&'p str> {
    let (_, block) = page.split_once(begin).with_context(|| format!("{PAGE} has no {begin:?}"))?;
    Ok(block.split_once("```").context("a block that ends")?.0)
}

/// The commands of a step of the build.
fn step(page: &str, name: &str) -> Result<String> {
    let mut lines = page.lines().skip_while(|line| line.trim() != format!("- name: {name}")).skip(1);
    let run = lines.next().context("a step that runs something")?;
    if run.trim() != "run: |" {
        bail!("the step {name:?} does not run several commands");
    }
    let indent = run.len() - run.trim_start().len();
    let is_inside = |line: &&str| line.len() - line.trim_start().len() > indent;
    Ok(lines.take_while(is_inside).map(str::trim).collect::<Vec<_>>().join("\n"))
}

/// A process that ends with the check, by its number.
struct Process(String);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.trim()).status();
    }
}
