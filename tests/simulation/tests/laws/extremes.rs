//! Inputs, answers, options and clocks at their limits.

use std::{cell::Cell, time::Duration};

use offerslook_core::{
    Batched, Encoder, Endpoint, IntoOfferId, OfferId, OfferIds, Payload, Request, Rows, Spec,
    affiliate::batches::GetTrackingLinks,
    error::{BuildError, Error, IdError, NoLink},
    job::{Action, Batch, Job, Moment, Options, Quota, Rate},
};

use crate::fixture::{Item, account, ids_of, response, row, rows, run, tracking_links};

fn links<I: IntoIterator<Item: IntoOfferId>>(
    ids: I,
    ids_per_call: usize,
) -> Batch<GetTrackingLinks, I::IntoIter> {
    let options = Options::builder().ids_per_request(ids_per_call).build().unwrap();
    Batch::new(account(), ids, options, &Quota::default(), 1)
}

/// What came of each id.
fn outcomes(items: Vec<Item>) -> Vec<(u64, &'static str)> {
    let outcome = |item: Item| {
        let (id, outcome) = item.unwrap();
        (id.get(), outcome.map_or_else(|error| error.kind(), |_| "found"))
    };
    items.into_iter().map(outcome).collect()
}

#[test]
fn ids_of_twenty_digits_a_thousand_per_call() {
    let ids = || (0..3_000).map(|n| u64::MAX - n);
    let mut all = links(ids(), 1_000);
    let found = outcomes(run(&mut all, |request| (Duration::ZERO, Ok(rows(request)))));
    assert!(found.into_iter().eq(ids().map(|id| (id, "found"))));
    assert_eq!(all.progress().calls, 8, "each URI takes some 7,900 of 8,000 bytes");

    let exists = |id: &u64| !id.is_multiple_of(3);
    let some = outcomes(run(&mut links(ids(), 1_000), |request| {
        let rows: Vec<_> = ids_of(request).into_iter().filter(exists).map(row).collect();
        (Duration::ZERO, Ok(tracking_links(&format!("[{}]", rows.join(",")))))
    }));
    assert!(
        some.into_iter().eq(ids().map(|id| (id, if exists(&id) { "found" } else { IdError::NoRow.kind() })))
    );

    let mut missing = links((0..4_000).map(|n| u64::MAX - n), 1_000);
    let none = outcomes(run(&mut missing, |_| (Duration::ZERO, Ok(tracking_links("[]")))));
    assert!(none.iter().all(|(_, outcome)| *outcome == IdError::Unanswered.kind()));
    let unproved = missing.report().unproved.clone();
    assert_eq!((none.len(), unproved.count), (4_000, 4_000));
    assert!(unproved.first.into_iter().eq(ids().filter_map(OfferId::new).take(5)));

    let few = outcomes(run(&mut links(ids(), 1_000), |request| {
        let answer = if ids_of(request).len() > 300 { response(414, "") } else { rows(request) };
        (Duration::ZERO, Ok(answer))
    }));
    assert!(few.into_iter().eq(ids().map(|id| (id, "found"))));
}

#[test]
fn ids_fill_a_uri_to_the_last_byte() {
    let longest = (0..20).map(|zeros| {
        let ids = std::iter::once(10_u64.pow(zeros)).chain((0..1_000).map(|n| u64::MAX - n));
        let Action::Send(attempt) = links(ids.collect::<Vec<_>>(), 1_000).next(Moment::EPOCH) else {
            panic!()
        };
        attempt.request.uri().to_string().len()
    });
    assert_eq!(longest.max(), Some(7_999));
}

#[test]
fn an_input_that_goes_on_after_its_end_has_ended() {
    let taken = Cell::new(0_u64);
    let input = std::iter::from_fn(|| {
        taken.set(taken.get() + 1);
        (!taken.get().is_multiple_of(4)).then_some(taken.get())
    });
    let items = run(&mut links(input, 100), |request| (Duration::ZERO, Ok(rows(request))));
    assert_eq!(outcomes(items), [(1, "found"), (2, "found"), (3, "found")]);
    assert_eq!(taken.get(), 4);
}

