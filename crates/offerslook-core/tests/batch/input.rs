//! Inputs of jobs, and which of their offers exist.

use std::collections::BTreeSet;

use fastrand::Rng;

#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) ids: Vec<u64>,
    pub(crate) existing: BTreeSet<u64>,
}

impl Input {
    /// `missing` of 1,000 offers do not exist; `clustered` in runs.
    pub(crate) fn new(count: usize, missing: u32, order: Order, clustered: bool, rng: &mut Rng) -> Self {
        let mut ids = Vec::new();
        let mut existing = BTreeSet::new();
        let mut id = rng.u64(1..50);
        let mut run = 0;
        let mut is_missing = false;
        for _ in 0..count {
            id += rng.u64(1..4);
            if run == 0 {
                run = if clustered { rng.usize(1..200) } else { 1 };
                is_missing = rng.u32(0..1000) < missing;
            }
            run -= 1;
            if !is_missing {
                existing.insert(id);
            }
            ids.push(id);
        }
        match order {
            Order::Up => {}
            Order::Down => ids.reverse(),
            Order::Mixed => rng.shuffle(&mut ids),
            Order::Repeating => {
                rng.shuffle(&mut ids);
                for place in 0..ids.len() {
                    if rng.u32(0..5) == 0 {
                        ids[place] = ids[rng.usize(0..=place)];
                    }
                }
            }
        }
        Self { ids, existing }
    }

    pub(crate) fn any(seed: u64, most: usize) -> Self {
        let rng = &mut Rng::with_seed(seed ^ 0x5eed);
        let count = [1, 2, 3, 7, most / 10, most / 3, most][rng.usize(0..7)].max(1);
        let missing = [0, 2, 20, 100, 500, 900, 990][rng.usize(0..7)];
        let order = [Order::Up, Order::Down, Order::Mixed, Order::Repeating][rng.usize(0..4)];
        Self::new(count, missing, order, rng.bool(), rng)
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    Up,
    Down,
    Mixed,
    Repeating,
}
