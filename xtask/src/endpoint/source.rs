use anyhow::{Context, Result, bail, ensure};
use quote::ToTokens;
use syn::{Item, Visibility};

use crate::tokens::{paths, words};

/// A source file under `affiliate/`, as far as registration needs to know it.
pub(crate) struct Source {
    /// The lines of the module's documentation.
    pub(crate) docs: Vec<String>,
    /// The public types, and what is publicly re-exported.
    pub(crate) names: Vec<String>,
    pub(crate) modules: Vec<String>,
    /// Whether it holds nothing but modules, re-exports and the table of endpoints.
    pub(crate) is_derivable: bool,
    pub(crate) endpoint: Option<Endpoint>,
}

/// `impl Endpoint for X`, and what the `SPEC` of `X` says.
pub(crate) struct Endpoint {
    pub(crate) type_name: String,
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// The variant of `Payload`, and its key.
    pub(crate) payload: String,
    pub(crate) key: Option<String>,
    pub(crate) is_idempotent: bool,
    pub(crate) job: &'static str,
}

impl Source {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let file = syn::parse_file(text)?;
        let items = file.items.iter().filter(|item| !matches!(item, Item::Macro(it) if it.ident.is_some()));
        let words: Vec<String> = items.flat_map(|item| words(item.to_token_stream())).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // Types that a call of `string_enum!` or its like declares are found, too.
        let types = words.windows(3).filter_map(|words| match words {
            ["pub", "enum" | "struct" | "trait" | "type", name] => Some((*name).to_owned()),
            _ => None,
        });
        let (mut names, mut modules, mut is_derivable) = (types.collect::<Vec<_>>(), Vec::new(), true);
        for item in &file.items {
            match item {
                Item::Mod(module) => modules.push(module.ident.to_string()),
                Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                    names.extend(paths(item.tree.to_token_stream(), &[]).iter_mut().filter_map(Vec::pop));
                }
                Item::Use(_) | Item::Const(_) => {}
                _ => is_derivable = false,
            }
        }
        let docs = text.lines().take_while(|line| line.starts_with("//!")).map(str::to_owned).collect();
        Ok(Self { docs, names, modules, is_derivable, endpoint: Endpoint::parse(&words)? })
    }
}

impl Endpoint {
    fn parse(words: &[&str]) -> Result<Option<Self>> {
        let implementors = |name| {
            words.windows(3).filter_map(move |words| match words {
                [known, "for", implementor] if *known == name => Some(*implementor),
                _ => None,
            })
        };
        let mut endpoints = implementors("Endpoint");
        let Some(type_name) = endpoints.next() else { return Ok(None) };
        ensure!(endpoints.next().is_none(), "it holds two endpoints: give each a file of its own");
        let text = |word: &str| {
            let text = word.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(str::to_owned);
            text.with_context(|| format!("SPEC has {word} instead of a literal"))
        };
        let spec = words.windows(2).position(|words| words == ["const", "SPEC"]).map_or(0, |at| at + 3);
        let (name, method, path, rest) = match words.get(spec..).unwrap_or_default() {
            ["Spec", "get", name, path, "Payload", rest @ ..] => (name, "Get", path, rest),
            ["Spec", "new", name, "Verb", method, path, "Payload", rest @ ..] => (name, *method, path, rest),
            _ => bail!("write `Spec::get(NAME, PATH, PAYLOAD)` or `Spec::new(NAME, VERB, PATH, PAYLOAD)`"),
        };
        let (payload, key, rest) = match rest {
            [payload @ ("Object" | "List"), key, rest @ ..] => (payload, Some(text(key)?), rest),
            [payload, rest @ ..] => (payload, None, rest),
            [] => bail!("SPEC has no payload"),
        };
        let job = [("Batched", "batches"), ("Paged", "pages")];
        let job = job.iter().find(|(name, _)| implementors(name).any(|other| other == type_name));
        Ok(Some(Self {
            type_name: type_name.to_owned(),
            name: text(name)?,
            method: method.to_uppercase(),
            path: text(path)?,
            payload: (*payload).to_owned(),
            key,
            is_idempotent: method == "Get" || rest.first() == Some(&"idempotent"),
            job: job.map_or("", |(_, job)| job),
        }))
    }
}
