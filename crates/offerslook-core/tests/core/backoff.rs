//! How long a call that failed waits before it is sent again.

use std::time::Duration;

use offerslook_core::{
    affiliate::batches::GetTrackingLinks,
    job::{Action, Job, Jobs, Moment, Options, Quota},
};

use crate::{account::account, answers::answer};

/// Returns the waits between the attempts of a call that always fails.
fn waits(seed: u64) -> Vec<Duration> {
    let options = Options::builder().retries(9).build().unwrap();
    let jobs = Jobs::new(account(), options, Quota::default(), seed);
    let mut job = jobs.call(&GetTrackingLinks::new("16".parse().unwrap()));
    let (mut now, mut sent) = (Moment::EPOCH, Vec::new());
    loop {
        match job.next(now) {
            Action::Send(attempt) => {
                sent.push(now);
                job.answered(attempt.ticket, now, Ok(answer(500, ""))).unwrap();
            }
            Action::Wait { until } => now = until.expect("no call is in flight"),
            Action::Item(_) => {}
            Action::Done => break,
            other => panic!("{other:?}"),
        }
    }
    sent.windows(2).map(|pair| pair[1].since(pair[0])).collect()
}

#[test]
fn it_is_a_random_part_of_a_backoff_that_doubles() {
    let runs: Vec<_> = (0..100).map(waits).collect();
    for (attempt, millis) in
        [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000].into_iter().enumerate()
    {
        let backoff = Duration::from_millis(millis);
        let waits = runs.iter().map(|run| run[attempt]);
        let longest = waits.clone().max().unwrap();
        assert!(longest <= backoff && longest > backoff * 9 / 10, "{longest:?} of {backoff:?}");
        let shortest = waits.min().unwrap();
        assert!(shortest < backoff / 10, "{shortest:?} of {backoff:?}");
    }
    assert!(runs.iter().all(|run| run.len() == 9));
    assert_eq!(runs[7], waits(7));
}
