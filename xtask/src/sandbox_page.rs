use std::{fs, process::Command};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use xshell::{Shell, cmd};

const PAGE: &str = "docs/src/sandbox.md";
const DOCUMENTED: &str = "crates/offerslook-core/tests/fixtures/offer_tracking_link.json";

/// Does what the page on the sandbox tells a build server to do, and asks as it says.
pub(crate) fn check(shell: &Shell) -> Result<()> {
    let page = shell.read_file(PAGE)?;
    cmd!(shell, "cargo build --quiet --locked --release --package offerslook-cli").run()?;
    let folder = shell.create_temp_dir()?;
    fs::write(folder.path().join("faults.toml"), block(&page, "```toml\n")?)?;
    let variables = folder.path().join("variables");

    let commands = shell.current_dir().join("target/release");
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
    let variable = |name: &str| {
        let line = variables.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.with_context(|| format!("{name} is not among the variables of the build"))
    };
    let base_url = variable("OFFERSLOOK_BASE_URL")?;
    let account = format!("{}:{}", variable("OFFERSLOOK_EMAIL")?, variable("OFFERSLOOK_API_KEY")?);
    for line in crate::readme::commands(shell, PAGE)? {
        ensure!(!line.contains("-u ") || line.contains(&account), "another account in: {line}");
    }
    let answer =
        cmd!(shell, "curl --silent -u {account} {base_url}/aff/v1/offers/16/tracking_links").read()?;
    let documented: Value = serde_json::from_str(&shell.read_file(DOCUMENTED)?)?;
    ensure!(serde_json::from_str::<Value>(&answer)? == documented, "offer 16 is not as documented: {answer}");
    let rule = r#"{"route":"caps","fault":{"kind":"status","status":503}}"#;
    ensure!(page.contains(rule), "the page adds another fault");
    let faults =
        cmd!(shell, "curl --silent --fail -u {account} {base_url}/sandbox/v1/faults --json {rule}").read()?;
    ensure!(faults.contains("503"), "the fault was not added: {faults}");
    eprintln!("offer 16 is as documented, and a fault was added");
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
