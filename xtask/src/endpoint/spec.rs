//! The facts of an endpoint, read from the expression of its `SPEC`.

use std::fmt;

use anyhow::{Result, bail};
use syn::{Expr, ExprLit, Lit};

#[derive(Clone)]
pub(crate) struct Spec {
    pub(crate) name: String,
    pub(crate) verb: Verb,
    pub(crate) path: String,
    pub(crate) payload: Payload,
    pub(crate) idempotent: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

/// Where in `data` the answer stands.
#[derive(Clone)]
pub(crate) enum Payload {
    Object(String),
    List(String),
    Whole,
    Nothing,
}

const READABLE: &str = "it is not in a form that can be read: write `Spec::get(NAME, PATH, PAYLOAD)` or \
                        `Spec::new(NAME, VERB, PATH, PAYLOAD)` with literals, `.idempotent()` after it or not";

impl Spec {
    pub(crate) fn parse(expression: &Expr) -> Result<Self> {
        if let Expr::MethodCall(call) = expression
            && call.method == "idempotent"
        {
            return Ok(Self { idempotent: true, ..Self::parse(&call.receiver)? });
        }
        let Some((function, arguments)) = call(expression) else { bail!(READABLE) };
        let facts = match (function.as_str(), arguments.as_slice()) {
            ("get", [name, path, payload]) => Some((text(name), Some(Verb::Get), text(path), payload)),
            ("new", [name, verb, path, payload]) => Some((text(name), verb_of(verb), text(path), payload)),
            _ => None,
        };
        let Some((Some(name), Some(verb), Some(path), payload)) = facts else { bail!(READABLE) };
        let Some(payload) = payload_of(payload) else { bail!(READABLE) };
        Ok(Self { name, verb, path, payload, idempotent: verb == Verb::Get })
    }
}

fn call(expression: &Expr) -> Option<(String, Vec<&Expr>)> {
    let Expr::Call(call) = expression else { return None };
    Some((last_segment(&call.func)?, call.args.iter().collect()))
}

fn last_segment(expression: &Expr) -> Option<String> {
    let Expr::Path(path) = expression else { return None };
    Some(path.path.segments.last()?.ident.to_string())
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

fn verb_of(expression: &Expr) -> Option<Verb> {
    let verb = last_segment(expression)?;
    [Verb::Get, Verb::Post, Verb::Put, Verb::Delete].into_iter().find(|known| known.variant() == verb)
}

fn payload_of(expression: &Expr) -> Option<Payload> {
    if let Some((variant, arguments)) = call(expression) {
        let [key] = arguments.as_slice() else { return None };
        return match variant.as_str() {
            "Object" => Some(Payload::Object(text(key)?)),
            "List" => Some(Payload::List(text(key)?)),
            _ => None,
        };
    }
    match last_segment(expression)?.as_str() {
        "Whole" => Some(Payload::Whole),
        "Nothing" => Some(Payload::Nothing),
        _ => None,
    }
}

impl Verb {
    /// The name of the variant in the core.
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Self::Get => "Get",
            Self::Post => "Post",
            Self::Put => "Put",
            Self::Delete => "Delete",
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.variant().to_uppercase())
    }
}

impl fmt::Display for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(key) => f.pad(&format!("{key}: object")),
            Self::List(key) => f.pad(&format!("{key}: list")),
            Self::Whole => f.pad("all of data"),
            Self::Nothing => f.pad("nothing"),
        }
    }
}
