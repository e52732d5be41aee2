//! The public types with a `Debug` form, read from the sources, so that the test fails for a new type that it does not
//! show.

use std::{collections::BTreeSet, fs, path::Path};

use syn::{Attribute, Item, Visibility};

/// The crates, each with its name in Rust, its sources, and the folders and files to read there.
///
/// Left out of the core are the folders `affiliate` and `types`, whose values know no account: rows of responses and
/// parameters of calls. [`Secrets`](offerslook_core::types::Secrets) is the exception.
const SOURCES: &[(&str, &str, &[&str])] = &[
    (
        "offerslook_core",
        "offerslook-core/src",
        &["account", "drive", "endpoint", "error", "job", "response", "transport", "types/secrets.rs"],
    ),
    ("offerslook_client", "offerslook-client/src", &[""]),
    ("offerslook_sandbox", "offerslook-sandbox/src", &[""]),
    ("offerslook_transport_hyper", "transport-hyper/src", &[""]),
    ("offerslook_transport_ureq", "transport-ureq/src", &[""]),
];

/// Returns the paths of all public types with a `Debug` form, in the form of [`std::any::type_name`].
pub(crate) fn with_debug_forms() -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut types = BTreeSet::new();
    for (crate_name, sources, parts) in SOURCES {
        let root = crates.join(sources);
        for part in *parts {
            let path = if part.is_empty() { root.clone() } else { root.join(part) };
            read(&path, &root, crate_name, &mut types);
        }
    }
    types
}

/// Adds the types of a file, or of all files in a folder.
fn read(path: &Path, root: &Path, crate_name: &str, types: &mut BTreeSet<String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            read(&entry.unwrap().path(), root, crate_name, types);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        let module = module(path.strip_prefix(root).unwrap(), crate_name);
        let items = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap().items;
        let names = items.iter().filter_map(|item| name_with_debug_form(item, &items));
        types.extend(names.map(|name| format!("{module}::{name}")));
    }
}

/// Returns the path of the module in this file.
fn module(file: &Path, crate_name: &str) -> String {
    let file = file.with_extension("");
    let mut names = vec![crate_name];
    names.extend(file.iter().map(|name| name.to_str().unwrap()));
    names.pop_if(|last| ["lib", "mod"].contains(last));
    names.join("::")
}

fn name_with_debug_form(item: &Item, siblings: &[Item]) -> Option<String> {
    let (visibility, attributes, name) = match item {
        Item::Struct(item) => (&item.vis, &item.attrs, item.ident.to_string()),
        Item::Enum(item) => (&item.vis, &item.attrs, item.ident.to_string()),
        _ => return None,
    };
    let has_debug_form =
        attributes.iter().any(derives_debug) || siblings.iter().any(|item| is_debug_of(item, &name));
    (matches!(visibility, Visibility::Public(_)) && has_debug_form).then_some(name)
}

fn derives_debug(attribute: &Attribute) -> bool {
    let mut found = false;
    if attribute.path().is_ident("derive") {
        attribute
            .parse_nested_meta(|meta| {
                found |= meta.path.is_ident("Debug");
                Ok(())
            })
            .unwrap();
    }
    found
}

fn is_debug_of(item: &Item, name: &str) -> bool {
    let Item::Impl(block) = item else { return false };
    let Some((implemented, _)) = &block.trait_ else { return false };
    let syn::Type::Path(on) = &*block.self_ty else { return false };
    let last = |path: &syn::Path| path.segments.last().map(|segment| segment.ident.to_string());
    last(implemented).as_deref() == Some("Debug") && last(&on.path).as_deref() == Some(name)
}
