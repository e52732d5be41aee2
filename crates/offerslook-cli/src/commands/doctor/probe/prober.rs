use std::{collections::BTreeMap, thread, time::Duration};

use offerslook_core::{Drift, Endpoint, Error, Response, parse_with_drift};
use serde::Serialize;

use crate::{
    commands::doctor::{report::Check, service::send},
    failure::Failure,
    session::Session,
};

/// Makes calls, and collects what their responses contain that this client does not know.
pub(super) struct Prober<'session> {
    session: &'session Session,
    drift: BTreeMap<&'static str, Drift>,
    undecodable: BTreeMap<&'static str, String>,
    responses: u64,
}

/// What came back from a call, as it arrived and as it reads.
pub(super) struct Reply<T> {
    pub(super) response: Option<Response>,
    pub(super) output: Result<T, Error>,
}

impl<'session> Prober<'session> {
    pub(super) fn new(session: &'session Session) -> Self {
        Self { session, drift: BTreeMap::new(), undecodable: BTreeMap::new(), responses: 0 }
    }

    /// Makes a call, again if that may help.
    pub(super) fn ask<E: Endpoint<Output: Serialize>>(
        &mut self,
        call: &E,
    ) -> Result<Reply<E::Output>, Failure> {
        const MAX_REPEATS: u32 = 3;
        let mut backoff = Duration::from_millis(500);
        for _ in 0..MAX_REPEATS {
            let reply = self.ask_once(call)?;
            match &reply.output {
                // The quota itself waits after a response that says so.
                Err(error) if error.is_rate_limited() => {}
                Err(error) if error.is_transient() => {
                    thread::sleep(backoff);
                    backoff *= 2;
                }
                _ => return Ok(reply),
            }
        }
        self.ask_once(call)
    }

    fn ask_once<E: Endpoint<Output: Serialize>>(&mut self, call: &E) -> Result<Reply<E::Output>, Failure> {
        let response = match send(self.session, call)? {
            Ok(response) => response,
            Err(error @ Error::Stopped(_)) => return Err(Failure::of_api(&error, true)),
            Err(error) => return Ok(Reply { response: None, output: Err(error) }),
        };
        // Errors come redacted from the account alone.
        let output = self.session.account().parse(call, &response);
        match &output {
            Ok(_) => {
                self.responses += 1;
                if let Ok((_, drift)) = parse_with_drift::<E>(&response) {
                    self.drift.entry(E::SPEC.name).or_default().merge(drift);
                }
            }
            Err(error @ Error::Decode(_)) => {
                self.undecodable.entry(E::SPEC.name).or_insert_with(|| error.to_string());
            }
            Err(_) => {}
        }
        Ok(Reply { response: Some(response), output })
    }

    /// Returns what is unknown to this client, a check for each.
    pub(super) fn into_drift(self) -> Vec<Check> {
        const ADVICE: &str =
            "Attach this report to a bug report: a newer version of this client may know more.";
        const MAX_CHECKS: usize = 100;
        let mut checks = Vec::new();
        for (endpoint, fault) in &self.undecodable {
            checks.push(
                Check::warning("drift", format!("{endpoint}: {fault}"), ADVICE).with_result("undecodable"),
            );
        }
        for (endpoint, drift) in &self.drift {
            for (path, kind, count) in drift.iter() {
                let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
                let detail = format!("{endpoint}: {path}: {kind}, {times}");
                checks.push(Check::warning("drift", detail, ADVICE).with_result(kind));
            }
        }
        checks.truncate(MAX_CHECKS);
        if checks.is_empty() {
            let detail =
                format!("{} responses contain nothing that this client does not know", self.responses);
            checks.push(Check::ok("drift", detail).with_result("none"));
        }
        checks
    }
}
