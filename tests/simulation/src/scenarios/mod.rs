//! The servers that a batch is measured against, and what it may cost there.

mod further;

use std::{ops::Range, time::Duration};

use fastrand::Rng;
use offerslook_core::job::Rate;

use super::{
    behaviour::{Fault, Limits, LooksAt, Refusal, RowOrder},
    figures::Figures,
    network::Network,
    plan::Plan,
};

/// A server, an input, and the maximum number of calls that a batch may make for it.
pub struct Scenario {
    /// What is peculiar.
    pub name: String,
    /// The number of ids.
    pub ids: u64,
    bar: Option<u64>,
    /// Wrong verdicts are a documented limit.
    is_known_limit: bool,
    set: Box<dyn Fn(&mut Plan) + Send + Sync>,
}

fn row(
    name: impl Into<String>,
    ids: u64,
    bar: impl Into<Option<u64>>,
    set: impl Fn(&mut Plan) + Send + Sync + 'static,
) -> Scenario {
    Scenario { name: name.into(), ids, bar: bar.into(), is_known_limit: false, set: Box::new(set) }
}

impl Scenario {
    fn known_limit(self) -> Self {
        Self { is_known_limit: true, ..self }
    }

    /// Runs a batch for each seed, with so many calls in flight. Of large inputs, a tenth of the seeds is enough.
    #[must_use]
    pub fn play(&self, seeds: u64, in_flight: usize) -> Figures {
        let mut figures =
            Figures { name: self.name.clone(), ids: self.ids, bar: self.bar, ..Figures::default() };
        figures.is_known_limit = self.is_known_limit;
        let seeds = if self.ids > 50_000 { seeds.div_ceil(10) } else { seeds };
        for seed in 0..seeds {
            figures.add(seed, &self.plan(seed, in_flight));
        }
        figures.calls.sort_unstable();
        figures
    }

    /// Returns the plan of a seed.
    #[must_use]
    pub fn plan(&self, seed: u64, in_flight: usize) -> Plan {
        let name = self.name.bytes().map(u64::from).sum::<u64>();
        let mut plan = Plan::plain(1..=self.ids);
        plan.seed = seed.wrapping_mul(7_919).wrapping_add(name);
        plan.world.salt = plan.seed;
        plan.counts_wrong_verdicts = true;
        plan.network = Network { latency: 10, jitter: 100, keeps_timeouts: true, ..Network::default() };
        // No batch waits for the quota.
        plan.quota = Rate::new(100, Duration::from_micros(1)).unwrap_or(Rate::DOCUMENTED);
        for job in &mut plan.jobs {
            job.max_in_flight = in_flight;
        }
        (self.set)(&mut plan);
        plan
    }
}

/// Ids without a row: a share, in 1,000, and a range.
fn dead(plan: &mut Plan, share: u64, gap: Range<u64>) {
    plan.world.without_row = share;
    plan.world.gaps = vec![gap];
}

const NONE: Range<u64> = 0..0;
const HEAD: Range<u64> = 1..8_001;
const TAIL: Range<u64> = 4_001..12_001;

fn looks_at(ids: LooksAt) -> Limits {
    Limits { ids: Some(ids), ..Limits::default() }
}

fn cap(rows: usize) -> Limits {
    Limits { rows: Some(rows), ..Limits::default() }
}

const ORDERS: [(RowOrder, &str); 3] =
    [(RowOrder::Ascending, "by id"), (RowOrder::Requested, "as asked"), (RowOrder::Random, "at random")];

fn shuffle(plan: &mut Plan) {
    let mut random = Rng::with_seed(plan.seed);
    random.shuffle(&mut plan.jobs[0].ids);
}

fn faults(plan: &mut Plan, share: u64, fault: Fault) {
    plan.server.fault_rate = share;
    plan.server.faults = vec![fault];
}

const NOT_FOUND: Fault = Fault::Refused(Refusal::NotFound);

