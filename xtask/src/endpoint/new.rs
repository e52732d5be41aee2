//! Writes the files of a new endpoint.

use anyhow::{Context, Result, bail, ensure};
use xshell::{Shell, cmd};

use super::{
    place::Place,
    scaffold::{Scaffold, Shape},
    spec::Verb,
    sync,
    template::{Template, is_snake_case},
    tree::Folder,
};

/// What the endpoint is.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where it goes: affiliate/GROUP/NAME, in snake case.
    place: Place,
    #[command(flatten)]
    verb: VerbAndPath,
    /// Under which key of `data` the answer stands.
    #[arg(long)]
    key: String,
    #[command(flatten)]
    shape: ShapeFlags,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct VerbAndPath {
    /// It reads: GET with this path, such as `/aff/v1/offers/{offer_id}/things`.
    #[arg(long, value_name = "PATH")]
    get: Option<Template>,
    /// It creates: POST with this path.
    #[arg(long, value_name = "PATH")]
    post: Option<Template>,
    /// It replaces: PUT with this path.
    #[arg(long, value_name = "PATH")]
    put: Option<Template>,
    /// It removes: DELETE with this path.
    #[arg(long, value_name = "PATH")]
    delete: Option<Template>,
}

#[derive(clap::Args)]
#[group(multiple = false)]
struct ShapeFlags {
    /// The key holds a list of rows. This is the default.
    #[arg(long)]
    list: bool,
    /// The key holds one object.
    #[arg(long)]
    object: bool,
}

pub(crate) fn run(shell: &Shell, arguments: Arguments) -> Result<()> {
    let root = shell.current_dir();
    let scaffold = arguments.scaffold()?;
    let endpoints = Folder::read(&root)?;
    scaffold.place.ensure_free(&root, &endpoints)?;
    for known in endpoints.endpoints() {
        let (spec, path) = (&known.endpoint.spec, known.leaf.path.display());
        let is_same = spec.verb == scaffold.verb && spec.path == scaffold.template.text;
        ensure!(!is_same, "{path} is {} {} already", spec.verb, spec.path);
    }
    // What is derived now can also be derived with one endpoint more.
    sync::derived(shell, &endpoints)?;
    let source = sync::formatted(shell, &scaffold.source())?;

    let place = &scaffold.place;
    shell.write_file(place.source(), source)?;
    shell.write_file(place.fixture(), scaffold.fixture())?;
    sync::run(shell)?;
    // The test writes its snapshots itself, so that nothing here has to know what they look like.
    let _always = shell.push_env("INSTA_UPDATE", "always");
    let test = place.test();
    cmd!(shell, "cargo test --quiet --package offerslook-core --lib -- --exact {test}")
        .quiet()
        .run()
        .with_context(|| format!("the files of {} are written, but its test fails", place.name))?;
    for path in place.files() {
        ensure!(root.join(&path).exists(), "{} was not written", path.display());
        eprintln!("wrote {}", path.display());
    }
    eprintln!("\nNow fill in {}: see docs/src/add-an-endpoint.md.", place.source().display());
    Ok(())
}

impl Arguments {
    fn scaffold(self) -> Result<Scaffold> {
        let VerbAndPath { get, post, put, delete } = self.verb;
        let given = [(Verb::Get, get), (Verb::Post, post), (Verb::Put, put), (Verb::Delete, delete)];
        let given = given.into_iter().find_map(|(verb, path)| Some((verb, path?)));
        let Some((verb, template)) = given else { bail!("say one of --get, --post, --put, --delete") };
        ensure!(
            is_snake_case(&self.key),
            "{:?} is no key: write the name in `data` that the answer stands under, such as tracking_link",
            self.key
        );
        let shape = if self.shape.object { Shape::Object } else { Shape::List };
        Ok(Scaffold { place: self.place, verb, template, key: self.key, shape })
    }
}
