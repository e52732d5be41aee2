use std::thread;

use offerslook_sandbox::{Fault, Faults, Probability, Route, Rule, Sandbox, Status, When};

use super::{nth, raw, with};
use crate::client::{batch_path, get};

fn failing() -> Rule {
    Rule::new(Fault::Status { status: Status::of::<500>(), retry_after: None })
}

fn fails(sandbox: &Sandbox) -> bool {
    get(sandbox, &batch_path([16])).status() == 500
}

/// The numbers of the calls that fail.
fn failures(faults: Faults, calls: u64) -> Vec<u64> {
    let sandbox = with(faults);
    let failures: Vec<_> = (1..=calls).filter(|_| fails(&sandbox)).collect();
    assert_eq!(sandbox.fired(), [u64::try_from(failures.len()).unwrap()]);
    failures
}

fn of(rule: Rule) -> Vec<u64> {
    failures(Faults::default().rule(rule), 8)
}

#[test]
fn a_rule_selects_calls() {
    assert_eq!(of(failing()), (1..=8).collect::<Vec<_>>());
    assert_eq!(of(failing().when(When::Always)), (1..=8).collect::<Vec<_>>());
    assert_eq!(of(failing().calls([1, 2, 5, 5, 0])), [1, 2, 5]);
    assert_eq!(of(failing().after(3)), [4, 5, 6, 7, 8]);
    assert_eq!(of(failing().after(0)).len(), 8);
    assert_eq!(of(failing().every(nth(4))), [4, 8]);
    assert_eq!(of(failing().every(nth(1))).len(), 8);
}

#[test]
fn a_rule_counts_the_calls_of_its_route() {
    let sandbox = with(Faults::default().rule(failing().on(Route::GetTrackingLinks).calls([2])));
    let single = || get(&sandbox, "/aff/v1/offers/16/tracking_links").status();
    assert_eq!([single(), single()], [200, 200]);
    assert_eq!([(); 3].map(|()| fails(&sandbox)), [false, true, false]);
    assert_eq!([single(), single()], [200, 200]);
}

#[test]
fn a_head_request_has_the_route_of_get() {
    let sandbox = with(Faults::default().rule(failing().on(Route::GetTrackingLinks)));
    let response = raw(&sandbox, "HEAD", &batch_path([16]));
    assert!(response.head.starts_with("HTTP/1.1 500 "), "{}", response.head);
    assert_eq!((response.text(), sandbox.fired()), ("", vec![1]));
}

#[test]
fn a_probability_of_0_is_never_and_of_1_is_always() {
    assert_eq!(of(failing().with_probability(0.0)).len(), 0);
    assert_eq!(of(failing().with_probability(-3.0)).len(), 0);
    for always in [1.0, 2.0, f64::NAN] {
        assert_eq!(of(failing().with_probability(always)).len(), 8);
    }
    assert_eq!([-0.1, 1.1, f64::NAN].map(Probability::new), [None; 3]);
}

#[test]
fn chance_depends_on_the_seed_the_rule_and_the_call_only() {
    let faults = |seed| Faults::seeded(seed).rule(failing().with_probability(0.3));
    let drawn = failures(faults(7), 48);
    assert_eq!(drawn, [2, 3, 5, 8, 13, 19, 20, 24, 28, 30, 34, 38, 46, 47]);
    assert_eq!(failures(faults(7), 48), drawn);
    assert_ne!(failures(faults(8), 48), drawn);

    let sandbox = with(faults(7));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..6).for_each(|_| _ = fails(&sandbox)));
        }
    });
    assert_eq!(sandbox.fired(), [u64::try_from(drawn.len()).unwrap()]);
}

#[test]
fn two_rules_with_one_probability_are_independent() {
    let rule = |fault| Rule::new(fault).with_probability(0.5);
    let sandbox = with(Faults::default().rule(rule(Fault::DuplicateRows)).rule(rule(Fault::EscapedSlashes)));
    let drawn: Vec<_> = (0..40)
        .map(|_| {
            let text = get(&sandbox, &batch_path([16])).text;
            (text.matches("offer_id\":16").count() == 2, text.contains(r"\/"))
        })
        .collect();
    for both in [(false, false), (false, true), (true, false), (true, true)] {
        assert!(drawn.contains(&both), "{drawn:?}");
    }
}
