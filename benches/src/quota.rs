//! How long the documented rate limit makes links take, in virtual time.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context, Result, ensure};
use offerslook::{
    affiliate::batches::GetTrackingLinks,
    job::{Action, Batch, Job, Moment, Options, Quota},
};
use offerslook_bench::{answers, cases};

use crate::{program::Arguments, report};

const IDS: u64 = 100_000;
/// How long a call takes.
const LATENCY: Duration = Duration::from_millis(200);

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut table = "| | calls | time |\n|---|--:|--:|\n".to_owned();
    for (about, per_call) in [("one id per call, as fast as the limit allows", 1), ("100 ids per call", 100)]
    {
        let (calls, time) = simulate(per_call)?;
        let seconds = time.as_secs();
        table += &format!(
            "| {about} | {calls} | {}:{:02}:{:02} |\n",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        );
    }
    let about =
        format!("{IDS} links at 50 calls in 10 s, {} ms per call, in virtual time.\n", LATENCY.as_millis());
    report::publish(arguments, "quota", &format!("{about}\n{table}"))
}

fn simulate(per_call: usize) -> Result<(u64, Duration)> {
    let options = Options::builder().ids_per_request(per_call).build()?;
    let mut job = Batch::<GetTrackingLinks, _>::new(cases::account(), 1..=IDS, options, &Quota::default(), 1);
    let mut in_flight = BTreeMap::new();
    let (mut now, mut links) = (Moment::EPOCH, 0);
    loop {
        match job.next(now) {
            Action::Send(attempt) => {
                let ids = attempt.request.uri().path().rsplit('/').next().unwrap_or_default();
                let answer = http::Response::new(answers::links(ids.split(',')).into());
                in_flight.insert((now + LATENCY, attempt.ticket.id()), (attempt.ticket, answer));
            }
            Action::Item(item) => links += u64::from(item?.1.is_ok()),
            Action::Cancel(_) | Action::Quota(_) => {}
            Action::Wait { until } => {
                let next = in_flight.first_key_value().map(|((at, _), _)| *at);
                now = next.into_iter().chain(until).min().context("a wait for something")?;
                while let Some(answered) = in_flight.first_entry().filter(|entry| entry.key().0 <= now) {
                    let (ticket, answer) = answered.remove();
                    job.answered(ticket, now, Ok(answer))?;
                }
            }
            Action::Done => break,
        }
    }
    ensure!(links == IDS, "{links} links for {IDS} ids");
    Ok((job.progress().calls, now.since_epoch()))
}