/// Returns the tables: that of the bars, and further servers.
#[must_use]
pub fn scenarios() -> [(&'static str, Vec<Scenario>); 2] {
    [("Bars", bars()), ("Further servers", further::further())]
}

/// What a batch may cost.
fn bars() -> Vec<Scenario> {
    let mut rows = vec![
        row("honest, 10 % without a row", 5_000, 58, |p| dead(p, 100, NONE)),
        row("honest, all with a row", 5_000, 50, |_| {}),
        row("looks at the first 50, dead head", 12_000, 360, |p| {
            dead(p, 0, HEAD);
            p.server.limits = looks_at(LooksAt::First(50));
        }),
        row("looks at the first 50, dead head, 10 % of rest", 12_000, 360, |p| {
            dead(p, 100, HEAD);
            p.server.limits = looks_at(LooksAt::First(50));
        }),
    ];
    for (order, name) in ORDERS {
        rows.push(row(format!("50 rows {name}, dead head, 10 % of the rest"), 12_000, 275, move |p| {
            dead(p, 100, HEAD);
            (p.server.limits, p.server.order) = (cap(50), order);
        }));
    }
    for (order, name) in ORDERS {
        for share in [0, 100] {
            rows.push(row(
                format!("50 rows {name}, 1 in 40 twice, {} % dead", share / 10),
                2_000,
                60,
                move |p| {
                    dead(p, share, NONE);
                    (p.server.limits, p.server.order, p.server.doubled) = (cap(50), order, 25);
                },
            ));
        }
    }
    rows.extend(more_bars());
    for (order, name) in ORDERS {
        rows.push(row(format!("rows change from 100 to 30 {name}, 10 % dead"), 5_000, 150, move |p| {
            dead(p, 100, NONE);
            (p.server.limits, p.server.order) = (cap(100), order);
            p.server.later_limits = Some((25, cap(30)));
        }));
    }
    rows.extend([
        row("2 % of calls lose half their rows, 10 % dead", 5_000, 100, |p| {
            dead(p, 100, NONE);
            p.server.lossy_calls = 20;
        }),
        row("looks at the last 50, 10 % dead", 5_000, 125, |p| {
            dead(p, 100, NONE);
            p.server.limits = looks_at(LooksAt::Last(50));
        }),
        row("4 ids, the last without a row", 4, 2, |p| dead(p, 0, 4..5)),
        row("4 ids, the second without a row", 4, 2, |p| dead(p, 0, 2..3)),
        row("4 ids, none with a row", 4, 5, |p| dead(p, 1_000, NONE)),
    ]);
    rows
}

fn more_bars() -> Vec<Scenario> {
    let mut rows = vec![
        row("looks at the first 20, 10 % dead", 5_000, 310, |p| {
            dead(p, 100, NONE);
            p.server.limits = looks_at(LooksAt::First(20));
        }),
        row("looks at the first 20, all with a row", 5_000, 310, |p| {
            p.server.limits = looks_at(LooksAt::First(20));
        }),
        row("2 % answer 200 with code 500, 10 % dead", 20_000, 240, |p| {
            dead(p, 100, NONE);
            faults(p, 20, Fault::FailedByCode(500));
        }),
    ];
    for share in [0, 100] {
        let dead_share = share / 10;
        rows.extend([
            row(format!("2 % answer 404, {dead_share} % dead"), 20_000, 240, move |p| {
                dead(p, share, NONE);
                faults(p, 20, NOT_FOUND);
            }),
            row(format!("refuses more than 50, asked 1,000, {dead_share} % dead"), 5_000, 145, move |p| {
                dead(p, share, NONE);
                p.server.max_ids = Some(50);
                p.jobs[0].ids_per_request = 1_000;
            }),
            row(format!("every 6th of the first 100 refused, {dead_share} % dead"), 5_000, 195, move |p| {
                dead(p, share, NONE);
                p.world.refused = (if share > 0 { 1 } else { 6 }..=100).step_by(6).collect();
            }),
            row(format!("one id refused, {dead_share} % dead"), 5_000, 78, move |p| {
                dead(p, share, NONE);
                p.world.refused = [2_346].into();
            }),
            row(format!("refuses all after its 25th call, {dead_share} % dead"), 5_000, 55, move |p| {
                dead(p, share, NONE);
                p.server.refuses_after = Some(25);
            }),
        ]);
    }
    rows.extend([
        row("none has a row", 5_000, 60, |p| dead(p, 1_000, NONE)),
        row("honest, dead head of 8,000", 12_000, 205, |p| dead(p, 0, HEAD)),
        row("honest, dead tail of 8,000", 12_000, 145, |p| dead(p, 0, TAIL)),
        row("50 rows at random, half dead", 5_000, 115, |p| {
            dead(p, 500, NONE);
            (p.server.limits, p.server.order) = (cap(50), RowOrder::Random);
        }),
    ]);
    rows
}
