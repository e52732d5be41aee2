//! The servers that a batch is measured against, and what it may cost there.

use std::{ops::Range, time::Duration};

use fastrand::Rng;
use offerslook_core::job::Rate;

use super::{
    behaviour::{Fault, Limits, LooksAt, Refusal, RowOrder, Spoiled},
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
    [("Bars", bars()), ("Further servers", further())]
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

/// Servers without a bar, and those that are known limits.
fn further() -> Vec<Scenario> {
    let mut rows = further_inputs();
    rows.extend(further_limits());
    rows.extend(further_faults());
    rows
}

fn further_inputs() -> Vec<Scenario> {
    let alive = |name: &'static str, ids, alive: &'static [u64]| {
        row(name, ids, None, move |p: &mut Plan| {
            p.world.without_row = 0;
            let edges = [&[0], alive, &[u64::MAX]].concat();
            p.world.gaps = edges.windows(2).map(|pair| pair[0] + 1..pair[1]).collect();
        })
    };
    vec![
        row("honest, 1 % dead", 5_000, None, |p| dead(p, 10, NONE)),
        row("honest, half dead", 5_000, None, |p| dead(p, 500, NONE)),
        row("honest, half dead, trusted", 5_000, 50, |p| {
            dead(p, 500, NONE);
            p.jobs[0].trust_missing_rows = true;
        }),
        row("rows without an id, half dead, trusted", 2_000, None, |p| {
            dead(p, 500, NONE);
            p.jobs[0].trust_missing_rows = true;
            p.server.anonymous_rows = 300;
        }),
        row("1 % of the rows without an id, 10 % dead", 2_000, None, |p| {
            dead(p, 100, NONE);
            p.world.anonymous = 10;
        }),
        row("looks at 50, 1 % of the rows without an id, 10 % dead", 2_000, None, |p| {
            dead(p, 100, NONE);
            p.world.anonymous = 10;
            p.server.limits = looks_at(LooksAt::First(50));
        }),
        row("honest, 90 % dead", 5_000, None, |p| dead(p, 900, NONE)),
        row("honest, 10 % dead, shuffled", 5_000, 58, |p| {
            dead(p, 100, NONE);
            shuffle(p);
        }),
        row("honest, 10 % dead, 100,000 ids", 100_000, None, |p| dead(p, 100, NONE)),
        row("honest, shuffled, ids over 4,000 dead", 12_000, None, |p| {
            dead(p, 0, TAIL);
            shuffle(p);
        }),
        row("honest, shuffled, ids up to 8,000 dead", 12_000, None, |p| {
            dead(p, 0, HEAD);
            shuffle(p);
        }),
        row("honest, every id four times, 10 % dead", 2_000, None, |p| {
            dead(p, 100, NONE);
            let ids = p.jobs[0].ids.clone();
            p.jobs[0].ids = ids.iter().flat_map(|id| [*id; 4]).collect();
        }),
        row("honest, the input four times, 10 % dead", 2_000, None, |p| {
            dead(p, 100, NONE);
            p.jobs[0].ids = p.jobs[0].ids.repeat(4);
        }),
        row("honest, 1 in 40 twice, 10 % dead", 5_000, None, |p| {
            dead(p, 100, NONE);
            p.server.doubled = 25;
        }),
        row("honest, 1 in 20 without a link, 10 % dead", 5_000, None, |p| {
            dead(p, 100, NONE);
            (p.world.unapproved, p.world.without_link) = (25, 25);
        }),
        alive("one alive of 5,000", 5_000, &[2_501]),
        alive("two alive of 5,000", 5_000, &[1_001, 2_501]),
        alive("three alive of 5,000", 5_000, &[1_001, 2_501, 4_001]),
        alive("20 ids, one alive", 20, &[8]),
        alive("20 ids, two alive", 20, &[8, 10]),
        alive("20 ids, five alive", 20, &[1, 5, 9, 13, 17]),
        alive("4 ids, one alive", 4, &[2]),
        row("100 ids, 10 % dead", 100, None, |p| dead(p, 100, NONE)),
        row("two alive of 5,000, doubled", 5_000, None, |p| {
            p.world.gaps = vec![1..1_001, 1_002..2_501, 2_502..5_001];
            p.server.doubled = 1_000;
        }),
        row("five alive of 5,000, doubled", 5_000, None, |p| {
            p.world.gaps = vec![1..11, 12..1_001, 1_002..2_501, 2_502..3_001, 3_002..4_001, 4_002..5_001];
            p.server.doubled = 1_000;
        }),
    ]
}

fn further_limits() -> Vec<Scenario> {
    let looking = |name: &str, ids, share, gap: Range<u64>, look, is_shuffled: bool| {
        row(name, ids, None, move |p: &mut Plan| {
            dead(p, share, gap.clone());
            p.server.limits = looks_at(look);
            if is_shuffled {
                shuffle(p);
            }
        })
    };
    let lowest = LooksAt::Lowest(50);
    let mut rows = vec![
        looking("looks at the first 50, dead head, shuffled", 12_000, 0, HEAD, LooksAt::First(50), true),
        looking("looks at the first 50, dead tail", 12_000, 0, TAIL, LooksAt::First(50), false),
        looking("looks at the first 50, 1 alive in 200", 12_000, 995, NONE, LooksAt::First(50), false),
        looking("looks at the first id, 10 % dead", 500, 100, NONE, LooksAt::First(1), false),
        looking("looks at the last id, 10 % dead", 500, 100, NONE, LooksAt::Last(1), false),
        looking("sorts, looks at 50, all alive", 5_000, 0, NONE, lowest, false).known_limit(),
        looking("sorts, looks at 50, 10 % dead", 5_000, 100, NONE, lowest, false).known_limit(),
        looking("sorts, looks at 50, 10 % dead, shuffled", 5_000, 100, NONE, lowest, true).known_limit(),
        looking("sorts, looks at 50, dead tail", 12_000, 0, TAIL, lowest, false).known_limit(),
        looking("sorts, looks at the highest 50, 10 % dead", 5_000, 100, NONE, LooksAt::Highest(50), false)
            .known_limit(),
        looking("sorts, highest 50, 10 % dead, shuffled", 5_000, 100, NONE, LooksAt::Highest(50), true)
            .known_limit(),
        row("looks at 50, sparse head of 2 %, then all", 5_000, None, |p| {
            dead(p, 0, NONE);
            p.world.gaps = (0..40).map(|n| n * 50 + 2..n * 50 + 51).collect();
            p.server.limits = looks_at(LooksAt::First(50));
        }),
        row("looks at 50, sparse head of 300, then all", 5_000, 130, |p| {
            p.world.gaps = (0..6).map(|n| n * 50 + 2..n * 50 + 51).collect();
            p.server.limits = looks_at(LooksAt::First(50));
        }),
        row("looks at 100, later at 30, 10 % dead", 5_000, None, |p| {
            dead(p, 100, NONE);
            p.server.limits = looks_at(LooksAt::First(100));
            p.server.later_limits = Some((25, looks_at(LooksAt::First(30))));
        }),
    ];
    for (order, name) in ORDERS {
        rows.push(row(format!("rows change from 100 to 30 {name}, half dead"), 5_000, None, move |p| {
            dead(p, 500, NONE);
            (p.server.limits, p.server.order) = (cap(100), order);
            p.server.later_limits = Some((25, cap(30)));
        }));
    }
    for most in [1, 2, 3, 5, 8] {
        for (order, name) in [ORDERS[0], (RowOrder::Descending, "descending"), ORDERS[1], ORDERS[2]] {
            rows.push(row(format!("{most} rows {name}, half dead"), 300, None, move |p| {
                dead(p, 500, NONE);
                (p.server.limits, p.server.order) = (cap(most), order);
            }));
        }
    }
    rows.push(row("2 rows at random, 95 % dead", 300, None, |p| {
        dead(p, 950, NONE);
        (p.server.limits, p.server.order) = (cap(2), RowOrder::Random);
    }));
    rows
}

fn further_faults() -> Vec<Scenario> {
    let spoiled = |name: &str, count, are_refused, gap: Range<u64>| {
        row(name, 5_000, None, move |p: &mut Plan| {
            dead(p, if gap.is_empty() { 100 } else { 0 }, gap.clone());
            p.server.spoiled = Some(Spoiled { after: 25, count, are_refused });
        })
    };
    vec![
        spoiled("one sentinel vanishes at call 25, 10 % dead", 1, false, NONE),
        spoiled("three sentinels vanish at call 25, 10 % dead", 3, false, NONE),
        spoiled("one sentinel vanishes at 25, dead tail", 1, false, 1_501..5_001),
        spoiled("one sentinel refused from call 25, 10 % dead", 1, true, NONE),
        spoiled("one sentinel refused from 25, dead tail", 1, true, 1_501..5_001),
        row("20 % of calls lose half their rows, 10 % dead", 5_000, None, |p| {
            dead(p, 100, NONE);
            p.server.lossy_calls = 200;
        })
        .known_limit(),
        row("2 % answer 404, 1 % of ids refused, 10 % dead", 5_000, None, |p| {
            dead(p, 100, NONE);
            faults(p, 20, NOT_FOUND);
            p.world.refused = (51..=5_000).step_by(100).collect();
        })
        .known_limit(),
        row("2 % answer an unknown code, 10 % dead", 20_000, 250, |p| {
            dead(p, 100, NONE);
            faults(p, 20, Fault::Refused(Refusal::Code));
        }),
        row("2 % answer under another key, 10 % dead", 20_000, 250, |p| {
            dead(p, 100, NONE);
            faults(p, 20, Fault::Refused(Refusal::RenamedKey));
        }),
        row("1 % of ids refused, 10 % dead", 5_000, None, |p| {
            dead(p, 100, NONE);
            p.world.refused = (51..=5_000).step_by(100).collect();
        }),
        row("20 % of ids refused", 1_000, None, |p| p.world.refused = (3..=1_000).step_by(5).collect()),
        row("the last id refused", 5_000, 78, |p| p.world.refused = [5_000].into()),
        row("refuses all after its 25th call, last id refused", 5_000, 55, |p| {
            p.server.refuses_after = Some(25);
            p.world.refused = [5_000].into();
        }),
        row("refuses all from the first call on", 5_000, 70, |p| p.server.refuses_after = Some(0)),
        row("another key from the first call on", 5_000, 70, |p| {
            (p.server.refuses_after, p.server.refusal) = (Some(0), Refusal::RenamedKey);
        }),
        row("one id, refused", 1, None, |p| p.world.refused = [1].into()),
        row("2 ids, both refused", 2, None, |p| p.world.refused = [1, 2].into()),
        row("1 % of rows do not decode, 10 % dead", 5_000, None, |p| {
            dead(p, 100, NONE);
            p.world.malformed = 10;
        }),
        row("1 % of rows have the id 0, 10 % dead", 5_000, None, |p| {
            dead(p, 100, NONE);
            p.world.anonymous = 10;
        }),
        row("half of the answers have a row with the id 0", 5_000, None, |p| {
            dead(p, 100, NONE);
            p.server.anonymous_rows = 500;
        }),
        row("half of the answers have an unrequested row", 5_000, None, |p| {
            dead(p, 100, NONE);
            p.server.unrequested_rows = 500;
        }),
    ]
}
