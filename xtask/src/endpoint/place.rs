use std::{path::PathBuf, str::FromStr};

use anyhow::{Context, Error, Result, ensure};
use heck::ToSnakeCase;

/// Where the endpoints are, from the root of the workspace.
pub(crate) const AFFILIATE: &str = "crates/offerslook-core/src/affiliate";
const TESTS: &str = "crates/offerslook-core/tests";
/// What the name of an endpoint begins with.
const VERBS: [&str; 6] = ["apply", "create", "delete", "get", "list", "update"];

/// The place of an endpoint: `GROUP/NAME`.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) group: String,
    /// Names the endpoint, its file, its fixture and its snapshots.
    pub(crate) name: String,
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (group, name) = text.rsplit_once('/').context("write GROUP/NAME, such as offers/get_things")?;
        text.split('/').try_for_each(ensure_name)?;
        ensure_verb_first(name)?;
        Ok(Self { group: group.to_owned(), name: name.to_owned() })
    }
}

impl Place {
    /// The source file, from the folder of all endpoints.
    pub(crate) fn file(&self) -> PathBuf {
        format!("{}/{}.rs", self.group, self.name).into()
    }

    /// All files of the endpoint, from the root of the workspace.
    pub(crate) fn files(&self) -> [PathBuf; 4] {
        let [request, answer] =
            snapshots(&self.name).map(|name| format!("{TESTS}/core/snapshots/{name}").into());
        [PathBuf::from(AFFILIATE).join(self.file()), fixture(&self.name), request, answer]
    }
}

/// The documented answer of an endpoint.
pub(crate) fn fixture(name: &str) -> PathBuf {
    format!("{TESTS}/fixtures/{name}.json").into()
}

/// The snapshots that the test of an endpoint compares: of the request and of the decoded answer.
pub(crate) fn snapshots(name: &str) -> [String; 2] {
    ["request", "answer"].map(|part| format!("{name}_{part}.snap"))
}

/// Returns the placeholders of a path such as `/aff/v1/offers/{offer_id}/things`.
pub(crate) fn placeholders(path: &str) -> Result<Vec<&str>> {
    let mut names = Vec::new();
    for segment in path.strip_prefix('/').unwrap_or_default().split('/') {
        let name = segment.trim_start_matches('{').trim_end_matches('}');
        let placeholder = format!("{{{name}}}");
        ensure!(
            [name, &placeholder].contains(&segment),
            "`{segment}` is not a placeholder: write `{placeholder}`"
        );
        let snake = segment.replace(name, &name.to_snake_case());
        ensure!(is_snake_case(name), "`{segment}` is not snake case: write `{snake}`");
        if segment == placeholder {
            ensure_name(name)?;
            ensure!(!names.contains(&name), "`{segment}` occurs twice in {path}");
            names.push(name);
        }
    }
    Ok(names)
}

pub(crate) fn ensure_verb_first(name: &str) -> Result<()> {
    let verb = name.split('_').next().unwrap_or_default();
    ensure!(VERBS.contains(&verb), "`{name}` does not begin with a verb ({})", VERBS.join(", "));
    Ok(())
}

fn ensure_name(name: &str) -> Result<()> {
    let is_name = is_snake_case(name) && syn::parse_str::<syn::Ident>(name).is_ok();
    ensure!(is_name, "`{name}` cannot name a module or a field");
    Ok(())
}

/// Whether the core takes this for snake case.
pub(crate) fn is_snake_case(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}
