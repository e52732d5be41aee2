use std::{
    num::{NonZeroI64, NonZeroUsize},
    time::Duration,
};

use insta::assert_snapshot;
use offerslook_sandbox::{Fault, Faults, Route, Rule, Status};

use super::nth;

/// One fault of each kind and one rule for each `when`.
fn everything() -> Faults {
    let location = "https://elsewhere.example/".parse().unwrap();
    let (rows, bytes) = (NonZeroUsize::new(3).unwrap(), NonZeroUsize::new(10).unwrap());
    let (wait, pause) = (Duration::from_millis(1_500), Duration::from_millis(20));
    let (status, code) = (Status::of::<503>(), NonZeroI64::new(-7).unwrap());
    let faults = [
        Fault::Status { status, retry_after: None },
        Fault::Html { status: Status::of::<504>() },
        Fault::Code { code },
        Fault::Reset,
        Fault::CutBody { after_bytes: Some(100) },
        Fault::SlowDrip { bytes, pause },
        Fault::OversizedBody { bytes: 40_000_000 },
        Fault::GzipBomb { bytes: 40_000_000 },
        Fault::Redirect { location },
        Fault::MissingRows { every: rows },
        Fault::DuplicateRows,
        Fault::ExtraRows { ids: vec![1, 2] },
        Fault::RowLimit { rows: 50 },
        Fault::IdLimit { ids: 50 },
        Fault::IdsAsStrings,
        Fault::EscapedSlashes,
        Fault::RepeatedPage,
        Fault::MovingTotals,
        Fault::TruncatedIds { ids: rows },
        Fault::UnusableRows { every: rows },
        Fault::RenamedKey { to: "links".to_owned() },
    ];
    let first = Faults::seeded(7)
        .rule(Rule::new(Fault::Delay { wait }).with_probability(0.05))
        .rule(Rule::new(Fault::RateLimited { retry_after: Some(3) }).on(Route::ApplyToOffer).calls([1, 2]))
        .rule(Rule::new(Fault::KeyRevoked).on(Route::GetTrackingLinks).after(3))
        .rule(Rule::new(Fault::DuplicateRows).on(Route::custom("GET", "/aff/v1/things/{id}").unwrap()))
        .rule(Rule::new(Fault::CutBody { after_bytes: None }).every(nth(4)));
    faults.into_iter().map(Rule::new).fold(first, Faults::rule)
}

#[test]
fn serialized_faults_parse_to_the_same() {
    let faults = everything();
    assert_eq!(Faults::from_toml(&toml::to_string(&faults).unwrap()).unwrap(), faults);
    assert_eq!(Faults::from_json(&serde_json::to_string(&faults).unwrap()).unwrap(), faults);
}

#[test]
fn every_kind_has_a_form_in_a_file() {
    assert_snapshot!(toml::to_string(&everything()).unwrap());
}

#[test]
fn an_empty_file_has_no_faults() {
    assert_eq!(Faults::from_toml("").unwrap(), Faults::default());
    assert_eq!(Faults::from_json("{}").unwrap(), Faults::default());
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(Faults::from_toml("\u{feff}seed = 7").unwrap(), Faults::seeded(7));
    assert_eq!(Faults::from_json("\u{feff}{\"seed\": 7}").unwrap(), Faults::seeded(7));
}

#[test]
fn every_route_can_be_named() {
    for route in Route::ENDPOINTS {
        let text = format!("[[rules]]\nroute = \"{route}\"\nfault = {{ kind = \"reset\" }}");
        assert_eq!(
            Faults::from_toml(&text),
            Ok(Faults::default().rule(Rule::new(Fault::Reset).on(route.clone())))
        );
    }
}

#[test]
fn an_error_says_what_and_where() {
    let rule = |text: &str| format!("seed = 7\n\n[[rules]]\n{text}");
    let reset = |text: &str| rule(&format!("fault = {{ kind = \"reset\" }}\n{text}"));
    let fault = |text: &str| rule(&format!("fault = {{ kind = {text} }}"));
    let files = [
        "seed = -1".to_owned(),
        "seeds = 7".to_owned(),
        "seed = 7\nrules = [".to_owned(),
        "rules = [7]".to_owned(),
        rule("route = \"get_offer_caps\""),
        reset("routes = \"get_offer_caps\""),
        reset("route = \"cap\""),
        reset("route = \"GET things\""),
        reset("route = \"HEAD /things\""),
        reset("when = { every = 0 }"),
        reset("when = { calls = [1, 0] }"),
        reset("when = { calls = [] }"),
        reset("when = { after = -1 }"),
        reset("when = { probability = 1.5 }"),
        reset("when = { probability = nan }"),
        reset("when = { every = 2, after = 3 }"),
        reset("when = { evry = 2 }"),
        reset("when = {}"),
        reset("when = \"always\""),
        rule("fault = \"reset\""),
        fault("\"rest\""),
        fault("\"reset\", bytes = 3"),
        fault("\"delay\""),
        fault("\"delay\", seconds = -1"),
        fault("\"delay\", seconds = 0.1, jitter = 2"),
        fault("\"status\", status = 99"),
        fault("\"status\", status = 600"),
        fault("\"status\", status = 99999"),
        fault("\"code\", code = 0"),
        fault("\"slow_drip\", bytes = 0, pause_seconds = 1"),
        fault("\"missing_rows\", every = 0"),
        fault("\"redirect\", location = \"not a url\""),
        fault("\"extra_rows\", ids = [1, \"x\"]"),
    ];
    let errors = files.map(|file| format!("{file}\n=> {}", Faults::from_toml(&file).unwrap_err()));
    assert_snapshot!(errors.join("\n\n"));
}

#[test]
fn an_error_in_json_says_what_and_where() {
    let files = [
        "",
        "7",
        "[]",
        " [7, []]",
        "{",
        "{} {}",
        "{\"seed\": 1,\n \"rules\": [{\"fault\": {\"kind\": \"rest\"}}]}",
        "{\"rules\": [{\"fault\": {\"kind\": \"reset\"}},\n {\"fault\": {\"kind\": \"reset\"}, \"when\": {\"every\": 0}}]}",
        "{\"rules\": [\n{\"fault\": {\"kind\": \"status\", \"status\": \"500\"}}]}",
    ];
    let errors = files.map(|file| format!("{file}\n=> {}", Faults::from_json(file).unwrap_err()));
    assert_snapshot!(errors.join("\n\n"));
}
