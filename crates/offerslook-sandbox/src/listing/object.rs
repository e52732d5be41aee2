use indexmap::IndexMap;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// The columns that `fields` asks for; all of them by default.
#[derive(Default)]
pub(crate) struct Fields(pub(super) Option<Vec<&'static str>>);

impl Fields {
    pub(crate) fn are_all(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(&name))
    }
}

/// A JSON object that keeps the order of its fields.
#[derive(Default, Serialize)]
#[serde(transparent)]
pub(crate) struct Object(IndexMap<&'static str, Box<RawValue>>);

impl Object {
    pub(crate) fn with(mut self, name: &'static str, value: impl Serialize) -> Self {
        // Serialization fails only for maps without string keys, which the sandbox does not have.
        if let Ok(json) = to_raw_value(&value) {
            self.0.insert(name, json);
        }
        self
    }

    pub(crate) fn with_some(self, name: &'static str, value: Option<impl Serialize>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Removes all columns that are not selected.
    pub(crate) fn only(mut self, fields: &Fields) -> Self {
        self.0.retain(|name, _| fields.contains(name));
        self
    }
}
