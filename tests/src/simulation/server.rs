use std::{collections::BTreeMap, time::Duration};

use fastrand::Rng;
use offerslook_core::{Paged, Request, Response};

use super::{
    arrivals::Arrivals,
    behaviour::{Behaviour, Fault, Oddity, Paging, Pause, Refusal, Revocation, Silent},
    body::{self, Shape},
    endpoints::Numbers,
    plan::{JobPlan, Plan},
    world::{Truth, World, mix},
};

/// The model of the service: what it answers follows from its state, the request and the time alone.
#[derive(Debug)]
pub(super) struct Server<'p> {
    jobs: &'p [JobPlan],
    world: &'p World,
    behaviour: &'p Behaviour,
    seed: u64,
    calls: u64,
    own_count: Arrivals,
    /// What it did to the ids of each job.
    pub(super) deeds: BTreeMap<(usize, u64), Deeds>,
}

/// What the server did to one id of one job.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Deeds {
    /// How often it acted on a change.
    pub(super) acted: u32,
    /// It left out a row that there is, once.
    pub(super) flaked: bool,
    /// It left out a row that there is, for a silent limit.
    pub(super) cut: bool,
    /// It refused a call for this id alone.
    pub(super) refused_alone: bool,
}

/// An answer, and what the server meant by it.
#[derive(Debug)]
pub(super) struct Reply {
    /// The answer.
    pub(super) response: Response,
    /// What was meant.
    pub(super) meant: Meant,
    /// How long the client shall wait.
    pub(super) pause: Option<Duration>,
}

/// What the server means by an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// Rows, and among them some that nobody asked for, and some that came twice.
    Rows { unasked: u64, second: u64 },
    /// A page of a list of so many rows.
    Page { total: usize },
    /// Nothing was done: too many calls.
    Limited,
    /// Nothing was done: not now.
    TurnedAway,
    /// Something went wrong.
    Trouble,
    /// The content is at fault.
    Refused,
    /// The key is.
    Denied(u16),
    /// Something that says success, but not what.
    Unreadable,
    /// Something else altogether.
    Strange,
}

/// What a call is for.
struct Asked {
    shape: Shape,
    ids: Vec<u64>,
    job: usize,
}

impl<'p> Server<'p> {
    /// A server in this world.
    pub(super) fn new(plan: &'p Plan) -> Self {
        let Plan { jobs, world, server: behaviour, seed, quota, .. } = plan;
        let own_count = Arrivals::new(quota.window());
        Self { jobs, world, behaviour, seed: *seed, calls: 0, own_count, deeds: BTreeMap::new() }
    }

    /// Answers a call of this job.
    pub(super) fn answer(&mut self, request: &Request, job: usize, now: Duration) -> Reply {
        self.calls += 1;
        let mut dice = Rng::with_seed(mix(self.seed ^ self.calls));
        let (shape, ids) = body::asked(request);
        let asked = Asked { shape, ids, job };
        if let Some((after, how)) = self.behaviour.revoked_after
            && self.calls > after
        {
            self.note_refusal(&asked);
            return denied(how);
        }
        if self.behaviour.allows.is_some_and(|most| self.own_count.arrive(now) > most) {
            return limited(Pause::Unsaid, now);
        }
        if let Some((at, oddity)) = self.behaviour.oddity
            && self.calls == at
        {
            self.act_perhaps(&asked, &mut dice);
            return strange(oddity);
        }
        if dice.u64(..256) < self.behaviour.fault_rate
            && let Some(fault) = dice.choice(&self.behaviour.faults)
        {
            return self.fail(*fault, &asked, &mut dice, now);
        }
        if self.is_refused(&asked.ids) {
            self.note_refusal(&asked);
            if asked.ids.len() > 1 && dice.bool() {
                // It found the culprit only after it had begun.
                let innocent = asked.ids.split(|id| self.world.poison.contains(id)).next();
                self.act(asked.shape, job, innocent.unwrap_or_default());
            }
            return refused(self.behaviour.refusal);
        }
        self.rows(&asked, &mut dice)
    }

