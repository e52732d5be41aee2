use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

/// The columns that `fields` asks for; without it, all.
#[derive(Default)]
pub(crate) struct Fields(Option<Vec<&'static str>>);

impl Fields {
    pub(super) fn of(chosen: Vec<&'static str>) -> Self {
        Self(Some(chosen))
    }

    /// Whether all columns are wanted.
    pub(crate) fn are_all(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn have(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(&name))
    }
}

/// A JSON object that is made column by column, and written in that order.
#[derive(Default)]
pub(crate) struct Object(Vec<(&'static str, Box<RawValue>)>);

impl Object {
    pub(crate) fn with(mut self, name: &'static str, value: impl Serialize) -> Self {
        // What the sandbox holds has neither maps with odd keys nor failing parts, so that it can be written.
        if let Ok(json) = to_raw_value(&value) {
            self.0.push((name, json));
        }
        self
    }

    pub(crate) fn with_some(self, name: &'static str, value: Option<impl Serialize>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Keeps the wanted columns alone.
    pub(crate) fn only(mut self, fields: &Fields) -> Self {
        self.0.retain(|(name, _)| fields.have(name));
        self
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
