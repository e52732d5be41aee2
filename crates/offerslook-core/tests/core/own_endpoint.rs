//! An endpoint that is defined outside of the core, with its public items alone.

use offerslook_core::{
    BuildError, Encoder, Endpoint, Error, Payload, Request, Spec, Verb, parse, types::tolerant,
};
use serde::{Deserialize, Serialize};

use crate::{
    account::account,
    answers::{answer, success, told},
    example::written,
};

/// `POST /aff/v1/reports/{name}/of/{owner}`
struct SaveReport<'a> {
    path: &'a [&'a str],
    sort: &'a str,
    columns: Option<Columns>,
}

#[derive(Serialize)]
struct Columns {
    columns: Vec<&'static str>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Saved {
    #[serde(deserialize_with = "tolerant::integer")]
    id: u32,
    #[serde(default, deserialize_with = "tolerant::list")]
    rows: Vec<i64>,
    #[serde(default, deserialize_with = "tolerant::object")]
    owner: Owner,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Owner {
    name: Option<String>,
}

impl Endpoint for SaveReport<'_> {
    const SPEC: Spec =
        Spec::new("save_report", Verb::Post, "/aff/v1/reports/{name}/of/{owner}", Payload::Whole);
    type Output = Saved;

    fn encode(&self, request: &mut Encoder) {
        for argument in self.path {
            request.path(argument);
        }
        if !self.sort.is_empty() {
            request.query("sort", self.sort).query("filters[name][EQUAL_TO]", "a&b=c");
        }
        if let Some(columns) = &self.columns {
            request.json(columns);
        }
    }
}

fn save_at(path: &[&str]) -> Result<Request, BuildError> {
    account().request(&SaveReport { path, sort: "", columns: None })
}

#[test]
fn arguments_query_and_body_are_encoded() {
    let call = SaveReport {
        path: &["100% a/b?c#d", "é,..;+"],
        sort: "+id",
        columns: Some(Columns { columns: vec!["id", "name"] }),
    };
    let request = account().request(&call).unwrap();
    insta::assert_snapshot!(written(&request));
    assert!(!request.headers().contains_key("content-length"), "that is for the transport to say");
}

#[test]
fn a_post_without_a_body_says_so() {
    insta::assert_snapshot!(written(&save_at(&["x", "y"]).unwrap()));
}

#[test]
fn a_call_that_changes_something_is_not_repeatable() {
    const { assert!(!SaveReport::SPEC.idempotent) };
}

#[test]
fn bad_arguments_are_faults_of_the_endpoint() {
    let mistakes: [&[&str]; 8] = [
        &["..", "y"],
        &[".", "y"],
        &["", "y"],
        &["x", ".."],
        &[],
        &["x"],
        &["x", "y", "z"],
        &["x", "y", ".."],
    ];
    let told = mistakes.map(|path| {
        let error = Error::from(save_at(path).unwrap_err());
        format!("{path:?}: {error}\n  {}", error.advice())
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn dots_that_are_encoded_already_are_encoded_again() {
    let request = save_at(&["%2e%2e", "...x"]).unwrap();
    assert_eq!(request.uri().path(), "/aff/v1/reports/%252e%252e/of/...x");
}

#[test]
fn a_body_that_does_not_serialize_is_told() {
    struct Unwritable;
    impl Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("the clock is broken"))
        }
    }
    struct Bad;
    impl Endpoint for Bad {
        const SPEC: Spec = Spec::new("bad", Verb::Put, "/bad", Payload::Whole);
        type Output = ();
        fn encode(&self, request: &mut Encoder) {
            request.json(&Unwritable);
        }
    }
    let error = account().request(&Bad).unwrap_err();
    assert_eq!(error.to_string(), "bad: the body cannot be serialized: the clock is broken");
}

#[test]
fn only_a_changing_call_without_a_body_has_a_length() {
    struct Bare<const VERB: usize>;
    const VERBS: [Verb; 4] = [Verb::Get, Verb::Post, Verb::Put, Verb::Delete];
    impl<const VERB: usize> Endpoint for Bare<VERB> {
        const SPEC: Spec = Spec::new("bare", VERBS[VERB], "/bare", Payload::Whole);
        type Output = ();
        fn encode(&self, _: &mut Encoder) {}
    }
    let requests = [
        account().request(&Bare::<0>),
        account().request(&Bare::<1>),
        account().request(&Bare::<2>),
        account().request(&Bare::<3>),
    ];
    let lengths = requests.map(|request| {
        let request = request.unwrap();
        let length =
            request.headers().get("content-length").map(|length| length.to_str().unwrap().to_owned());
        format!("{} {length:?}", request.method())
    });
    assert_eq!(lengths, ["GET None", "POST Some(\"0\")", "PUT Some(\"0\")", "DELETE None"]);
}

#[test]
fn the_answer_is_data_itself() {
    let saved =
        parse::<SaveReport<'_>>(&answer(200, success(r#"{"id": "7", "rows": null, "owner": []}"#))).unwrap();
    assert_eq!(saved, Saved { id: 7, rows: vec![], owner: Owner::default() });
}

#[test]
fn what_the_answer_lacks_is_told() {
    for (name, data) in [
        ("id_missing", "[]"),
        ("id_out_of_range", r#"{"id": -1}"#),
        ("row_of_text", r#"{"id": 7, "rows": [1, "x"]}"#),
        ("owner_a_list", r#"{"id": 7, "owner": [{"name": "me"}]}"#),
    ] {
        let answer = answer(200, success(data));
        insta::assert_snapshot!(name, told(&answer, &parse::<SaveReport<'_>>(&answer)));
    }
}
