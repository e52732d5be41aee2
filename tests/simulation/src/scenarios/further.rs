use std::ops::Range;

use super::{HEAD, NONE, NOT_FOUND, ORDERS, Scenario, TAIL, cap, dead, faults, looks_at, row, shuffle};
use crate::{
    behaviour::{Fault, LooksAt, Refusal, RowOrder, Spoiled},
    plan::Plan,
};

/// Servers without a bar, and those that are known limits.
pub(super) fn further() -> Vec<Scenario> {
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
        row("looks at 50, 1 % have the id 0, 10 % dead", 2_000, None, |p| {
            dead(p, 100, NONE);
            p.world.anonymous = 10;
            p.server.limits = looks_at(LooksAt::First(50));
        }),
        row("a third have a row with the id 0, trusted", 2_000, None, |p| {
            dead(p, 500, NONE);
            p.jobs[0].trust_missing_rows = true;
            p.server.anonymous_rows = 300;
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
