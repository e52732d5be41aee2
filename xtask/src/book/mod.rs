//! The book: derives what comes from the code, builds it, and checks its links.

mod command_page;
mod diagrams;
mod links;

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use crate::{release, tools};

/// Where links to files of the repository lead.
pub(crate) const REPOSITORY: &str = "https://github.com/offerslook/offerslook";
const PAGES: &str = "docs/src";
/// Compiles the programs of the pages.
const DOCTESTS: &str = "tests/src/book.rs";

/// Writes the derived parts, or checks that they are current. Then builds the book and checks the links.
pub(crate) fn run(shell: &Shell, is_check: bool) -> Result<()> {
    for (path, text) in derived(shell)? {
        if shell.read_file(&path).ok().as_ref() == Some(&text) {
            continue;
        }
        ensure!(!is_check, "{path} is not current: run `cargo xtask book`");
        shell.write_file(&path, text)?;
        eprintln!("wrote {path}");
    }
    check_programs(shell)?;
    build(shell)?;
    links::check(shell)
}

/// Returns the derived files as they should be.
fn derived(shell: &Shell) -> Result<BTreeMap<String, String>> {
    let mut files = diagrams::draw(shell)?;
    let command = release::build_debug_command(shell)?.join("offerslook");
    let errors = ["run", "--quiet", "--locked", "--package", "offerslook-tests", "--bin", "error_table"];
    let parts = [
        ("command", command_page::derive(shell, &command)?),
        ("errors", cmd!(shell, "cargo {errors...}").quiet().read()?),
    ];
    for (name, text) in parts {
        let path = format!("{PAGES}/{name}.md");
        let page = shell.read_file(&path)?;
        let begin = format!("<!-- derived: {name} -->\n");
        let part =
            page.split_once(&begin).and_then(|(head, rest)| Some((head, rest.split_once("<!-- end -->")?)));
        let (head, (_, tail)) = part.with_context(|| format!("{path} has no part that is derived"))?;
        files.insert(path, format!("{head}{begin}\n{}\n\n<!-- end -->{tail}", text.trim()));
    }
    Ok(files)
}

/// Checks that the tests compile the programs of every page.
fn check_programs(shell: &Shell) -> Result<()> {
    let doctests = shell.read_file(DOCTESTS)?;
    for path in shell.read_dir(PAGES)? {
        let name = path.file_name().unwrap_or_default().display().to_string();
        let has_programs = path.extension().is_some_and(|kind| kind == "md")
            && shell.read_file(&path)?.contains("\n```rust");
        let is_tested = doctests.contains(&format!("\"{name}\""));
        ensure!(has_programs == is_tested, "{name}: list exactly the pages with programs in {DOCTESTS}");
    }
    Ok(())
}

fn build(shell: &Shell) -> Result<()> {
    let _tools = tools::on_path(shell)?;
    let output = cmd!(shell, "mdbook build docs")
        .quiet()
        .output()
        .context("mdbook fails, or is missing: run `.ci/run`, which installs it")?;
    let log = String::from_utf8_lossy(&output.stderr);
    ensure!(!log.contains("WARN") && !log.contains("ERROR"), "mdbook is not content:\n{log}");
    eprintln!("{log}");
    Ok(())
}