#[test]
fn rows_in_odd_shapes() {
    let null = |id: u64| format!(r#"{{"offer_id":"{id}","url":null}}"#);
    let huge = row(1).replace(":1,", ":99999999999999999999,");
    let [one, two, three, zero] = [1, 2, 3, 0].map(row);
    for (rows, expected) in [
        (format!(r#"{{"0":{one},"1":{two}}}"#), ["found", "found", "unproved"]),
        (format!(r#"{{"1":{one},"2":{two}}}"#), ["found", "found", "unproved"]),
        (one.clone(), ["found", "unproved", "unproved"]),
        (format!("[{},{},{}]", null(1), null(2), null(3)), ["unapproved", "unapproved", "unapproved"]),
        (format!("[null,{one},{}]", null(2)), ["found", "unapproved", "unproved"]),
        (format!("[{zero},{two},{three}]"), ["unproved", "found", "found"]),
        (format!("[{one},{},{two}]", null(1)), ["found", "found", "unproved"]),
        (format!("[{huge},{two}]"), ["unproved", "found", "unproved"]),
    ] {
        let mut job = links([1_u64, 2, 3], 100);
        let items = run(&mut job, |_| (Duration::ZERO, Ok(tracking_links(&rows))));
        assert_eq!(outcomes(items), [1, 2, 3].into_iter().zip(expected).collect::<Vec<_>>(), "{rows}");
        assert!(job.progress().calls <= 3, "{rows}: {} calls", job.progress().calls);
    }
}

/// The API refused nothing: if it has answered others, the row of this id is unusable, and else the answers are.
#[test]
fn answers_to_single_ids_that_do_not_decode() {
    for (readable, expected) in
        [(1..=3, ["found", "found", "found", "unproved"]), (0..=0, ["undecodable"; 4])]
    {
        let mut job = links([1_u64, 2, 3, 4], 1);
        let items = run(&mut job, |request| {
            let is_readable = ids_of(request).iter().all(|id| readable.contains(id));
            let answer = if is_readable { rows(request) } else { tracking_links("16") };
            (Duration::ZERO, Ok(answer))
        });
        assert_eq!(outcomes(items), [1, 2, 3, 4].into_iter().zip(expected).collect::<Vec<_>>());
        let is_noted = u64::from(readable.contains(&1));
        assert_eq!([job.report().unusable_rows.count, job.report().unproved.count], [is_noted; 2]);
    }
}

#[test]
fn a_report_names_the_smallest_call_that_was_truncated() {
    let mut job = links(1_u64..=300, 100);
    let mut smallest = usize::MAX;
    let items = run(&mut job, |request| {
        let ids = ids_of(request);
        if ids.len() > 20 {
            smallest = smallest.min(ids.len());
        }
        let rows: Vec<_> = ids.into_iter().take(20).map(row).collect();
        (Duration::ZERO, Ok(tracking_links(&format!("[{}]", rows.join(",")))))
    });
    assert!(outcomes(items).into_iter().eq((1..=300).map(|id| (id, "found"))));
    assert_eq!(job.report().truncated_at, Some(smallest));
}

#[test]
fn an_input_ends_before_what_is_no_id() {
    let mut items = run(&mut links([16_u64, 102, 0, 7], 100), |request| (Duration::ZERO, Ok(rows(request))));
    let error = items.pop();
    assert!(matches!(error, Some(Err(Error::InvalidOfferId { position: 2, .. }))), "{error:?}");
    assert_eq!(outcomes(items), [(16, "found"), (102, "found")]);
}

#[test]
fn no_outcome_and_no_report_repeats_the_key() {
    let credentials = |request: &Request| request.headers()["authorization"].to_str().unwrap().to_owned();
    let items = run(&mut links([1_u64, 2], 2), |request| {
        let message = format!("no such offer for {}", credentials(request));
        (Duration::ZERO, Ok(response(400, &format!(r#"{{"code":40001,"message":"{message}"}}"#))))
    });
    let text = format!("{items:?}");
    assert!(text.contains("no such offer for Basic [redacted]"), "{text}");

    let mut job = links([1_u64, 2], 2);
    run(&mut job, |request| {
        let unusable = format!(r#"{{"offer_id":"{}","url":null}}"#, credentials(request));
        (Duration::ZERO, Ok(tracking_links(&format!("[{},{unusable}]", row(1)))))
    });
    let text = format!("{:?}", job.report());
    assert!(text.contains("Basic [redacted]"), "{text}");
}

/// An endpoint whose URIs grow by more than their ids: those of many ids are too long.
struct Padded(OfferIds);

impl Endpoint for Padded {
    const SPEC: Spec = Spec::get("padded", "/padded/{offer_ids}", Payload::List("ids"));
    type Output = Rows<OfferId>;

    fn encode(&self, request: &mut Encoder) {
        request.path(&self.0).query("padding", "x".repeat(200 * self.0.len()));
    }
}

impl Batched for Padded {
    type Row = OfferId;
    type Item = OfferId;
    const MAX_IDS_PER_CALL: usize = 100;

    fn of(ids: OfferIds) -> Self {
        Self(ids)
    }

    fn id_of(row: &OfferId) -> OfferId {
        *row
    }

    fn accept(row: OfferId) -> Result<OfferId, NoLink> {
        Ok(row)
    }
}

#[test]
fn a_call_that_cannot_be_built_ends_the_job() {
    for ids_per_call in [100, 2, 1] {
        let options = Options::builder().ids_per_request(ids_per_call).build().unwrap();
        let mut job = Batch::<Padded, _>::new(account(), 1..=150_u64, options, &Quota::default(), 1);
        let mut items = run(&mut job, |request| {
            let body = format!(r#"{{"code":0,"data":{{"ids":{:?}}}}}"#, ids_of(request));
            (Duration::ZERO, Ok(response(200, &body)))
        });
        if ids_per_call == 100 {
            assert!(matches!(items.pop(), Some(Err(Error::Build(BuildError::UriTooLong { .. })))));
            assert!(items.iter().all(|item| matches!(item, Ok((_, Err(IdError::NotAttempted(_)))))));
        }
        assert!(items.iter().map(|item| item.as_ref().unwrap().0.get()).eq(1..=150));
    }
}

/// After the end of time there is nothing to wait for: only no panic is asked for.
#[test]
fn the_end_of_time() {
    for quota in ["5/2", "50/10", "1/10"] {
        let quota = Quota::new(quota.parse().unwrap());
        let mut job =
            Batch::<GetTrackingLinks, _>::new(account(), 1..=300_u64, Options::default(), &quota, 1);
        for step in 0..3_000_u64 {
            let now = if step == 20 { Duration::MAX } else { Duration::from_millis(step * 50) };
            let now = Moment::after_epoch(now);
            if let Action::Send(attempt) = job.next(now) {
                job.answered(attempt.ticket, now, Ok(response(429, ""))).unwrap();
            }
        }
    }
}

#[test]
fn rates_and_timeouts_at_their_limits() {
    let rates = [
        Rate::new(u32::MAX, Duration::from_nanos(1)),
        Rate::new(u32::MAX, Duration::MAX),
        Rate::new(1, Duration::MAX),
        Rate::new(1, Duration::from_nanos(1)),
    ];
    for rate in rates.into_iter().flatten() {
        for timeout in [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] {
            for status in [200, 429, 500] {
                let options = Options::builder().timeout(timeout).ids_per_request(1).build().unwrap();
                let quota = Quota::new(rate);
                let mut job = Batch::<GetTrackingLinks, _>::new(account(), 1..=3_u64, options, &quota, 1);
                let mut now = Moment::EPOCH;
                for _ in 0..100 {
                    match job.next(now) {
                        Action::Send(attempt) => {
                            let mut response = rows(&attempt.request);
                            *response.status_mut() = status.try_into().unwrap();
                            job.answered(attempt.ticket, now, Ok(response)).unwrap();
                        }
                        Action::Wait { until } => now = until.unwrap_or(now),
                        Action::Done => break,
                        _ => {}
                    }
                }
            }
        }
    }
}
