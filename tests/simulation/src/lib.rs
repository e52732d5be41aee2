//! The scheduler of core in virtual time: jobs on one quota, a network that delays, loses and reorders, a clock that is
//! set back and forth, and a model of the service that can misbehave in every way that is known.
//!
//! A [`Plan`] says what is true and what goes wrong. [`run`] carries it out, on one thread and without sleeping, and
//! checks every promise of the scheduler at every step. The same plan gives the same run.
//!
//! # Which verdicts are certain
//!
//! A link is always certain: it is the row that the server has for the id. For the rest, the weakest rule that applies
//! to a server counts. *Unless hit by chance*: the verdict is true, or the row of the id was lost, or a call for it alone
//! was refused twice, which no client can tell from the truth. *Known limit*: the verdict may be wrong; the command
//! `verdicts` prints how often.
//!
//! | a server that … | `NoRow` | `Refused` |
//! |---|---|---|
//! | answers completely | certain | certain |
//! | looks at the first or last ids of a call | certain | certain |
//! | sorts the ids of a call and looks at the first of them | known limit | certain |
//! | sends a limited number of rows, in any order | certain | certain |
//! | sends a limited number of bytes | certain | certain |
//! | changes its limits | certain | certain |
//! | has other limits for each call | known limit | certain |
//! | lets its limit on rows fall to eight or fewer | known limit | certain |
//! | sends rows twice, or rows that nobody asked for | certain | certain |
//! | sends rows that do not say whose they are | certain | certain |
//! | loses rows by chance | unless hit by chance | certain |
//! | has no row any more for ids that had one | certain | certain |
//! | refuses calls with many ids | certain | certain |
//! | refuses everything after a while | certain | certain |
//! | refuses calls by chance | certain | unless hit by chance |
//! | rejects the key, the pace or every call | certain | certain |
//!
//! Beside: an id whose row came is never called anything else; `Unanswered` needs a server that answers incompletely,
//! rows that cannot be used, fewer than three known rows, or rows that nobody asked for beside a single id; before any row is known, a refusal that was repeated is
//! believed; an id of a run with `trust_missing_rows` has no row if an answer to a call with it had none.
//!
//! # What else is checked
//!
//! - One outcome per element of the input, in order, whether ids repeat or not; one error at the end if the run ended
//!   early, and the same error on every id that was not attempted.
//! - The rate limit at the server; slots come back, also those of jobs that nobody polls; every pause holds for every
//!   job; no job that waits is passed over more than once per slot.
//! - Changes are made once. Calls in flight, retries, budgets, backoff, deadlines and waits are bounded. A call that
//!   times out is cancelled once.
//! - Input is taken only so far ahead; rows that wait for their turn are bounded.
//! - A listing is complete only if it is, up to the limits that its documentation names, says why it is not, discards no
//!   row, always ends and wastes no call.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a simulation that panics is a test that fails"
)]

mod behaviour;
mod clock;
mod endpoints;
mod figures;
mod job_under_test;
mod lists;
mod network;
mod oracle;
mod plan;
mod random;
mod run;
mod scenarios;
mod server;
mod statistics;
mod trace;
mod world;

pub use behaviour::{
    Behaviour, Fault, LimitedCalls, Limits, LooksAt, MaxSize, Oddity, Outage, Pause, Refusal, Revocation,
    RowOrder, Spoiled,
};
pub use clock::{Clock, Jump, Shift};
pub use endpoints::{Number, Numbers};
pub use figures::Figures;
pub use lists::{ListBehaviour, ListChange, PageCap, Total};
pub use network::Network;
pub use oracle::{Certainty, RULES, Rule, Violation};
pub use plan::{JobPlan, Kind, Plan};
pub use run::{Outcome, explain, run};
pub use scenarios::{Scenario, scenarios};
pub use statistics::Statistics;
pub use world::{Truth, World, link_of};
