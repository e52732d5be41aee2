//! Which types there are, read from the sources: a new one must be shown in the canary's cage, too.

use std::{collections::BTreeSet, fs, path::Path};

use syn::{Attribute, Item, Visibility};

/// The floors of the core that may hold an account, or what comes of one, and the crates above it. What is below
/// them, such as the rows of answers, cannot know an account.
const FOLDERS: &[&str] = &[
    "offerslook-core/src/account",
    "offerslook-core/src/drive",
    "offerslook-core/src/error",
    "offerslook-core/src/job",
    "offerslook-core/src/response",
    "offerslook-core/src/transport",
    "offerslook-sandbox/src",
    "transport-hyper/src",
    "transport-ureq/src",
];

/// The names of all public types with a `Debug` form.
pub(crate) fn with_debug_forms() -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut names = BTreeSet::new();
    for folder in FOLDERS {
        in_folder(&crates.join(folder), &mut names);
    }
    names
}

fn in_folder(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            in_folder(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let items = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap().items;
            names.extend(items.iter().filter_map(|item| in_item(item, &items)));
        }
    }
}

fn in_item(item: &Item, beside: &[Item]) -> Option<String> {
    let (visibility, attributes, name) = match item {
        Item::Struct(item) => (&item.vis, &item.attrs, item.ident.to_string()),
        Item::Enum(item) => (&item.vis, &item.attrs, item.ident.to_string()),
        _ => return None,
    };
    let shown = attributes.iter().any(derives_debug) || beside.iter().any(|item| is_debug_of(item, &name));
    (matches!(visibility, Visibility::Public(_)) && shown).then_some(name)
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
    let Some((of, _)) = &block.trait_ else { return false };
    let syn::Type::Path(on) = &*block.self_ty else { return false };
    let last = |path: &syn::Path| path.segments.last().map(|segment| segment.ident.to_string());
    last(of).as_deref() == Some("Debug") && last(&on.path).as_deref() == Some(name)
}
