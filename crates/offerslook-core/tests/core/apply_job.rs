//! Any number of applications as a job: a change, so no call of it is sent twice unless it is known that
//! the first copy was not acted upon.

use offerslook_core::{
    Delivery, Error, IdError, OfferId, OfferIds, Request, Response, TransportError, TransportKind,
    affiliate::batches::{Application, ApplyToOffers},
    job::{Action, Batch, Job, Moment, Options, Quota},
};

use crate::{
    account::account,
    answers::{answer, success},
};

type Answer = Result<Response, TransportError>;

/// Everything that was sent, and then everything that came out.
fn applied<const N: usize>(ids: impl IntoIterator<Item = u64>, answers: [Answer; N]) -> String {
    let ids = OfferIds::new(ids.into_iter().filter_map(OfferId::new)).unwrap();
    let options = Options::builder().ids_per_request(1_000).build().unwrap();
    let mut job = Batch::<ApplyToOffers, _>::of_changes(account(), ids, options, &Quota::default(), 1);

    let (mut sent, mut items) = (Vec::new(), Vec::new());
    let mut answers = answers.into_iter();
    let mut now = Moment::EPOCH;
    loop {
        match job.next(now) {
            Action::Send(attempt) => {
                sent.push(line(&attempt.request));
                let answer = answers.next().expect("one more call than there are answers");
                job.answered(attempt.ticket, now, answer).unwrap();
            }
            Action::Item(item) => items.push(told(item)),
            Action::Wait { until } => now = until.expect("no call is in flight"),
            Action::Done => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(answers.count(), 0, "answers to calls that were not made");
    let report = job.report();
    for (rows, kind) in [(&report.unrequested_rows, "unrequested"), (&report.duplicate_rows, "duplicate")] {
        if rows.count > 0 {
            items.push(format!("{} {kind}: {:?}", rows.count, rows.first));
        }
    }
    format!("{}\n\n{}", sent.join("\n"), items.join("\n"))
}

fn line(request: &Request) -> String {
    format!("{} {}", request.method(), request.uri().path())
}

fn told(item: Result<(OfferId, Result<Application, IdError>), Error>) -> String {
    match item {
        Ok((id, Ok(application))) => format!("{id} {:?}", application.status),
        Ok((id, Err(IdError::Refused(error)))) => format!("{id} refused: {error}"),
        Ok((id, Err(IdError::Failed(error)))) => format!("{id} failed: {error}"),
        Ok((id, Err(IdError::InDoubt(error)))) => format!("{id} in doubt: {error}"),
        Ok((id, Err(other))) => format!("{id} {other:?}"),
        Err(error) => format!("stopped: {error}"),
    }
}

fn rows(rows: &str) -> Answer {
    answered(200, &success(&format!(r#"{{"offer_application": [{rows}]}}"#)))
}

fn approved(ids: impl IntoIterator<Item = u64>) -> Answer {
    let approved: Vec<_> =
        ids.into_iter().map(|id| format!(r#"{{"offer_id": {id}, "status": "approved"}}"#)).collect();
    rows(&approved.join(","))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands beside the lack of an answer")]
fn answered(status: u16, body: &str) -> Answer {
    Ok(answer(status, body))
}

fn later(status: u16) -> Answer {
    answered(status, "").map(|mut answer| {
        answer.headers_mut().insert("retry-after", "3".parse().unwrap());
        answer
    })
}

#[test]
fn every_offer_has_its_status() {
    let example = include_str!("../fixtures/apply_to_offers.json");
    insta::assert_snapshot!(applied([536, 537, 538, 543, 544], [answered(200, example)]));
    insta::assert_snapshot!(applied(
        [1, 2, 3],
        [rows(
            r#"{"offer_id": 3, "status": null}, {"offer_id": 1, "status": "rejected"}, {"offer_id": 2, "status": "on hold"}"#
        )]
    ));
}

#[test]
fn a_missing_row_leaves_its_offer_in_doubt() {
    insta::assert_snapshot!(applied([1, 2, 3], [approved([1])]));
    insta::assert_snapshot!(applied([1], [rows("")]));
}

#[test]
fn an_unusable_row_leaves_its_offer_in_doubt() {
    let [good, bad] = [r#"{"offer_id": 1, "status": "approved"}"#, r#"{"offer_id": 2, "status": []}"#];
    insta::assert_snapshot!(applied([1, 2], [rows(&format!("{good}, {bad}"))]));
}

#[test]
fn rows_that_were_not_asked_for_are_reported() {
    insta::assert_snapshot!(applied([1, 2], [approved([2, 9, 2, 1])]));
}

#[test]
fn a_failure_of_unknown_outcome_is_not_sent_again() {
    let failures = [
        answered(500, ""),
        answered(504, "<html>Gateway timeout</html>"),
        answered(503, ""),
        answered(200, ""),
        answered(200, r#"{"code": 0, "data": {"offer_application": [{"status": "approved"}]}}"#),
        Err(TransportError::new(TransportKind::Timeout, Delivery::Unknown)),
    ];
    let told = failures.map(|failure| applied([1, 2], [failure]));
    insta::assert_snapshot!(told.join("\n\n--------\n"));
}

#[test]
fn the_calls_after_a_failure_are_made() {
    let told = applied(1..=102, [answered(500, ""), approved(101..=102)]);
    assert_eq!(told.matches(" in doubt: ").count(), 100);
    assert!(told.ends_with("101 Some(Approved)\n102 Some(Approved)"), "{told}");
}

#[test]
fn what_was_certainly_not_done_is_sent_again() {
    let failures = [
        answered(429, ""),
        later(429),
        later(503),
        answered(200, r#"{"code": 429, "message": "Slow down"}"#),
        Err(TransportError::new(TransportKind::Connect, Delivery::NotSent)),
    ];
    let told = failures.map(|failure| applied([1, 2], [failure, approved([1, 2])]));
    insta::assert_snapshot!(told[0]);
    assert!(told.iter().all(|again| again == &told[0]), "{told:#?}");
}

#[test]
fn a_429_that_stays_leaves_nothing_in_doubt() {
    insta::assert_snapshot!(applied([1, 2], std::array::from_fn::<_, 5, _>(|_| answered(429, ""))));
}

#[test]
fn a_refused_call_is_not_halved() {
    let refusal = || answered(200, r#"{"code": 1001, "message": "Invalid offer"}"#);
    insta::assert_snapshot!(applied([1, 2], [refusal()]));
    insta::assert_snapshot!(applied([1], [refusal()]));
}

#[test]
fn no_more_than_a_hundred_offers_go_in_one_call() {
    let told = applied(1..=250, [approved(1..=100), approved(101..=200), approved(201..=250)]);
    assert_eq!(told.matches("POST ").count(), 3);
    assert_eq!(told.matches("Some(Approved)").count(), 250);
}
