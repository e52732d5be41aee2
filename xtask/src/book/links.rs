use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Component, Path, PathBuf},
};

use anyhow::{Result, ensure};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use xshell::{Shell, cmd};

use super::{PAGES, REPOSITORY};

/// A page, and what other pages may refer to.
#[derive(Default)]
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
}

/// Checks that each link between the Markdown files leads to a file, and to a heading of it.
pub(super) fn check(shell: &Shell) -> Result<()> {
    let files = cmd!(shell, "git ls-files --cached --others --exclude-standard *.md").quiet().read()?;
    // What rustdoc shows has links to items.
    let files = files.lines().filter(|file| !file.starts_with("crates/") && shell.path_exists(file));
    let read = |file: &str| Ok((PathBuf::from(file), Page::read(&shell.read_file(file)?)));
    let pages = files.map(read).collect::<Result<BTreeMap<_, _>>>()?;
    let mut broken = Vec::new();
    for (file, page) in &pages {
        for link in &page.links {
            if let Some(fault) = fault(shell, &pages, file, link) {
                broken.push(format!("{}: {link}: {fault}", file.display()));
            }
        }
    }
    ensure!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
    let count: usize = pages.values().map(|page| page.links.len()).sum();
    eprintln!("{count} links in {} files, and none is broken", pages.len());
    Ok(())
}

/// Returns what is wrong with a link, if it leads to this repository.
fn fault(shell: &Shell, pages: &BTreeMap<PathBuf, Page>, file: &Path, link: &str) -> Option<&'static str> {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let in_repository = ["/blob/main/", "/tree/main/"]
        .iter()
        .find_map(|view| path.strip_prefix(REPOSITORY)?.strip_prefix(view))
        .map(PathBuf::from);
    let target = match in_repository {
        Some(target) => target,
        None if path.contains(':') => return None,
        None if path.is_empty() => file.to_owned(),
        None => resolved(&file.with_file_name(path)),
    };
    if file.starts_with(PAGES) && !path.contains(':') && !target.starts_with(PAGES) {
        return Some("the book has no such page: link to the repository");
    }
    if !shell.path_exists(&target) {
        return Some("there is no such file");
    }
    let has_anchor = pages.get(&target).is_some_and(|page| page.anchors.contains(anchor));
    (!anchor.is_empty() && !has_anchor).then_some("there is no such heading")
}

/// Resolves `..` in a path.
fn resolved(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => _ = resolved.pop(),
            Component::CurDir => {}
            other => resolved.push(other),
        }
    }
    resolved
}

impl Page {
    fn read(text: &str) -> Self {
        let (mut page, mut heading) = (Self::default(), None);
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.add_anchor(&heading.take().unwrap_or_default()),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.into_string());
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        page
    }

    /// Adds the anchor of a heading, as mdBook and GitHub name it.
    fn add_anchor(&mut self, heading: &str) {
        let letters = heading.trim().chars().filter_map(|letter| match letter {
            ' ' => Some('-'),
            '-' | '_' => Some(letter),
            _ => letter.is_alphanumeric().then_some(letter),
        });
        let anchor = letters.collect::<String>().to_lowercase();
        let repeated = (1..).map(|number| format!("{anchor}-{number}"));
        let free = std::iter::once(anchor.clone()).chain(repeated).find(|name| !self.anchors.contains(name));
        self.anchors.extend(free);
    }
}
