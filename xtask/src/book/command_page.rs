use std::{collections::BTreeMap, fmt::Write, path::Path};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

const TOPICS: [(&str, &str); 3] =
    [("Exit codes", "exit-codes"), ("Environment", "environment"), ("Formats", "formats")];
/// What is described once: groups of options that several commands have.
const SHARED: [&str; 5] = ["Account", "Connection", "Output", "Changes", "Messages"];

/// A command and the paragraphs of its help.
struct Help {
    name: String,
    blocks: Vec<String>,
}

/// Returns the help of every command, of what they have in common, and of the topics.
pub(super) fn derive(shell: &Shell, command: &Path) -> Result<String> {
    let mut helps = Vec::new();
    collect(shell, command, &[], &mut helps)?;
    let shared = shared(&helps);
    let mut page = String::new();
    for help in &helps {
        let is_shared = |block: &&String| shared.get(title(block)).is_some_and(|all| is_part(block, all));
        let (common, own): (Vec<_>, Vec<_>) = help.blocks.iter().partition(is_shared);
        let own: Vec<_> = own.into_iter().map(String::as_str).collect();
        write!(page, "## {}\n\n```text\n{}\n```\n\n", help.name, own.join("\n\n"))?;
        let links = common.iter().map(|block| title(block));
        let links: Vec<_> = links.map(|title| format!("[{title}](#{})", title.to_lowercase())).collect();
        if !links.is_empty() {
            write!(page, "Options of several commands: {}.\n\n", links.join(", "))?;
        }
    }
    page.push_str("## Options of several commands\n\n");
    for title in SHARED {
        let block =
            shared.get(title).with_context(|| format!("no two commands have the options {title:?}"))?;
        write!(page, "### {title}\n\n```text\n{block}\n```\n\n")?;
    }
    for (title, topic) in TOPICS {
        let text = read(shell, command, &["help", topic])?;
        write!(page, "## {title}\n\n```text\n{}\n```\n\n", text.trim_end())?;
    }
    Ok(page)
}

/// Adds the help of a command, and of the commands below it.
fn collect(shell: &Shell, command: &Path, path: &[&str], helps: &mut Vec<Help>) -> Result<()> {
    let arguments = if path.is_empty() { vec!["--help"] } else { [&["help"], path].concat() };
    let text = read(shell, command, &arguments)?;
    let blocks: Vec<String> = text.trim().split("\n\n").filter_map(without_help_option).collect();
    let commands = blocks.iter().find_map(|block| block.strip_prefix("Commands:\n")).unwrap_or_default();
    let names: Vec<_> = commands
        .lines()
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect();
    helps.push(Help { name: [&["offerslook"], path].concat().join(" "), blocks });
    names.iter().try_for_each(|name| collect(shell, command, &[path, &[name]].concat(), helps))
}

fn read(shell: &Shell, command: &Path, arguments: &[&str]) -> Result<String> {
    // As wide as the page.
    Ok(cmd!(shell, "{command} {arguments...}").env("COLUMNS", "84").stdin("").quiet().read()?)
}

/// Leaves out the option `--help`, and a block that is nothing else.
fn without_help_option(block: &str) -> Option<String> {
    let lines: Vec<_> = block.lines().filter(|line| !line.trim_start().starts_with("-h, --help")).collect();
    (lines.len() > 1 || lines.len() == block.lines().count()).then(|| lines.join("\n"))
}

fn title(block: &str) -> &str {
    block.split_once(":\n").map_or("", |(title, _)| title)
}

/// Returns the longest block of each title that two commands have alike.
fn shared(helps: &[Help]) -> BTreeMap<&str, &str> {
    let mut shared = BTreeMap::new();
    for title_of_group in SHARED {
        let blocks =
            helps.iter().flat_map(|help| &help.blocks).filter(|block| title(block) == title_of_group);
        let blocks: Vec<_> = blocks.map(String::as_str).collect();
        let repeated = blocks.iter().filter(|block| blocks.iter().filter(|other| other == block).count() > 1);
        if let Some(longest) = repeated.max_by_key(|block| block.len()) {
            shared.insert(title_of_group, *longest);
        }
    }
    shared
}

/// Whether all options of a block are in another one.
fn is_part(block: &str, all: &str) -> bool {
    let all = options(all);
    options(block).iter().all(|option| all.contains(option))
}

/// Returns the options of a block with their descriptions, however they are wrapped.
fn options(block: &str) -> Vec<String> {
    let mut options: Vec<String> = Vec::new();
    for line in block.lines().skip(1) {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match options.last_mut() {
            Some(last) if !words.starts_with('-') => {
                last.push(' ');
                last.push_str(&words);
            }
            _ => options.push(words),
        }
    }
    options
}
