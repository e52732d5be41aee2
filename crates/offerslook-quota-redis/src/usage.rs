use std::{collections::BTreeMap, time::Duration};

use offerslook_core::job::Rate;
use redis::{Connection, RedisResult, cmd};

use crate::link::field;

/// The state of the quota of a network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// The rate, as [`Rate`] writes it. `None` if nobody has used the quota lately.
    pub rate: Option<String>,
    /// For how much longer nothing is granted, because the store is empty or may have lost its data.
    pub closed: Duration,
    /// For how much longer every program pauses, because the service asked for it.
    pub paused: Duration,
    /// The programs that use the quota, those that hold most first.
    pub programs: Vec<Program>,
}

/// A program's part in a quota.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Program {
    /// The host name and the id of the process.
    pub name: String,
    /// The number of slots that it holds: unused ones, those of calls in flight, and those of calls that ended a
    /// short time ago.
    pub slots: u32,
    /// The number of further slots that it waits for.
    pub wants: u32,
}

impl Usage {
    pub(crate) fn read(key: &str, connection: &mut Connection) -> RedisResult<Self> {
        let (seconds, micros): (u64, u64) = cmd("TIME").query(connection)?;
        let fields: BTreeMap<String, String> = cmd("HGETALL").arg(key).query(connection)?;
        let info: String = cmd("INFO").arg("server").query(connection)?;
        let now = seconds.saturating_mul(1_000).saturating_add(micros / 1_000);
        let until = |name: &str| {
            let until: u64 = fields.get(name).and_then(|until| until.parse().ok()).unwrap_or(0);
            Duration::from_millis(until.saturating_sub(now))
        };
        // Data from before the last restart of the server is ignored.
        let is_current = fields.get("run").map(String::as_str) == field(&info, "run_id");
        let rate = fields.get("rate").filter(|_| is_current).map(|rate| readable_rate(rate));
        let mut usage = Self { rate, paused: until("pause"), ..Self::default() };
        if is_current {
            usage.closed = until("closed");
            usage.programs = programs(&fields, now);
        }
        Ok(usage)
    }
}

/// Writes a rate of the store, calls and milliseconds, as a [`Rate`].
pub(crate) fn readable_rate(stored: &str) -> String {
    let rate = stored.split_once('/').and_then(|(calls, window)| {
        Rate::new(calls.parse().ok()?, Duration::from_millis(window.parse().ok()?)).ok()
    });
    rate.map_or_else(|| "another form".to_owned(), |rate| rate.to_string())
}

fn programs(fields: &BTreeMap<String, String>, now: u64) -> Vec<Program> {
    let mut programs = BTreeMap::<&str, Program>::new();
    for (field, value) in fields {
        if let Some(client) = field.strip_prefix("c:") {
            let mut words = value.splitn(7, ' ');
            let wants = words.nth(2).and_then(|wants| wants.parse().ok()).unwrap_or(0);
            let due: u64 = words.nth(1).and_then(|due| due.parse().ok()).unwrap_or(0);
            let program = programs.entry(client).or_default();
            // A program that does not come back is not waiting any more.
            program.wants = if due + PATIENCE < now { 0 } else { wants };
            words.nth(1).unwrap_or_default().clone_into(&mut program.name);
        } else if let Some(slot) = field.strip_prefix("s:")
            && value.parse().is_ok_and(|free: u64| free > now)
        {
            let client = slot.split(':').next().unwrap_or_default();
            programs.entry(client).or_default().slots += 1;
        }
    }
    let mut programs: Vec<_> = programs.into_values().collect();
    programs.retain(|program| program.slots > 0 || program.wants > 0);
    programs.sort_by(|one, other| other.slots.cmp(&one.slots).then_with(|| one.name.cmp(&other.name)));
    programs
}

/// How many milliseconds a program may be late and still count as waiting.
const PATIENCE: u64 = 1_000;
