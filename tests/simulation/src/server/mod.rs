//! The model of the service: an answer follows from the server's state, the request and the time alone.

mod body;
mod faults;

use std::{collections::HashSet, hash::BuildHasherDefault, time::Duration};

use fastrand::Rng;
use offerslook_core::{Request, Response};

pub(super) use body::Asked;

use super::{
    behaviour::{Behaviour, Fault, LimitedCalls, Limits, LooksAt, Pause, RowOrder},
    plan::{JobPlan, Plan},
    statistics::Arrivals,
    world::{IdHasher, IdMap, Truth, World, mix},
};
use faults::{denied, limited, refused, strange};

/// The model server.
pub(super) struct Server<'p> {
    jobs: &'p [JobPlan],
    pub(super) world: &'p World,
    pub(super) behaviour: &'p Behaviour,
    seed: u64,
    pub(super) calls: u64,
    own_count: Arrivals,
    /// The offers that it stopped to answer for.
    spoiled: Vec<u64>,
    facts: Vec<IdMap<Facts>>,
}

/// What the server did to one id of one job.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// The number of answers with rows to calls that carried the id.
    pub(super) asked: u32,
    /// The number of its rows that were sent.
    pub(super) sent: u32,
    /// The number of its rows that were lost by chance.
    pub(super) lost: u32,
    /// The number of calls with this id alone that were refused.
    pub(super) refused_alone: u32,
    /// The number of changes that were made.
    pub(super) changes: u32,
}

/// An answer, and what the server meant by it.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) response: Response,
    pub(super) kind: ReplyKind,
    /// The `Retry-After` of the answer, as a client reads it.
    pub(super) pause: Option<Duration>,
}

/// What the server means by an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReplyKind {
    Rows(SentRows),
    /// A page of a list, with its rows and the total that was said.
    Page(Vec<u64>, Option<usize>),
    /// Nothing was done: too many calls.
    Limited,
    /// Nothing was done: not now.
    TurnedAway,
    /// Something went wrong, and passes.
    Transient,
    /// The content is refused.
    Refused,
    /// The page is past the end of the list.
    PastEnd,
    /// The key is.
    Denied(u16),
    /// It says success, and nobody can read what.
    Undecodable,
    /// Not the API.
    Foreign,
}

/// The rows of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SentRows {
    /// The usable rows of requested ids, each once.
    pub(super) usable: Vec<(u64, Truth)>,
    pub(super) unrequested: u64,
    pub(super) duplicate: u64,
    pub(super) unusable: u64,
}

