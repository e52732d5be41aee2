//! Servers, by what they do wrong.

use std::{collections::BTreeSet, rc::Rc};

use fastrand::Rng;
use offerslook_core::Response;

use crate::{
    answer::{answer, links, refusal, row, rows},
    world::{Call, Server},
};

/// The ids that have a row.
pub(crate) type Offers = Rc<BTreeSet<u64>>;
pub(crate) type Servers = Vec<(&'static str, Server<'static>)>;

/// Servers of one kind, all with the same offers.
struct Kind<'a> {
    offers: &'a Offers,
    servers: Servers,
}

impl<'a> Kind<'a> {
    fn of(offers: &'a Offers) -> Self {
        Self { offers, servers: Vec::new() }
    }

    /// Adds a server that is given the rows it has, in the order of the call.
    fn add(
        &mut self,
        name: &'static str,
        answer: impl Fn(&Call<'_>, Vec<u64>, &mut Rng) -> Response + 'static,
    ) {
        let offers = Rc::clone(self.offers);
        let server: Server<'static> = Box::new(move |call, rng| {
            let found = call.ids.iter().copied().filter(|id| offers.contains(id)).collect();
            answer(call, found, rng)
        });
        self.servers.push((name, server));
    }
}

fn first(ids: &[u64], n: usize) -> &[u64] {
    &ids[..ids.len().min(n)]
}

fn last(ids: &[u64], n: usize) -> &[u64] {
    &ids[ids.len().saturating_sub(n)..]
}

fn sorted(ids: &[u64]) -> Vec<u64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

/// The rows that were found, of the ids that the server looks at.
fn among(mut found: Vec<u64>, looked_at: &[u64]) -> Response {
    found.retain(|id| looked_at.contains(id));
    rows(found)
}

fn limit(seed: u64) -> usize {
    [1, 2, 3, 5, 7, 20, 50, 99][Rng::with_seed(seed ^ 0xcab).usize(0..8)]
}

/// Servers that send a part of the rows, and say nothing about it.
pub(crate) fn truncating(offers: &Offers, seed: u64) -> Servers {
    let n = limit(seed);
    let mut kind = Kind::of(offers);
    kind.add("complete", |_, found, _| rows(found));
    kind.add("first N ids", move |call, found, _| among(found, first(call.ids, n)));
    kind.add("last N ids", move |call, found, _| among(found, last(call.ids, n)));
    kind.add("sorts, first N ids", move |call, found, _| among(found, first(&sorted(call.ids), n)));
    kind.add("sorts, last N ids", move |call, found, _| among(found, last(&sorted(call.ids), n)));
    kind.add("first N rows", move |_, found, _| rows(found.into_iter().take(n)));
    kind.add("last N rows", move |_, found, _| rows(last(&found, n).iter().copied()));
    kind.add("the N highest rows", move |_, found, _| rows(last(&sorted(&found), n).iter().copied()));
    kind.add("any N rows", move |_, mut found, rng| {
        rng.shuffle(&mut found);
        rows(found.into_iter().take(n))
    });
    kind.add("doubles rows", |_, found, _| rows(found.iter().chain(&found).copied()));
    kind.add("doubles rows, first N of them", move |_, found, _| {
        rows(found.into_iter().flat_map(|id| [id, id]).take(n.max(2)))
    });
    kind.add("first N ids, N changes", move |call, found, _| {
        among(found, first(call.ids, [n, 100, 10][call.number / 7 % 3]))
    });
    kind.servers
}

/// Servers that refuse calls, for their size or for single ids.
pub(crate) fn refusing(offers: &Offers, seed: u64) -> Servers {
    let n = limit(seed);
    let mut kind = Kind::of(offers);
    let is_bad = |call: &Call<'_>| call.ids.iter().any(|id| id.is_multiple_of(97));
    kind.add(
        "more than N",
        move |call, found, _| {
            if call.ids.len() > n { answer(413, String::new()) } else { rows(found) }
        },
    );
    kind.add(
        "ids that do not exist",
        |call, found, _| {
            if found.len() < call.ids.len() { refusal() } else { rows(found) }
        },
    );
    kind.add("single ids, and more than N", move |call, found, _| {
        if call.ids.len() > n || is_bad(call) { refusal() } else { rows(found) }
    });
    kind.add("single ids, sends N rows", move |call, found, _| {
        if is_bad(call) { answer(404, String::new()) } else { rows(found.into_iter().take(n)) }
    });
    kind.servers
}

/// Servers whose limits depend on bytes, on the number of the call, or on the back end.
pub(crate) fn fickle(offers: &Offers, seed: u64) -> Servers {
    let n = limit(seed).max(2);
    let mut kind = Kind::of(offers);
    let long =
        |id: u64| row(id).replace("aff_id=1", &format!("aff_id=1&x={}", "y".repeat((id % 200) as usize)));
    kind.add("3,000 bytes", move |_, found, _| {
        let mut size = 0;
        let fits = |row: &String| {
            size += row.len();
            size < 3_000
        };
        links(&found.into_iter().map(long).take_while(fits).collect::<Vec<_>>())
    });
    kind.add("what fits in 3,000 bytes", move |_, found, _| {
        let mut size = 0;
        let fits = |row: &String| {
            let fits = size + row.len() < 3_000;
            size += if fits { row.len() } else { 0 };
            fits
        };
        links(&found.into_iter().map(long).filter(fits).collect::<Vec<_>>())
    });
    kind.add("200 characters of the path", |call, found, _| {
        let mut size = 0;
        let seen = call.ids.iter().take_while(|id| {
            size += id.to_string().len() + 1;
            size < 200
        });
        among(found, first(call.ids, seen.count()))
    });
    kind.add("fewer ids with each call", |call, found, _| {
        among(found, first(call.ids, 100_usize.saturating_sub(call.number).max(1)))
    });
    kind.add("fewer rows with each call", |call, found, _| {
        rows(found.into_iter().take(100_usize.saturating_sub(call.number).max(1)))
    });
    kind.add("two back ends, one looks at N ids", move |call, found, rng| {
        among(found, first(call.ids, if rng.bool() { n } else { 1_000 }))
    });
    kind.add("two back ends, one sends N rows", move |_, found, rng| {
        rows(found.into_iter().take(if rng.bool() { n } else { 1_000 }))
    });
    let all = Rc::clone(offers);
    kind.add("rows for neighbors too", move |call, _, _| {
        rows(call.ids.iter().flat_map(|id| id - 1..=id + 1).filter(|id| all.contains(id)))
    });
    kind.servers
}
