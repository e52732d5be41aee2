use std::collections::HashSet;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::envelope::Failure;

/// The query of a call. A handler takes out the parameters that it knows; those that remain are unknown.
///
/// Messages refer to a parameter by its position, because they must not contain what the client sent.
pub(crate) struct Parameters {
    remaining: Vec<Parameter>,
    known: Vec<&'static str>,
}

pub(crate) struct Parameter {
    /// The position in the query, from 1.
    position: usize,
    pub(super) name: String,
    pub(crate) value: String,
}

impl Parameter {
    pub(super) fn place(&self) -> String {
        format!("Parameter {} of the query", self.position)
    }

    /// Parses a comma-separated list of known values.
    pub(super) fn list(&self, name: &str, known: &[&'static str]) -> Result<Vec<&'static str>, Failure> {
        let items = self.value.split(',').enumerate().map(|(index, item)| {
            known.iter().find(|value| **value == item).copied().ok_or_else(|| {
                Failure::bad_request(format!(
                    "Item {} of {name} is unknown. The known values are {}.",
                    index + 1,
                    known.join(", ")
                ))
            })
        });
        items.collect()
    }
}

impl Parameters {
    fn parse(query: &str) -> Result<Self, Failure> {
        let mut names = HashSet::new();
        let mut remaining = Vec::new();
        for (index, (name, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
            let parameter =
                Parameter { position: index + 1, name: name.into_owned(), value: value.into_owned() };
            if !names.insert(parameter.name.clone()) {
                return Err(Failure::bad_request(format!("{} repeats an earlier one.", parameter.place())));
            }
            remaining.push(parameter);
        }
        Ok(Self { remaining, known: Vec::new() })
    }

    pub(crate) fn take(&mut self, name: &'static str) -> Option<Parameter> {
        self.known.push(name);
        let index = self.remaining.iter().position(|parameter| parameter.name == name)?;
        Some(self.remaining.remove(index))
    }

    /// Takes a parameter with one of these values; without it, returns the default.
    pub(crate) fn take_value<T: Copy>(
        &mut self,
        name: &'static str,
        values: &[(&str, T)],
        default: T,
    ) -> Result<T, Failure> {
        let Some(parameter) = self.take(name) else { return Ok(default) };
        let value = values.iter().find(|(value, _)| *value == parameter.value);
        value.map(|(_, parsed)| *parsed).ok_or_else(|| {
            let values: Vec<_> = values.iter().map(|(value, _)| *value).collect();
            Failure::bad_request(format!("{name} must be one of {}.", values.join(", ")))
        })
    }

    /// Takes a comma-separated list of these values; without it, returns none.
    pub(crate) fn take_list(
        &mut self,
        name: &'static str,
        known: &[&'static str],
    ) -> Result<Vec<&'static str>, Failure> {
        self.take(name)
            .map(|parameter| parameter.list(name, known))
            .transpose()
            .map(Option::unwrap_or_default)
    }

    pub(super) fn take_filters(&mut self) -> Vec<Parameter> {
        self.known.push("filters[FIELD][OPERATOR]");
        let (filters, others) = std::mem::take(&mut self.remaining)
            .into_iter()
            .partition(|parameter| parameter.name.starts_with("filters["));
        self.remaining = others;
        filters
    }

    /// Refuses a query with parameters that remain.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self.remaining.first() {
            None => Ok(()),
            Some(parameter) => Err(Failure::bad_request(format!(
                "{} is unknown. This path supports {}.",
                parameter.place(),
                self.known.join(", ")
            ))),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        Self::parse(parts.uri.query().unwrap_or_default())
    }
}
