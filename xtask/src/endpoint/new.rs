use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use super::place::{AFFILIATE, Place, is_snake_case};
use super::{check, scaffold::Scaffold, source::Source, sync, tree::Tree};

/// Writes the files of a new endpoint and registers it. Nothing is written unless all of it can be.
pub(crate) fn run(shell: &Shell, scaffold: &Scaffold) -> Result<()> {
    let place = &scaffold.place;
    let mut tree = Tree::read(&shell.current_dir())?;
    ensure_free(shell, &tree, place)?;
    ensure!(is_snake_case(&scaffold.key), "`{}` is not snake case", scaffold.key);
    let text = sync::formatted(shell, &scaffold.source()?)?;
    tree.0.insert(place.file(), Source::parse(&text)?);
    let conflicts = check::conflicts(&tree);
    ensure!(conflicts.is_empty(), "choose another name or path\n- {}", conflicts.join("\n- "));
    sync::derived(shell, &tree)?;

    let [source, fixture, ..] = place.files();
    shell.write_file(&source, text)?;
    shell.write_file(fixture, scaffold.fixture())?;
    sync::run(shell)?;
    // The test writes its snapshots itself, so that nothing here has to know what they look like.
    let _always = shell.push_env("INSTA_UPDATE", "always");
    let tests = format!("::{}::tests", place.name);
    cmd!(shell, "cargo test --quiet --package offerslook-core --lib -- {tests}")
        .quiet()
        .run()
        .with_context(|| format!("the files of {} are written, but its test fails", place.name))?;
    place.files().iter().for_each(|path| eprintln!("wrote {}", path.display()));
    eprintln!("\nNow fill in {}: see docs/src/add-an-endpoint.md.", source.display());
    Ok(())
}

/// Fails where a file exists already, or a folder above the new one is no group.
pub(crate) fn ensure_free(shell: &Shell, tree: &Tree, place: &Place) -> Result<()> {
    for path in place.files() {
        ensure!(!shell.path_exists(&path), "{} exists already: choose another name", path.display());
    }
    for folder in place.file().ancestors().skip(1) {
        let is_open = tree.groups().contains(folder) || !tree.0.contains_key(&folder.join("mod.rs"));
        ensure!(is_open, "{AFFILIATE}/{} holds no endpoints: choose another group", folder.display());
    }
    Ok(())
}
