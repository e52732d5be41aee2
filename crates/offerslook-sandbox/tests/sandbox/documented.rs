use std::{fs, path::Path};

use serde_json::Value;

/// An example of the reference, by its name in the folder `documented`.
pub(crate) fn documented(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sandbox/documented");
    serde_json::from_str(&fs::read_to_string(folder.join(name).with_extension("json")).unwrap()).unwrap()
}
