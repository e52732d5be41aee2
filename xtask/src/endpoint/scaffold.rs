use std::fmt::Write;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use heck::ToUpperCamelCase;
use serde_json::json;

use super::place::{Place, placeholders};

/// A new endpoint.
#[derive(clap::Args)]
pub(crate) struct Scaffold {
    /// Group and name in snake case, verb first, such as `offers/get_things`.
    pub(crate) place: Place,
    /// HTTP method.
    #[arg(value_parser = PossibleValuesParser::new(["GET", "POST", "PUT", "DELETE"]))]
    pub(crate) method: String,
    /// Path with placeholders, such as `/aff/v1/offers/{offer_id}/things`.
    pub(crate) path: String,
    /// Key of `data` that holds the answer.
    #[arg(long)]
    pub(crate) key: String,
    /// The key holds one object instead of a list.
    #[arg(long)]
    pub(crate) object: bool,
}

impl Scaffold {
    /// The source file, not yet formatted.
    pub(crate) fn source(&self) -> Result<String> {
        let kind = self.place.name.to_upper_camel_case();
        let [mut types, mut fields, mut arguments, mut samples, mut encoded] = [const { String::new() }; 5];
        for name in placeholders(&self.path)? {
            let (kind, import, sample, reference) = match name {
                "offer_id" => ("OfferId", "OfferId, ", r#""16".parse().unwrap()"#, ""),
                "offer_ids" => ("OfferIds", "OfferIds, ", r#""16,102".parse().unwrap()"#, "&"),
                _ => ("u64", "", "7", ""),
            };
            types += import;
            write!(fields, "{name}: {kind}, ")?;
            write!(arguments, "{name}, ")?;
            write!(samples, "{sample}, ")?;
            write!(encoded, ".path({reference}self.{name})")?;
        }
        let (default, request, encoded) = match encoded.as_str() {
            "" => (", Default", "_", String::new()),
            _ => ("", "request", format!("request{encoded};")),
        };
        let (payload, output) =
            if self.object { ("Object", format!("{kind}Row")) } else { ("List", format!("Vec<{kind}Row>")) };
        let parts: [(&str, &str); 16] = [
            ("{types}", &types),
            ("{fields}", &fields),
            ("{arguments}", &arguments),
            ("{samples}", &samples),
            ("{encoded}", &encoded),
            ("{request}", request),
            ("{default}", default),
            ("{payload}", payload),
            ("{output}", &output),
            ("{Method}", &self.method.to_upper_camel_case()),
            ("{Type}", &kind),
            ("{to_crate}", &"../".repeat(self.place.group.split('/').count() + 2)),
            ("{key}", &self.key),
            ("{name}", &self.place.name),
            ("{method}", &self.method),
            ("{path}", &self.path),
        ];
        let template = include_str!("scaffold.txt").to_owned();
        Ok(parts.iter().fold(template, |text, (part, value)| text.replace(part, value)))
    }

    /// The documented answer, with a placeholder in it.
    pub(crate) fn fixture(&self) -> String {
        let row = json!({ "placeholder": "example" });
        let answer = if self.object { row } else { json!([row]) };
        format!("{:#}\n", json!({ "code": 0, "message": "Success", "data": { &self.key: answer } }))
    }
}
