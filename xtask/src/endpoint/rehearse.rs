//! Adds an endpoint to a copy of the workspace, with the commands of the book, word by word.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use super::{place::Place, sync, tree::Folder};
use crate::readme;

/// From the root of the workspace.
const PAGE: &str = "docs/src/add-an-endpoint.md";

/// Runs the commands of the page, and checks that nothing changed but what it says.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    let commands = readme::commands(shell, PAGE)?;
    let place = commands.iter().flat_map(|command| command.split(' ')).find_map(|word| word.parse().ok());
    let place: Place = place.with_context(|| format!("{PAGE} adds no endpoint"))?;

    let rehearsal = target()?.join("rehearsal");
    let copy = rehearsal.join("workspace");
    copy_files(shell, &copy)?;
    let _there = shell.push_dir(&copy);
    // Where git itself runs this, it has told it to work on the workspace.
    let _here = [("GIT_DIR", ".git"), ("GIT_WORK_TREE", "."), ("GIT_INDEX_FILE", ".git/index")]
        .map(|(name, path)| shell.push_env(name, copy.join(path)));
    commit(shell)?;
    // Not the workspace's own: cargo would take what it builds from the copy for what it builds from here.
    let _apart = shell.push_env("CARGO_TARGET_DIR", rehearsal.join("target"));
    let _unpaged = shell.push_env("GIT_PAGER", "cat");
    for command in &commands {
        eprintln!("$ {command}");
        cmd!(shell, "sh -c {command}").quiet().run()?;
    }

    let derived = sync::derived(shell, &Folder::read(&copy)?)?.into_iter().map(|file| file.path);
    let allowed: BTreeSet<_> = place.files().into_iter().chain(derived).collect();
    let changed = changed_files(shell)?;
    let missing: Vec<_> = place.files().into_iter().filter(|file| !changed.contains(file)).collect();
    ensure!(missing.is_empty(), "these files were not added: {missing:?}");
    let surplus: Vec<_> = changed.difference(&allowed).collect();
    ensure!(surplus.is_empty(), "these files changed, and should not have: {surplus:?}");
    for path in changed {
        eprintln!("{}", path.display());
    }
    Ok(())
}

/// Where cargo builds: this program is in `debug` there.
fn target() -> Result<PathBuf> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).context("this program is not where cargo built it")?;
    Ok(target.to_owned())
}

/// Copies what git knows or would add.
fn copy_files(shell: &Shell, copy: &Path) -> Result<()> {
    shell.remove_path(copy)?;
    shell.create_dir(copy)?;
    let files = cmd!(shell, "git ls-files -z --cached --others --exclude-standard").quiet().read()?;
    for file in files.split_terminator('\0') {
        // What was deleted, and is not yet committed, is listed too.
        if shell.path_exists(file) {
            let to = copy.join(file);
            shell.create_dir(to.parent().unwrap_or(copy))?;
            fs::copy(shell.current_dir().join(file), to).with_context(|| file.to_owned())?;
        }
    }
    Ok(())
}

/// From here on git tells what changes.
fn commit(shell: &Shell) -> Result<()> {
    cmd!(shell, "git init --quiet").quiet().run()?;
    cmd!(shell, "git add --all").quiet().run()?;
    let author =
        ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@localhost", "-c", "commit.gpgsign=false"];
    Ok(cmd!(shell, "git {author...} commit --quiet --no-verify --message before").quiet().run()?)
}

fn changed_files(shell: &Shell) -> Result<BTreeSet<PathBuf>> {
    let status = cmd!(shell, "git status --porcelain --untracked-files=all").quiet().read()?;
    Ok(status.lines().filter_map(|line| line.get(3..)).map(PathBuf::from).collect())
}