impl<'p> Server<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        let Plan { jobs, world, server: behaviour, seed, quota, .. } = plan;
        Self {
            jobs,
            world,
            behaviour,
            seed: *seed,
            calls: 0,
            own_count: Arrivals::new(quota.window()),
            spoiled: Vec::new(),
            facts: vec![IdMap::default(); jobs.len()],
        }
    }

    /// Returns the truth about an offer now.
    pub(super) fn truth(&self, id: u64) -> Truth {
        match self.behaviour.spoiled {
            Some(spoiled) if self.spoiled.contains(&id) => {
                if spoiled.are_refused {
                    Truth::Refused
                } else {
                    Truth::NoRow
                }
            }
            _ => self.world.truth(id),
        }
    }

    pub(super) fn facts(&self, job: usize, id: u64) -> Facts {
        self.facts[job].get(&id).copied().unwrap_or_default()
    }

    fn facts_mut(&mut self, job: usize, id: u64) -> &mut Facts {
        self.facts[job].entry(id).or_default()
    }

    /// Answers a call of this job.
    pub(super) fn answer(&mut self, request: &Request, job: usize, now: Duration) -> Reply {
        self.calls += 1;
        let mut random = Rng::with_seed(mix(self.seed ^ self.calls));
        let asked = Asked::read(request);
        self.spoil();
        if let Some((after, how)) = self.behaviour.revoked_after
            && self.calls > after
        {
            self.note_refusal(&asked, job);
            return denied(how);
        }
        if self.behaviour.allows.is_some_and(|most| self.own_count.arrive(now) > most) {
            return limited(Pause::Absent, now, &mut random);
        }
        if let Some((at, oddity)) = self.behaviour.oddity
            && self.calls == at
        {
            self.act_perhaps(&asked, job, &mut random);
            return strange(oddity);
        }
        if let Some(fault) = self.fault(now, &mut random) {
            return self.fail(fault, &asked, job, &mut random, now);
        }
        if self.is_refused(asked.ids()) {
            self.note_refusal(&asked, job);
            if asked.ids().len() > 1 && random.bool() {
                // It met the culprit only after it had begun.
                let innocent =
                    asked.ids().split(|id| self.truth(*id) == Truth::Refused).next().unwrap_or_default();
                self.act(&asked, job, innocent);
            }
            return refused(self.behaviour.refusal);
        }
        if let Asked::Page { page, limit } = asked {
            return self.page(page, limit, job);
        }
        self.rows(&asked, job, &mut random)
    }

    fn fault(&self, now: Duration, random: &mut Rng) -> Option<Fault> {
        let outage = self.behaviour.outage;
        if let Some(outage) = outage.filter(|it| (it.from..it.from + it.length).contains(&now)) {
            return Some(outage.fault);
        }
        let is_hit = random.u64(..1_000) < self.behaviour.fault_rate;
        is_hit.then(|| random.choice(&self.behaviour.faults).copied()).flatten()
    }

    /// Chooses the offers to spoil: those that were sent most often, the highest ids first.
    fn spoil(&mut self) {
        let Some(spoiled) = self.behaviour.spoiled else { return };
        if self.calls <= spoiled.after || !self.spoiled.is_empty() {
            return;
        }
        let all = self.facts.iter().flatten().filter(|(_, facts)| facts.sent > 0);
        let mut sent: Vec<_> = all.map(|(id, facts)| (facts.sent, *id)).collect();
        sent.sort_unstable();
        self.spoiled = sent.into_iter().rev().take(spoiled.count).map(|(_, id)| id).collect();
    }

    fn is_refused(&self, ids: &[u64]) -> bool {
        self.behaviour.refuses_after.is_some_and(|after| self.calls > after)
            || self.behaviour.max_ids.is_some_and(|most| ids.len() > most)
            || ids.iter().any(|id| self.truth(*id) == Truth::Refused)
    }

    fn act(&mut self, asked: &Asked, job: usize, ids: &[u64]) {
        if matches!(asked, Asked::Applications(_)) {
            for id in ids {
                self.facts_mut(job, *id).changes += 1;
            }
        }
    }

    /// A fault may come before the work or after it.
    fn act_perhaps(&mut self, asked: &Asked, job: usize, random: &mut Rng) {
        if random.bool() && !self.is_refused(asked.ids()) {
            self.act(asked, job, asked.ids());
        }
    }

    fn note_refusal(&mut self, asked: &Asked, job: usize) {
        if let [alone] = *asked.ids() {
            self.facts_mut(job, alone).refused_alone += 1;
        }
    }

    fn page(&self, page: usize, limit: usize, job: usize) -> Reply {
        let behaviour = &self.behaviour.list;
        let list = behaviour.list_at(&self.jobs[job].ids, self.calls);
        let Some(reply) = behaviour.page(&list, page, limit) else {
            let reply = refused(self.behaviour.refusal);
            let is_past_end = behaviour.is_past_end(&list, page, limit);
            return if is_past_end { Reply { kind: ReplyKind::PastEnd, ..reply } } else { reply };
        };
        let body = body::page(&reply, behaviour.is_object);
        let response = body::response(200, body, Pause::Absent, Duration::ZERO);
        Reply { response, kind: ReplyKind::Page(reply.rows, reply.total_rows), pause: None }
    }

    /// The limits that apply to this call.
    fn limits(&self) -> Limits {
        let limits = match self.behaviour.later_limits {
            Some((after, limits)) if self.calls > after => limits,
            _ => self.behaviour.limits,
        };
        match self.behaviour.limited_calls {
            LimitedCalls::Half if mix(self.seed ^ self.calls).is_multiple_of(2) => Limits::default(),
            LimitedCalls::Tightening => limits.tightened(self.calls),
            LimitedCalls::All | LimitedCalls::Half => limits,
        }
    }

    /// The ids that the server looks at.
    fn looked_at(&self, ids: &[u64]) -> Vec<u64> {
        let mut ids = ids.to_vec();
        let count = match self.limits().ids {
            None => return ids,
            Some(LooksAt::First(count)) => count,
            Some(LooksAt::Characters(most)) => {
                let mut length = 0;
                let fits = |id: &&u64| {
                    length += id.to_string().len() + 1;
                    length <= most
                };
                ids.iter().take_while(fits).count()
            }
            Some(LooksAt::Last(count)) => {
                ids.drain(..ids.len().saturating_sub(count));
                count
            }
            Some(LooksAt::Lowest(count)) => {
                ids.sort_unstable();
                count
            }
            Some(LooksAt::Highest(count)) => {
                ids.sort_unstable_by(|a, b| b.cmp(a));
                count
            }
        };
        ids.truncate(count);
        ids
    }

    /// The rows of these ids that are not lost.
    fn existing(&mut self, asked: &Asked, ids: &[u64], job: usize, random: &mut Rng) -> Vec<(u64, Truth)> {
        let is_change = matches!(asked, Asked::Applications(_));
        let is_lossy = random.u64(..1_000) < self.behaviour.lossy_calls;
        let empty = self.behaviour.empty_calls;
        let is_empty = empty > 0 && random.u64(..1_000) < empty;
        let flaky = self.behaviour.flaky;
        let mut rows = Vec::with_capacity(ids.len() + 4);
        for id in ids {
            let truth = match self.truth(*id) {
                // An application is approved or not.
                Truth::NoLink if is_change => Truth::Unapproved,
                truth => truth,
            };
            if !truth.has_row() {
                continue;
            }
            let is_flaky = flaky > 0 && mix(self.seed ^ mix(*id)) % 1_000 < flaky;
            let is_lost =
                is_empty || (is_lossy && random.bool()) || (is_flaky && self.facts(job, *id).lost == 0);
            if is_lost {
                let facts = self.facts_mut(job, *id);
                facts.lost += 1;
                continue;
            }
            rows.push((*id, truth));
            if mix(self.seed ^ mix(*id + 1)) % 1_000 < self.behaviour.doubled {
                rows.push((*id, truth));
            }
        }
        rows
    }

    fn sort(&self, rows: &mut [(u64, Truth)], random: &mut Rng) {
        match self.behaviour.order {
            RowOrder::Requested => {}
            RowOrder::Ascending => rows.sort_unstable_by_key(|(id, _)| *id),
            RowOrder::Descending => rows.sort_unstable_by(|(a, _), (b, _)| b.cmp(a)),
            RowOrder::Random => random.shuffle(rows),
        }
    }

    fn rows(&mut self, asked: &Asked, job: usize, random: &mut Rng) -> Reply {
        let ids = asked.ids();
        let looked_at = self.looked_at(ids);
        let mut rows = self.existing(asked, &looked_at, job, random);
        self.act(asked, job, &looked_at);
        let is_batch = !matches!(asked, Asked::Link(_));
        if is_batch && random.u64(..1_000) < self.behaviour.second_rows && !rows.is_empty() {
            let row = rows[random.usize(..rows.len())];
            rows.insert(random.usize(..=rows.len()), row);
        }
        self.sort(&mut rows, random);
        if is_batch && random.u64(..1_000) < self.behaviour.unrequested_rows {
            // No job of a simulation asks for ids as large as that.
            rows.insert(random.usize(..=rows.len()), (9_000_000 + random.u64(..1_000), Truth::Link));
        }
        if is_batch && random.u64(..1_000) < self.behaviour.anonymous_rows {
            rows.insert(random.usize(..=rows.len()), (0, Truth::Anonymous));
        }
        if let Some(most) = self.limits().size.filter(|_| is_batch) {
            most.cut(&mut rows);
        }
        rows.truncate(if is_batch { self.limits().rows.unwrap_or(usize::MAX) } else { 1 });
        if self.behaviour.is_shuffled {
            random.shuffle(&mut rows);
        }
        let response = body::response(200, body::rows(asked, &rows), Pause::Absent, Duration::ZERO);
        if !rows.is_empty() && !rows.iter().any(|(_, truth)| truth.is_usable()) {
            // Where no row decodes, nothing does.
            self.note_refusal(asked, job);
            return Reply { response, kind: ReplyKind::Undecodable, pause: None };
        }
        for id in ids {
            self.facts_mut(job, *id).asked += 1;
        }
        let sent = self.count(&rows, job);
        Reply { response, kind: ReplyKind::Rows(sent), pause: None }
    }

    /// Sorts the rows that are sent by what a client can do with them.
    fn count(&mut self, rows: &[(u64, Truth)], job: usize) -> SentRows {
        let mut sent = SentRows { usable: Vec::with_capacity(rows.len()), ..SentRows::default() };
        let mut seen =
            HashSet::with_capacity_and_hasher(rows.len(), BuildHasherDefault::<IdHasher>::default());
        for (id, truth) in rows {
            if !truth.is_usable() {
                sent.unusable += 1;
            } else if *id >= 9_000_000 {
                sent.unrequested += 1;
            } else if !seen.insert(*id) {
                sent.duplicate += 1;
            } else {
                self.facts_mut(job, *id).sent += 1;
                sent.usable.push((*id, *truth));
            }
        }
        sent
    }
}
