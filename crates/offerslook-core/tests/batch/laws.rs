//! What holds after every run.

use std::time::Duration;

use offerslook_core::{
    Account, Credentials, Network,
    job::{Jobs, Options, OptionsBuilder, Quota, Rate},
};

use crate::transcript::{Is, Transcript};

pub(crate) fn jobs(options: OptionsBuilder, quota: &Quota, seed: u64) -> Jobs {
    let credentials = Credentials::affiliate("affiliate@example.com", "0123456789abcdef").unwrap();
    let account = Account::new("acme".parse::<Network>().unwrap().into(), credentials);
    Jobs::new(account, options.build().unwrap(), quota.clone(), seed)
}

pub(crate) fn options() -> OptionsBuilder {
    Options::builder()
}

pub(crate) fn rate(calls: u32, window: f64) -> Rate {
    Rate::new(calls, Duration::from_secs_f64(window)).unwrap()
}

/// One outcome per element, in order.
pub(crate) fn one_outcome_each(told: &Transcript, input: &[u64]) {
    let ids: Vec<_> = told.items.iter().map(|(id, _)| *id).collect();
    assert!(ids == input, "{} outcomes for {} elements, or another order", ids.len(), input.len());
}

/// The reason is the same for every id that was not attempted, and the run says so at its end.
pub(crate) fn one_reason(told: &Transcript) {
    let mut reasons: Vec<_> = told
        .items
        .iter()
        .filter_map(|(_, is)| if let Is::NotAttempted(reason) = is { Some(reason) } else { None })
        .collect();
    reasons.dedup();
    assert!(reasons.len() <= 1, "{reasons:?}");
    if let Some(reason) = reasons.first() {
        let end = told.end.as_ref().expect("a run with ids that were not attempted ends with an error");
        assert_eq!(**reason, end.to_string());
    }
}

/// At most this many arrivals in any window.
pub(crate) fn within_rate(arrivals: &[Duration], rate: Rate) {
    let mut arrivals = arrivals.to_vec();
    arrivals.sort_unstable();
    let calls = rate.calls().get() as usize;
    for pair in arrivals.windows(calls + 1) {
        let span = pair[calls] - pair[0];
        assert!(span >= rate.window(), "{} arrivals within {span:?} at {:?}", calls + 1, pair[0]);
    }
}

pub(crate) fn in_bounds(told: &Transcript, options: &Options) {
    assert!(told.most_in_flight <= options.max_in_flight(), "{} in flight", told.most_in_flight);
    assert!(told.most_before_success <= 1, "{} in flight before the first success", told.most_before_success);
    let most = told.calls.iter().map(Vec::len).max().unwrap_or(0);
    assert!(most <= options.ids_per_request(), "a call of {most} ids");
    for ids in &told.calls {
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), ids.len(), "an id twice in one call: {ids:?}");
    }
}
