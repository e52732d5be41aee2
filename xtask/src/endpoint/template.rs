//! The path of a new endpoint, with its placeholders.

use std::str::FromStr;

use anyhow::{Error, Result, ensure};

/// `/aff/v1/offers/{offer_id}/things`
#[derive(Clone)]
pub(crate) struct Template {
    pub(crate) text: String,
    pub(crate) arguments: Vec<Argument>,
}

/// A placeholder, and what fills it.
#[derive(Clone)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    OfferId,
    OfferIds,
    Number,
}

impl FromStr for Template {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        ensure!(
            text.starts_with('/') && text.len() > 1 && text.split('/').skip(1).all(is_segment),
            "{text:?} is no path of an endpoint: write plain segments and placeholders, such as \
             /aff/v1/offers/{{offer_id}}/things"
        );
        let mut arguments: Vec<Argument> = Vec::new();
        for name in text.split('/').filter_map(placeholder) {
            ensure!(is_name(name), "{{{name}}} cannot be the name of a field: choose another one");
            ensure!(arguments.iter().all(|known| known.name != name), "{{{name}}} stands in {text} twice");
            let kind = match name {
                "offer_id" => Kind::OfferId,
                "offer_ids" => Kind::OfferIds,
                _ => Kind::Number,
            };
            arguments.push(Argument { name: name.to_owned(), kind });
        }
        Ok(Self { text: text.to_owned(), arguments })
    }
}

/// Whether this may name a module, a field, a function.
pub(crate) fn is_name(text: &str) -> bool {
    is_snake_case(text) && !text.starts_with('_') && syn::parse_str::<syn::Ident>(text).is_ok()
}

/// As the core demands it of a path.
pub(crate) fn is_snake_case(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn is_segment(segment: &str) -> bool {
    is_snake_case(placeholder(segment).unwrap_or(segment))
}

fn placeholder(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}
