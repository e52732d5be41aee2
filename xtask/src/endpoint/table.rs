//! The page of the book that lists all endpoints.

use super::{
    source::Endpoint,
    spec::{Payload, Spec},
    tree::{Folder, Found},
};

/// From the root of the workspace.
pub(crate) const PAGE: &str = "docs/src/endpoints.md";

const HEAD: &str = "\
# Endpoints

One file each, below `crates/offerslook-core/src/affiliate`. *Key* is where in `data` the answer stands. A call
that is idempotent is sent again when the fate of the first copy is unknown. One that takes batches or has pages
works in `client.jobs().batch` or `client.jobs().listing`. [Adding one](add-an-endpoint.md) takes one command.

`cargo xtask endpoint sync` writes this page from the files.

| file | verb | path | key | idempotent | jobs |
|---|---|---|---|---|---|
";

pub(crate) fn of(root: &Folder) -> String {
    let rows: String = root.endpoints().iter().map(row).collect();
    format!("{HEAD}{rows}")
}

fn row(found: &Found<'_>) -> String {
    let Spec { verb, path, payload, idempotent, .. } = &found.endpoint.spec;
    let file = found.leaf.path.display();
    let short = found.leaf.short_path();
    let (key, jobs) = (key(payload), jobs(found.endpoint));
    let idempotent = if *idempotent { "yes" } else { "no" };
    format!("| [{short}](../../{file}) | {verb} | `{path}` | {key} | {idempotent} | {jobs} |\n")
}

fn key(payload: &Payload) -> String {
    match payload {
        Payload::Object(key) => format!("`{key}`, an object"),
        Payload::List(key) => format!("`{key}`, a list"),
        Payload::Whole => "none: all of it".to_owned(),
        Payload::Nothing => "none: not read".to_owned(),
    }
}

fn jobs(endpoint: &Endpoint) -> &'static str {
    match (endpoint.is_batched, endpoint.is_paged) {
        (true, true) => "batches, pages",
        (true, false) => "batches",
        (false, true) => "pages",
        (false, false) => "",
    }
}
