//! Where a new endpoint goes: `affiliate/GROUP/NAME`.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{Error, Result, bail, ensure};
use heck::ToUpperCamelCase;

use super::{
    scaffold,
    snapshots::Subject,
    source::Source,
    template::is_name,
    tree::{ENDPOINTS, Folder},
};

const FIXTURES: &str = "crates/offerslook-core/tests/fixtures";

#[derive(Clone)]
pub(crate) struct Place {
    groups: Vec<String>,
    /// The name of the endpoint, of its file and of its fixture.
    pub(crate) name: String,
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let example = "write it as affiliate/GROUP/NAME, in snake case, such as affiliate/offers/get_things";
        let mut segments = text.split('/').map(str::to_owned);
        let is_below = segments.next().as_deref() == Some("affiliate");
        let mut groups: Vec<_> = segments.collect();
        let name = groups.pop().unwrap_or_default();
        ensure!(is_below && !groups.is_empty(), "{text:?} does not say where the endpoint goes: {example}");
        for segment in groups.iter().chain([&name]) {
            ensure!(is_name(segment), "{segment:?} cannot be the name of a module: {example}");
        }
        Ok(Self { groups, name })
    }
}

impl Place {
    pub(crate) fn type_name(&self) -> String {
        self.name.to_upper_camel_case()
    }

    pub(crate) fn row_name(&self) -> String {
        format!("{}Row", self.type_name())
    }

    /// How many folders the file is below `affiliate`.
    pub(crate) fn depth(&self) -> usize {
        self.groups.len()
    }

    /// The name of the test beside it.
    pub(crate) fn test(&self) -> String {
        format!("affiliate::{}::{name}::tests::{name}", self.groups.join("::"), name = self.name)
    }

    fn folder(&self) -> PathBuf {
        Path::new(ENDPOINTS).join(self.groups.join("/"))
    }

    pub(crate) fn source(&self) -> PathBuf {
        self.folder().join(format!("{}.rs", self.name))
    }

    pub(crate) fn fixture(&self) -> PathBuf {
        Path::new(FIXTURES).join(format!("{}.json", self.name))
    }

    /// All files of a new endpoint: its source, its fixture, and the snapshots that its test makes.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let snapshots = Subject::ALL.map(|subject| subject.path(&self.name));
        [self.source(), self.fixture()].into_iter().chain(snapshots).collect()
    }

    /// That nothing is in the way of a new endpoint here. `root` is the root of the workspace.
    pub(crate) fn ensure_free(&self, root: &Path, endpoints: &Folder) -> Result<()> {
        for path in self.files().into_iter().chain([self.source().with_extension("")]) {
            ensure!(!root.join(&path).exists(), "{} is there already: choose another name", path.display());
        }
        for known in endpoints.endpoints() {
            let (name, path) = (&known.endpoint.spec.name, known.leaf.path.display());
            ensure!(*name != self.name, "{path} holds an endpoint {name} already: choose another name");
        }
        let types = [self.type_name(), self.row_name()];
        if let Some(name) = types.iter().find(|name| scaffold::USES.contains(&name.as_str())) {
            bail!("{name} is what every endpoint has for something else: choose another name");
        }
        let folder = self.folder();
        let above = endpoints.all().into_iter().filter(|known| folder.starts_with(&known.path));
        for known in above {
            let path = known.path.display();
            ensure!(
                known.is_group() || known.path == endpoints.path,
                "{path} holds no endpoints, and keeps its own mod.rs: choose another group"
            );
            let exported = known.registration.as_deref().map(Source::parse).transpose()?;
            let exported = exported.map(|source| source.names).unwrap_or_default();
            let taken = types.iter().find(|name| known.path == folder && exported.contains(name));
            if let Some(name) = taken {
                bail!("{path} has a {name} already: choose another name");
            }
        }
        Ok(())
    }
}
