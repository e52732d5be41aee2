//! What stands in the files of a new endpoint.

use super::{
    place::Place,
    spec::Verb,
    template::{Argument, Kind, Template},
};

/// The types that the source file of a new endpoint uses.
pub(crate) const USES: &[&str] = &[
    "Deserialize",
    "Encoder",
    "Endpoint",
    "OfferId",
    "OfferIds",
    "Option",
    "Payload",
    "Serialize",
    "Spec",
    "String",
    "Vec",
    "Verb",
];

/// An endpoint that does not exist yet.
pub(crate) struct Scaffold {
    pub(crate) place: Place,
    pub(crate) verb: Verb,
    pub(crate) template: Template,
    pub(crate) key: String,
    pub(crate) shape: Shape,
}

/// What stands under the key.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Object,
    List,
}

impl Scaffold {
    /// The source file, not yet formatted.
    pub(crate) fn source(&self) -> String {
        let Self { place: Place { name, .. }, verb, template: Template { text: path, .. }, key, .. } = self;
        let (type_name, row_name) = (self.place.type_name(), self.place.row_name());
        let fields = self.list(|argument| format!("{}: {}", argument.name, argument.kind.type_name()));
        let names = self.list(|argument| argument.name.clone());
        let samples = self.list(|argument| argument.kind.sample().to_owned());
        let types: String =
            self.template.arguments.iter().filter_map(|argument| argument.kind.import()).collect();
        let (derived, encoder, body) = match self.template.arguments.as_slice() {
            [] => (", Default", "_", String::new()),
            arguments => ("", "request", arguments.iter().fold("request".to_owned(), encoded) + ";"),
        };
        let (constructor, import, variant) = match verb {
            Verb::Get => ("get", "", String::new()),
            _ => ("new", ", Verb", format!("Verb::{}, ", verb.variant())),
        };
        let (payload, output) = match self.shape {
            Shape::Object => ("Object", row_name.clone()),
            Shape::List => ("List", format!("Vec<{row_name}>")),
        };
        let to_crate = "../".repeat(self.place.depth() + 2);
        format!(
            r#"//! `{verb} {path}`

use serde::{{Deserialize, Serialize}};

use crate::{{
    endpoint::{{Encoder, Endpoint, Payload, Spec{import}}},
    types::{{{types}tolerant}},
}};

/// To fill in: what this asks for, in a sentence; below it, what is unknown about the answer.
///
/// Reference: to fill in: which part of it.
#[derive(Clone, Debug, PartialEq, Eq{derived})]
pub struct {type_name} {{ {fields} }}

impl {type_name} {{
    /// To fill in: what the arguments are.
    #[must_use]
    pub fn new({fields}) -> Self {{
        Self {{ {names} }}
    }}
}}

impl Endpoint for {type_name} {{
    const SPEC: Spec = Spec::{constructor}("{name}", {variant}"{path}", Payload::{payload}("{key}"));
    type Output = {output};

    fn encode(&self, {encoder}: &mut Encoder) {{
        {body}
    }}
}}

/// To fill in: what a row of the answer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct {row_name} {{
    /// To fill in: the fields of the answer. The API reference lists them under the verb and the path above;
    /// `types::tolerant` reads what may come in more than one form.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub placeholder: Option<String>,
}}

#[cfg(test)]
mod tests {{
    use super::{type_name};
    use crate::example;

    #[test]
    fn {name}() {{
        let call = {type_name}::new({samples});
        example::check(&call, include_str!("{to_crate}tests/fixtures/{name}.json"));
    }}
}}
"#
        )
    }

    /// The documented answer, as far as it is known: with the placeholder.
    pub(crate) fn fixture(&self) -> String {
        let key = &self.key;
        let (open, row, close) = match self.shape {
            Shape::Object => ("{", r#"      "placeholder": "example""#, "}"),
            Shape::List => ("[", "      {\n        \"placeholder\": \"example\"\n      }", "]"),
        };
        format!(
            "{{\n  \"code\": 0,\n  \"message\": \"Success\",\n  \"data\": {{\n    \"{key}\": {open}\n{row}\n    \
             {close}\n  }}\n}}\n"
        )
    }

    fn list(&self, form: fn(&Argument) -> String) -> String {
        self.template.arguments.iter().map(form).collect::<Vec<_>>().join(", ")
    }
}

fn encoded(request: String, argument: &Argument) -> String {
    let by_reference = if argument.kind == Kind::OfferIds { "&" } else { "" };
    request + &format!(".path({by_reference}self.{})", argument.name)
}

impl Kind {
    fn type_name(self) -> &'static str {
        match self {
            Self::OfferId => "OfferId",
            Self::OfferIds => "OfferIds",
            Self::Number => "u64",
        }
    }

    fn import(self) -> Option<&'static str> {
        match self {
            Self::OfferId => Some("OfferId, "),
            Self::OfferIds => Some("OfferIds, "),
            Self::Number => None,
        }
    }

    fn sample(self) -> &'static str {
        match self {
            Self::OfferId => r#""16".parse().unwrap()"#,
            Self::OfferIds => r#""16,102".parse().unwrap()"#,
            Self::Number => "7",
        }
    }
}
