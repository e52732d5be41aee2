use std::collections::HashSet;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::envelope::Failure;

/// The query of a call. Whoever takes a parameter out knows it; what is left at the end is unknown.
///
/// Messages call a parameter by its place, since they may not repeat what the client sent.
pub(crate) struct Parameters {
    left: Vec<Parameter>,
    known: Vec<&'static str>,
}

pub(crate) struct Parameter {
    /// The how-many-eth of the query, from 1.
    number: usize,
    pub(super) name: String,
    pub(crate) value: String,
}

impl Parameter {
    pub(super) fn place(&self) -> String {
        format!("Parameter {} of the query", self.number)
    }

    /// The words of a list that is joined with commas.
    pub(super) fn words(&self, name: &str, known: &[&'static str]) -> Result<Vec<&'static str>, Failure> {
        let items = self.value.split(',').enumerate().map(|(index, item)| {
            known.iter().find(|word| **word == item).copied().ok_or_else(|| {
                Failure::bad_request(format!(
                    "Item {} of {name} is unknown. It takes {}.",
                    index + 1,
                    known.join(", ")
                ))
            })
        });
        items.collect()
    }
}

impl Parameters {
    fn read(query: &str) -> Result<Self, Failure> {
        let mut names = HashSet::new();
        let mut left = Vec::new();
        for (index, (name, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
            let parameter =
                Parameter { number: index + 1, name: name.into_owned(), value: value.into_owned() };
            if !names.insert(parameter.name.clone()) {
                return Err(Failure::bad_request(format!(
                    "{} stands there for the second time.",
                    parameter.place()
                )));
            }
            left.push(parameter);
        }
        Ok(Self { left, known: Vec::new() })
    }

    pub(crate) fn take(&mut self, name: &'static str) -> Option<Parameter> {
        self.known.push(name);
        let index = self.left.iter().position(|parameter| parameter.name == name)?;
        Some(self.left.remove(index))
    }

    /// One of several words; the first where there is none.
    pub(crate) fn take_word<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&str, T)],
        default: T,
    ) -> Result<T, Failure> {
        let Some(parameter) = self.take(name) else { return Ok(default) };
        let word = words.iter().find(|(word, _)| *word == parameter.value);
        word.map(|(_, meaning)| *meaning).ok_or_else(|| {
            let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            Failure::bad_request(format!("{name} is one of {}.", words.join(", ")))
        })
    }

    /// Any of several words, joined with commas.
    pub(crate) fn take_words(
        &mut self,
        name: &'static str,
        words: &[&'static str],
    ) -> Result<Vec<&'static str>, Failure> {
        self.take(name)
            .map(|parameter| parameter.words(name, words))
            .transpose()
            .map(Option::unwrap_or_default)
    }

    pub(super) fn take_filters(&mut self) -> Vec<Parameter> {
        self.known.push("filters[FIELD][OPERATOR]");
        let (filters, left) = std::mem::take(&mut self.left)
            .into_iter()
            .partition(|parameter| parameter.name.starts_with("filters["));
        self.left = left;
        filters
    }

    /// Refuses what nobody took.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self.left.first() {
            None => Ok(()),
            Some(parameter) => Err(Failure::bad_request(format!(
                "{} is unknown. This path takes {}.",
                parameter.place(),
                self.known.join(", ")
            ))),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        Self::read(parts.uri.query().unwrap_or_default())
    }
}
