//! Circular imports: sibling modules, each with everything below it, may not import each other in a loop.
//!
//! An import is a path to an item of another module, also inside a macro call; a path through a re-export leads
//! to the module that defines the item. `mod` and re-exports import nothing, and neither do unit tests. A module's
//! own code may use the modules below it, unless `--strict` is given. Modules with a `#[path]` are not read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, ensure};
use quote::ToTokens;
use regex::Regex;
use syn::{Item, Visibility, parse_quote};
use xshell::{Shell, cmd};

use crate::tokens::paths;

/// The segments of a path; of a module, from the root of its crate.
type Names = Vec<String>;

/// The modules of a crate.
#[derive(Default)]
struct Modules {
    /// All paths in each module but those of re-exports.
    paths: BTreeMap<Names, Vec<Names>>,
    /// What the names stand for that `use` items bring into a module.
    uses: BTreeMap<Names, Names>,
}

pub(crate) fn check(shell: &Shell, strict: bool) -> Result<()> {
    let files = cmd!(shell, "git ls-files --cached --others --exclude-standard *.rs").quiet().read()?;
    let root = Regex::new(r"(^|/)(lib|main|(bin|benches|fuzz_targets|tests)/[a-z_]+)\.rs$")?;
    let mut cycles = Vec::new();
    for file in files.lines().filter(|file| root.is_match(file) && shell.path_exists(file)) {
        let path = shell.current_dir().join(file);
        let mut modules = Modules::default();
        let items = syn::parse_file(&shell.read_file(&path)?)?.items;
        modules.add(shell, &[], items, path.parent().unwrap_or(&path))?;
        let found = modules.cycles(strict);
        let count = if found.is_empty() { "none".to_owned() } else { found.len().to_string() };
        eprintln!("{file:45} {:4} modules, cycles: {count}", modules.paths.len());
        cycles.extend(found.into_iter().map(|cycle| format!("{file}\n{cycle}")));
    }
    ensure!(cycles.is_empty(), "there are circular imports\n{}", cycles.join("\n"));
    Ok(())
}

impl Modules {
    /// `folder` is where the files of the module's children are.
    fn add(&mut self, shell: &Shell, names: &[String], items: Vec<Item>, folder: &Path) -> Result<()> {
        let mut own = Vec::new();
        for item in items {
            match item {
                Item::Mod(child) if child.attrs.contains(&parse_quote!(#[cfg(test)])) => {}
                Item::Mod(child) => {
                    let name = child.ident.to_string();
                    let inside = folder.join(&name);
                    let files = [inside.join("mod.rs"), inside.with_extension("rs")];
                    let items = match (child.content, files.iter().find(|file| file.exists())) {
                        (Some((_, items)), _) => items,
                        (None, Some(file)) => syn::parse_file(&shell.read_file(file)?)?.items,
                        (None, None) => continue,
                    };
                    self.add(shell, &[names, &[name]].concat(), items, &inside)?;
                }
                Item::Use(item) => {
                    for mut path in paths(item.tree.to_token_stream(), &[]) {
                        let name = path.iter().rfind(|name| *name != "self").cloned().unwrap_or_default();
                        path.truncate(path.iter().position(|name| name == "as").unwrap_or(path.len()));
                        self.uses.insert([names, &[name]].concat(), path.clone());
                        own.extend(matches!(item.vis, Visibility::Inherited).then_some(path));
                    }
                }
                item => own.extend(paths(item.to_token_stream(), &[])),
            }
        }
        self.paths.insert(names.to_vec(), own);
        Ok(())
    }

    /// The module that defines what a path leads to. Unless `is_inside`, it may begin with the name of a crate.
    fn home(&self, at: &[String], path: &[String], is_inside: bool) -> Option<Names> {
        let (first, rest) = path.split_first().filter(|_| path.len() < 20)?;
        let alone = std::slice::from_ref(first);
        let name = [at, alone].concat();
        match (first.as_str(), self.uses.get(&name)) {
            ("crate", _) => self.home(&[], rest, true),
            ("self", _) => self.home(at, rest, true),
            ("super", _) => self.home(at.split_last()?.1, rest, true),
            _ if self.paths.contains_key(&name) => self.home(&name, rest, true),
            (_, Some(used)) if used != alone => self.home(at, &[used, rest].concat(), false),
            _ => is_inside.then(|| at.to_vec()),
        }
    }

    fn cycles(&self, strict: bool) -> Vec<String> {
        let mut families: BTreeMap<Names, BTreeMap<(Names, Names), String>> = BTreeMap::new();
        let paths = self.paths.iter().flat_map(|(from, paths)| paths.iter().map(move |path| (from, path)));
        for (from, path) in paths {
            let Some(to) = self.home(from, path, false).filter(|to| to != from) else { continue };
            let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
            if strict || common < from.len() {
                let top = |names: &[String], depth| names.iter().take(depth).cloned().collect::<Names>();
                let pair = (top(from, common + 1), top(&to, common + 1));
                let example = format!("  {} uses {}", from.join("::"), path.join("::"));
                families.entry(top(from, common)).or_default().entry(pair).or_insert(example);
            }
        }
        families.into_values().map(cycle).filter(|cycle| !cycle.is_empty()).collect()
    }
}

/// The imports that are left without those from modules that none imports and to modules that import none.
fn cycle(mut imports: BTreeMap<(Names, Names), String>) -> String {
    for _ in 0..imports.len() {
        let (sources, targets): (BTreeSet<_>, BTreeSet<_>) = imports.keys().cloned().unzip();
        imports.retain(|(from, to), _| targets.contains(from) && sources.contains(to));
    }
    imports.into_values().collect::<Vec<_>>().join("\n")
}