    fn deed(&mut self, job: usize, id: u64) -> &mut Deeds {
        self.deeds.entry((job, id)).or_default()
    }

    fn is_refused(&self, ids: &[u64]) -> bool {
        self.behaviour.refuses_after.is_some_and(|after| self.calls > after)
            || self.behaviour.loud.is_some_and(|most| ids.len() > most)
            || ids.iter().any(|id| self.world.truth(*id) == Truth::Poison)
    }

    fn act(&mut self, shape: Shape, job: usize, ids: &[u64]) {
        if shape == Shape::Applications {
            for id in ids {
                self.deed(job, *id).acted += 1;
            }
        }
    }

    /// The fault may come before the work or after it.
    fn act_perhaps(&mut self, asked: &Asked, dice: &mut Rng) {
        if dice.bool() && !self.is_refused(&asked.ids) {
            self.act(asked.shape, asked.job, &asked.ids);
        }
    }

    fn note_refusal(&mut self, asked: &Asked) {
        if let [alone] = asked.ids[..] {
            self.deed(asked.job, alone).refused_alone = true;
        }
    }

    fn fail(&mut self, fault: Fault, asked: &Asked, dice: &mut Rng, now: Duration) -> Reply {
        match fault {
            Fault::Limited(pause) => limited(pause, now),
            Fault::LimitedByCode(pause) => Reply {
                response: body::told(200, r#"{"code":"42901","message":"Slow down"}"#, pause, now),
                meant: Meant::Limited,
                pause: pause.length(),
            },
            Fault::Unavailable(pause) => {
                let meant = if pause.length().is_some() { Meant::TurnedAway } else { Meant::Trouble };
                if meant == Meant::Trouble {
                    self.act_perhaps(asked, dice);
                }
                Reply { response: body::told(503, "", pause, now), meant, pause: pause.length() }
            }
            Fault::Failed(pause) => {
                self.act_perhaps(asked, dice);
                Reply {
                    response: body::told(500, r#"{"code":1,"message":"Oops"}"#, pause, now),
                    meant: Meant::Trouble,
                    pause: pause.length(),
                }
            }
            Fault::Gateway => {
                self.act_perhaps(asked, dice);
                let page = "<html><h1>504 Gateway Time-out</h1></html>";
                plain(504, page, Meant::Trouble)
            }
            Fault::Cut if self.is_refused(&asked.ids) => {
                self.note_refusal(asked);
                refused(self.behaviour.refusal)
            }
            Fault::Cut => {
                let mut whole = self.rows(asked, dice).response;
                let length = dice.usize(..whole.body().len());
                *whole.body_mut() = whole.body().slice(..length);
                Reply { response: whole, meant: Meant::Trouble, pause: None }
            }
            Fault::Undecodable => {
                self.act_perhaps(asked, dice);
                self.note_refusal(asked);
                let body = r#"{"code":0,"data":{"tracking_link":7,"offer_application":7,"rowset":7}}"#;
                plain(200, body, Meant::Unreadable)
            }
        }
    }

    /// A page of the job's list.
    fn page(&self, asked: &[u64], job: usize) -> Reply {
        let list = list(&self.jobs[job].ids, self.behaviour.paging, self.calls);
        let mut page = asked[0];
        if let Some(Paging::Repeats(from)) = self.behaviour.paging
            && page >= from
        {
            page = page.saturating_sub(1).max(1);
        }
        let size = usize::try_from(Numbers::MAX_ROWS_PER_PAGE.get()).expect("a small number");
        let page = usize::try_from(page).expect("a small number");
        let rows: Vec<_> =
            list.iter().skip((page - 1) * size).take(size).map(|id| (*id, Truth::Link)).collect();
        let total = list.len();
        let whole = body::page(&rows, total.div_ceil(size), total);
        let response = body::told(200, whole, Pause::Unsaid, Duration::ZERO);
        Reply { response, meant: Meant::Page { total }, pause: None }
    }

    /// The rows of what was asked for.
    fn rows(&mut self, asked: &Asked, dice: &mut Rng) -> Reply {
        let Asked { shape, ref ids, job } = *asked;
        if shape == Shape::Page {
            return self.page(ids, job);
        }
        let looked_at = match self.behaviour.silent {
            Some(Silent::FirstIds(most)) => &ids[..most.min(ids.len())],
            _ => &ids[..],
        };
        let mut rows = Vec::with_capacity(looked_at.len() + 2);
        for id in looked_at {
            let truth = self.world.truth(*id);
            let exists = matches!(truth, Truth::Link | Truth::Unapproved);
            let flakes = exists
                && mix(self.seed ^ mix(*id)) % 256 < self.behaviour.flaky
                && !std::mem::replace(&mut self.deed(job, *id).flaked, true);
            if exists && !flakes {
                rows.push((*id, truth));
            }
        }
        self.act(shape, job, looked_at);
        let sent = match self.behaviour.silent {
            Some(Silent::FirstRows(most)) => most.min(rows.len()),
            Some(Silent::LowestRows(most)) if rows.len() > most => {
                rows.sort_unstable_by_key(|(id, _)| *id);
                most
            }
            _ => rows.len(),
        };
        for (id, _) in rows.drain(sent..) {
            self.deed(job, id).cut = true;
        }
        for id in &ids[looked_at.len()..] {
            self.deed(job, *id).cut = true;
        }
        if self.behaviour.shuffled {
            dice.shuffle(&mut rows);
        }
        let (mut unasked, mut second) = (0, 0);
        if shape != Shape::Link {
            if dice.u64(..256) < self.behaviour.second_rows
                && let Some(row) = dice.choice(&rows).copied()
            {
                second += 1;
                rows.insert(dice.usize(..=rows.len()), row);
            }
            if dice.u64(..256) < self.behaviour.unasked_rows {
                // No job of a simulation asks for ids as large as that.
                unasked += 1;
                rows.insert(dice.usize(..=rows.len()), (9_000_000 + dice.u64(..1_000), Truth::Link));
            }
        }
        let response = body::told(200, body::success(shape, &rows), Pause::Unsaid, Duration::ZERO);
        Reply { response, meant: Meant::Rows { unasked, second }, pause: None }
    }
}

/// The list of a job as it is now, perhaps with one more row in front, or behind.
fn list(ids: &[u64], paging: Option<Paging>, calls: u64) -> Vec<u64> {
    match paging {
        Some(Paging::Shifts(after)) if calls > after => [&[0], ids].concat(),
        Some(Paging::Swaps(after)) if calls > after => {
            let (_, others) = ids.split_last().expect("a row");
            [&[0], others].concat()
        }
        Some(Paging::Grows(after)) if calls > after => [ids, &[u64::MAX]].concat(),
        _ => ids.to_vec(),
    }
}

fn plain(status: u16, body: &'static str, meant: Meant) -> Reply {
    Reply { response: body::told(status, body, Pause::Unsaid, Duration::ZERO), meant, pause: None }
}

fn limited(pause: Pause, now: Duration) -> Reply {
    let response = body::told(429, r#"{"code":429,"message":"Too many calls"}"#, pause, now);
    Reply { response, meant: Meant::Limited, pause: pause.length() }
}

fn denied(how: Revocation) -> Reply {
    let status = match how {
        Revocation::Unauthorized => 401,
        Revocation::Forbidden => 403,
    };
    plain(status, r#"{"code":1,"message":"No access"}"#, Meant::Denied(status))
}

fn refused(how: Refusal) -> Reply {
    let status = match how {
        Refusal::BadRequest => 400,
        Refusal::NotFound => 404,
        Refusal::Unprocessable => 422,
        Refusal::Code => 200,
    };
    plain(status, r#"{"code":1007,"message":"Bad offer id","data":[]}"#, Meant::Refused)
}

fn strange(oddity: Oddity) -> Reply {
    match oddity {
        Oddity::Page => plain(200, "<!doctype html><title>Welcome</title>", Meant::Strange),
        Oddity::Teapot => plain(418, "", Meant::Strange),
        Oddity::Redirect => plain(302, "", Meant::Strange),
    }
}
