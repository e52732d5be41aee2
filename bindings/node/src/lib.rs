//! The core as a module for JavaScript: it builds requests, parses answers and schedules calls. The host sends and waits.

mod call;

use std::{collections::BTreeMap, fmt::Display, iter, time::Duration};

use js_sys::Function;
use offerslook_core::{
    Account,
    affiliate::batches::GetTrackingLinks,
    job::{Action, Attempt, Batch, Job, Jobs, Moment, Options, Quota, Rate, StoreError, Ticket},
    transport::Exchange,
};
use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The jobs of one account.
#[wasm_bindgen]
pub struct Client(Jobs);

/// The options of a client. Times are in milliseconds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Settings {
    quota: String,
    timeout: f64,
    max_time: Option<f64>,
    retries: u32,
    ids_per_request: usize,
}

#[wasm_bindgen]
impl Client {
    /// Creates a client from a function that returns variables, options in JSON, and a random seed.
    ///
    /// # Errors
    /// What is wrong with a setting, in JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(variables: &Function, options: &str, seed: u32) -> Result<Self, String> {
        let lookup = |name: &str| variables.call1(&JsValue::NULL, &name.into()).ok()?.as_string();
        let account = Account::from_variables(lookup).map_err(wrong)?;
        let settings: Settings = serde_json::from_str(options).map_err(wrong)?;
        let rate: Rate = settings.quota.parse().map_err(wrong)?;
        let time = |time: f64| Duration::try_from_secs_f64(time / 1e3).map_err(wrong);
        let options = Options::builder()
            .timeout(time(settings.timeout)?)
            .max_time(settings.max_time.map_or(Ok(Duration::MAX), time)?)
            .retries(settings.retries)
            .ids_per_request(settings.ids_per_request);
        Ok(Self(Jobs::new(account, options.build().map_err(wrong)?, Quota::new(rate), seed.into())))
    }

    /// Prepares a run. `next` returns the next id, 0 in the place of what is not an id, and nothing after the last one.
    pub fn links(&self, next: Function, length: Option<usize>) -> Run {
        let ids = move || next.call0(&JsValue::NULL).ok()?.as_f64()?.to_string().parse().ok();
        let ids: Box<dyn Iterator<Item = u64>> = match length {
            Some(length) => Box::new(iter::from_fn(ids).take(length)),
            None => Box::new(iter::from_fn(ids)),
        };
        Run { job: self.0.links(ids), options: self.0.options().clone(), calls: BTreeMap::new(), serial: 0 }
    }
}

/// A running job. Times are in milliseconds.
#[wasm_bindgen]
pub struct Run {
    job: Batch<GetTrackingLinks, Box<dyn Iterator<Item = u64>>>,
    options: Options,
    calls: BTreeMap<u32, (Ticket, Exchange)>,
    serial: u32,
}

#[wasm_bindgen]
impl Run {
    /// Returns what to do next, in JSON.
    pub fn next(&mut self, now: f64) -> String {
        let now = moment(now);
        let step = match self.job.next(now) {
            Action::Send(attempt) => self.send(attempt, now),
            Action::Item(Ok((id, Ok(link)))) => {
                json!({ "item": { "id": id, "url": link.url, "impressionPixel": link.impression_pixel } })
            }
            Action::Item(Ok((id, Err(error)))) => {
                json!({ "item": { "id": id, "error": describe(&error, error.kind(), error.advice()) } })
            }
            Action::Item(Err(error)) => json!({ "error": describe(&error, error.kind(), error.advice()) }),
            Action::Cancel(id) => {
                let mut cancelled = self.calls.extract_if(.., |_, (ticket, _)| ticket.id() == id);
                json!({ "cancel": cancelled.next().map(|(id, _)| id) })
            }
            Action::Wait { until } => json!({ "wait": until.map(|until| until.since(now).as_millis() + 1) }),
            Action::Done => json!({ "done": true }),
            // Only a quota in a store has a job ask.
            Action::Quota(call) => {
                let _ = self.job.quota_answered(call.ticket, now, Err(StoreError::unsupported()));
                json!({})
            }
        };
        step.to_string()
    }

    fn send(&mut self, attempt: Attempt, now: Moment) -> Value {
        let settings = self.options.transport();
        match attempt.exchange(settings) {
            Ok(exchange) => {
                self.serial += 1;
                let call = call::describe(&exchange, self.serial, settings.max_body_bytes);
                self.calls.insert(self.serial, (attempt.ticket, exchange));
                json!({ "send": call })
            }
            Err(error) => {
                let _ = self.job.answered(attempt.ticket, now, Err(error));
                json!({})
            }
        }
    }

    /// Ends a call with its answer: status, headers in JSON, and body.
    pub fn answered(&mut self, id: u32, now: f64, status: u16, head: &str, body: &[u8]) {
        if let Some((ticket, exchange)) = self.calls.remove(&id) {
            let answer = call::answer(&exchange, status, head, body);
            let _ = self.job.answered(ticket, moment(now), answer);
        }
    }

    /// Ends a call that failed with this code.
    pub fn failed(&mut self, id: u32, now: f64, code: &str) {
        if let Some((ticket, exchange)) = self.calls.remove(&id) {
            let _ = self.job.answered(ticket, moment(now), Err(call::failure(&exchange, code)));
        }
    }

    /// Stops the job.
    pub fn stop(&mut self, now: f64) {
        self.job.stop(moment(now));
    }
}

fn moment(milliseconds: f64) -> Moment {
    Moment::after_epoch(Duration::try_from_secs_f64(milliseconds / 1e3).unwrap_or_default())
}

fn wrong(what: impl Display) -> String {
    describe(what, "configuration", "Correct the setting that the message names.").to_string()
}

fn describe(what: impl Display, kind: &str, advice: &str) -> Value {
    json!({ "message": what.to_string(), "kind": kind, "advice": advice })
}
