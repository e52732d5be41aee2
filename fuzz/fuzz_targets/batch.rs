//! A batch under any answers in any order at any time: exactly one outcome per element, in order, and an end.
#![no_main]

use std::collections::BTreeMap;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use offerslook_core::{
    Error, IdError, OfferId, OfferIds,
    affiliate::batches::Application,
    job::{Job, Jobs},
};
use offerslook_fuzz::{Answer, Reply, Script, account, answer, drive};

#[derive(Arbitrary, Debug)]
struct Input {
    script: Script,
    ids: Vec<u8>,
    /// The ids that have a row: a bit each.
    rows: [u64; 4],
    limit: Option<(u8, Limit)>,
    is_change: bool,
    seed: u64,
}

/// What a server does with a call that is too large for it, in silence.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Limit {
    FirstIds,
    LastIds,
    Rows,
}

const MAX_ELEMENTS: usize = 100;

fuzz_target!(|input: Input| {
    let (options, quota) = input.script.options();
    let jobs = Jobs::new(account(), options, quota, input.seed);
    let ids: Vec<u64> = input.ids.iter().take(MAX_ELEMENTS).map(|id| u64::from(*id)).collect();
    if !input.is_change {
        let outcomes = run(&mut jobs.links(ids.clone()), &input, |id| {
            format!(r#"{{"offer_id":{id},"url":"https://t.example/?offer_id={id}"}}"#)
        });
        check(&input, &ids, outcomes, |id, link| {
            assert!(link.url.as_str().ends_with(&format!("={id}")), "{id} has {}", link.url);
        });
    } else if let Some(ids) = OfferIds::new(ids.into_iter().filter_map(OfferId::new)) {
        let elements: Vec<_> = ids.iter().map(OfferId::get).collect();
        let outcomes =
            run(&mut jobs.apply(ids), &input, |id| format!(r#"{{"offer_id":{id},"status":"approved"}}"#));
        check(&input, &elements, outcomes, |_, _: &Application| {});
    }
});

type Outcome<T> = Result<(OfferId, Result<T, IdError>), Error>;

fn run<J: Job<Item: std::fmt::Debug>>(
    job: &mut J,
    input: &Input,
    row: impl Fn(u64) -> String,
) -> Vec<J::Item> {
    let key = if input.is_change { "offer_application" } else { "tracking_link" };
    let start = format!(r#"{{"code":0,"data":{{"{key}":[{{"offer_id":"#);
    // The ids of changes that may have been made, by the number of their last call.
    let mut spent = BTreeMap::new();
    let items = drive(job, &input.script, |attempt, reply| {
        let path = attempt.request.uri().path();
        let ids: Vec<u64> =
            path.rsplit('/').next().unwrap().split(',').map(|id| id.parse().unwrap()).collect();
        if input.is_change {
            for id in &ids {
                assert!(!spent.contains_key(id), "the change of {id} is sent again");
            }
        }
        let told = answer(reply, || honest(input, ids.clone(), key, &row), &start);
        if input.is_change && is_spent(&told) {
            spent.extend(ids.iter().map(|id| (*id, ())));
        }
        told
    });
    items
}

/// Whether a change may have been made.
fn is_spent(told: &Answer) -> bool {
    match told {
        Err(error) => error.delivery != offerslook_core::Delivery::NotSent,
        Ok(response) => !matches!(response.status().as_u16(), 429 | 503),
    }
}

fn honest(input: &Input, mut ids: Vec<u64>, key: &str, row: impl Fn(u64) -> String) -> String {
    let limit = input.limit.map_or(usize::MAX, |(limit, _)| usize::from(limit).max(1));
    match input.limit.map(|(_, kind)| kind) {
        Some(Limit::FirstIds) => ids.truncate(limit),
        Some(Limit::LastIds) => drop(ids.drain(..ids.len().saturating_sub(limit))),
        Some(Limit::Rows) | None => {}
    }
    let rows: Vec<_> = ids.into_iter().filter(|id| input.has_row(*id)).take(limit).map(row).collect();
    format!(r#"{{"code":0,"message":"Success","data":{{"{key}":[{}]}}}}"#, rows.join(","))
}

impl Input {
    fn has_row(&self, id: u64) -> bool {
        self.rows[usize::try_from(id / 64).unwrap() % 4] >> (id % 64) & 1 == 1
    }
}

fn check<T>(input: &Input, ids: &[u64], items: Vec<Outcome<T>>, is_right: impl Fn(u64, &T)) {
    let is_honest = input.script.replies.iter().all(Reply::is_honest_or_failure);
    let valid = ids.split(|id| *id == 0).next().unwrap();
    let mut elements = valid.iter();
    let (mut is_over, mut is_partial) = (false, false);
    for item in items {
        assert!(!is_over, "an item after the error that ends the batch");
        let Ok((id, outcome)) = item else {
            is_over = true;
            continue;
        };
        let id = id.get();
        assert_eq!(elements.next(), Some(&id), "another element");
        match outcome {
            Ok(value) if is_honest => {
                assert!(input.has_row(id), "{id} has no row");
                is_right(id, &value);
            }
            Err(IdError::NoRow) if is_honest && !input.script.limits().trust_missing_rows => {
                assert!(!input.has_row(id), "{id} has a row");
            }
            Err(IdError::NotAttempted(_)) => is_partial = true,
            _ => {}
        }
    }
    assert_eq!(elements.next(), None, "an element without an outcome");
    assert!(is_over || !is_partial, "a partial result without an error");
    assert!(is_over || valid.len() == ids.len(), "an id of 0 without an error");
}
