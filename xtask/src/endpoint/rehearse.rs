use std::{collections::BTreeSet, path::PathBuf};

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use super::{place::Place, sync, tree::Tree};
use crate::{readme, tools};

const PAGE: &str = "docs/src/add-an-endpoint.md";

/// Runs the commands of the page, word by word, in a copy of the workspace. Fails if other files change than those
/// that the page names.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    let commands = readme::commands(shell, PAGE)?;
    let mut words = commands.iter().flat_map(|command| command.split(' ')).skip_while(|word| *word != "new");
    let place: Place = words.nth(1).with_context(|| format!("{PAGE} adds no endpoint"))?.parse()?;

    let folder = tools::target()?.join("rehearsal");
    let copy = folder.join("workspace");
    shell.remove_path(&copy)?;
    shell.create_dir(&folder)?;
    // An index of its own takes up what is not committed.
    let index = folder.join("index");
    cmd!(shell, "git add --all").env("GIT_INDEX_FILE", &index).quiet().run()?;
    cmd!(shell, "git checkout-index --all --prefix={copy}/").env("GIT_INDEX_FILE", &index).quiet().run()?;

    let _there = shell.push_dir(&copy);
    // A hook of git has these variables set to the workspace.
    let _here = [("GIT_DIR", ".git"), ("GIT_WORK_TREE", "."), ("GIT_INDEX_FILE", ".git/index")]
        .map(|(name, path)| shell.push_env(name, copy.join(path)));
    cmd!(shell, "git init --quiet").quiet().run()?;
    cmd!(shell, "git add --all").quiet().run()?;
    // In the workspace's own target folder, cargo would take the builds of the copy for its own.
    let _apart = shell.push_env("CARGO_TARGET_DIR", folder.join("target"));
    for command in &commands {
        eprintln!("$ {command}");
        cmd!(shell, "sh -c {command}").quiet().run()?;
    }

    let changed = cmd!(shell, "git ls-files --modified --others --exclude-standard").quiet().read()?;
    let changed: BTreeSet<_> = changed.lines().map(PathBuf::from).collect();
    let named = BTreeSet::from(place.files());
    let derived = sync::derived(shell, &Tree::read(&copy)?)?;
    let others: Vec<_> =
        changed.symmetric_difference(&named).filter(|file| !derived.contains_key(*file)).collect();
    ensure!(others.is_empty(), "{PAGE} names other files than those that changed: {others:?}");
    Ok(())
}
