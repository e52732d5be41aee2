use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use fastrand::Rng;
use offerslook_core::job::Rate;

use super::{
    behaviour::{Behaviour, Fault, Oddity, Paging, Pause, Refusal, Revocation, Silent},
    clock::{Clock, Jump, Shift},
    network::Network,
    plan::{JobPlan, Kind, Plan},
    world::World,
};

impl Plan {
    /// The plan of a seed. Most faults are absent from most plans, so that each shows by itself, too.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        let mut dice = Dice(Rng::with_seed(seed));
        let large = dice.percent(3);
        let count = if large { 1 } else { dice.one_to(3) };
        let jobs: Vec<JobPlan> = (0..count).map(|_| dice.job(large)).collect();
        let ids: Vec<u64> = jobs.iter().flat_map(|job| job.ids.iter().copied()).collect();
        let calls = dice.0.u32(1..=if large { 40 } else { 10 });
        Self {
            seed: dice.0.u64(..),
            world: dice.world(&ids),
            server: dice.behaviour(),
            network: dice.network(),
            clock: dice.clock(),
            quota: dice.quota(calls),
            jobs,
            mixed_up: dice.rarely(5, 16),
        }
    }
}

struct Dice(Rng);

impl Dice {
    fn percent(&mut self, chance: u32) -> bool {
        self.0.u32(..100) < chance
    }

    fn one_to(&mut self, most: u64) -> u64 {
        self.0.u64(1..=most)
    }

    fn size(&mut self, most: usize) -> usize {
        self.0.usize(1..=most)
    }

    /// Mostly nothing, else something up to that.
    fn rarely(&mut self, percent: u32, most: u64) -> u64 {
        if self.percent(percent) { self.one_to(most) } else { 0 }
    }

    fn seconds(&mut self, most: u32) -> Duration {
        Duration::from_secs(u64::from(most)).mul_f64(self.0.f64())
    }

    fn some<T>(&mut self, percent: u32, draw: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.percent(percent).then(|| draw(self))
    }

    fn quota(&mut self, calls: u32) -> Rate {
        let window = Duration::from_secs(self.one_to(10));
        Rate::new(NonZeroU32::MIN.saturating_add(calls - 1), window).expect("a window")
    }

    fn job(&mut self, large: bool) -> JobPlan {
        let kind = match self.0.u32(..24) {
            0..13 => Kind::Links,
            13..18 => Kind::Applications,
            18..20 => Kind::OneLink,
            20 => Kind::OneApplication,
            _ => Kind::Numbers,
        };
        let ids = self.ids(kind, large);
        let most_ids = if large { 100 } else { 14 };
        let max_time = self.some(10, |dice| dice.seconds(60));
        JobPlan {
            start: self.some(50, |dice| dice.seconds(30)).unwrap_or_default(),
            ids_per_request: NonZeroUsize::MIN.saturating_add(self.0.usize(..most_ids)),
            max_in_flight: NonZeroUsize::MIN.saturating_add(self.0.usize(..8)),
            attempts: NonZeroU32::MIN.saturating_add(if self.percent(90) {
                self.0.u32(..5)
            } else {
                self.0.u32(..12)
            }),
            retry_budget: if self.percent(70) { 20 } else { self.0.u32(..6) },
            max_time,
            timeout: if self.percent(70) { Duration::from_secs(30) } else { self.seconds(40) },
            stop: self.some(10, |dice| dice.seconds(40)),
            dropped: self.some(8, |dice| dice.seconds(40)),
            rests: self.rarely(10, 64),
            ..JobPlan::plain(kind, ids)
        }
    }

    fn ids(&mut self, kind: Kind, large: bool) -> Vec<u64> {
        let count = match kind {
            Kind::OneLink => 1,
            Kind::OneApplication => self.size(8),
            Kind::Applications => self.size(60),
            Kind::Numbers => self.size(150),
            Kind::Links if large => self.size(1_500),
            Kind::Links if self.percent(20) => self.size(250),
            Kind::Links => self.size(40),
        };
        let first = self.one_to(1_000);
        let step = self.one_to(3);
        let mut ids: Vec<u64> =
            (0..count).map_while(|n| u64::try_from(n).ok()).map(|n| first + n * step).collect();
        match self.0.u32(..4) {
            0 => self.0.shuffle(&mut ids),
            1 => ids.reverse(),
            _ => {}
        }
        // A change that is asked for twice is made twice.
        if kind == Kind::Links && self.percent(20) {
            for _ in 0..self.size(8) {
                let again = *self.0.choice(&ids).expect("at least one id");
                ids.insert(self.0.usize(..=ids.len()), again);
            }
        }
        ids
    }

    fn world(&mut self, ids: &[u64]) -> World {
        let poison = self.rarely(20, 4);
        World {
            salt: self.0.u64(..),
            without_row: self.rarely(60, 16),
            unapproved: self.rarely(30, 4),
            stretch: if self.percent(50) { 1 } else { self.one_to(40) },
            poison: (0..poison).filter_map(|_| self.0.choice(ids)).copied().collect(),
        }
    }

    fn behaviour(&mut self) -> Behaviour {
        let fault_rate = match self.0.u32(..10) {
            0..5 => 0,
            5..8 => self.one_to(48),
            8 => self.one_to(128),
            _ => self.one_to(256),
        };
        let most = self.size(12);
        let silent = match self.0.u32(..9) {
            0 => Some(Silent::FirstIds(most)),
            1 => Some(Silent::FirstRows(most)),
            2 => Some(Silent::LowestRows(most)),
            _ => None,
        };
        Behaviour {
            silent,
            loud: self.some(12, |dice| dice.size(10)),
            refusal: [Refusal::BadRequest, Refusal::NotFound, Refusal::Unprocessable, Refusal::Code]
                [self.0.usize(..4)],
            refuses_after: self.some(4, |dice| dice.0.u64(..40)),
            revoked_after: self.some(4, |dice| {
                let how = if dice.0.bool() { Revocation::Unauthorized } else { Revocation::Forbidden };
                (dice.0.u64(..30), how)
            }),
            allows: self.some(8, |dice| dice.size(8)),
            fault_rate,
            faults: (0..self.one_to(4)).map(|_| self.fault()).collect(),
            oddity: self.some(3, |dice| {
                let oddity = [Oddity::Page, Oddity::Teapot, Oddity::Redirect][dice.0.usize(..3)];
                (dice.one_to(30), oddity)
            }),
            second_rows: self.rarely(20, 128),
            unasked_rows: self.rarely(20, 128),
            flaky: self.rarely(15, 64),
            shuffled: self.percent(25),
            paging: self.some(20, |dice| {
                let number = dice.one_to(12);
                match dice.0.u32(..4) {
                    0 => Paging::Repeats(number + 1),
                    1 => Paging::Grows(number),
                    2 => Paging::Shifts(number),
                    _ => Paging::Swaps(number),
                }
            }),
        }
    }

    fn fault(&mut self) -> Fault {
        let pause = self.pause();
        match self.0.u32(..8) {
            0 | 1 => Fault::Limited(pause),
            2 => Fault::LimitedByCode(pause),
            3 => Fault::Unavailable(pause),
            4 => Fault::Failed(pause),
            5 => Fault::Gateway,
            6 => Fault::Cut,
            _ => Fault::Undecodable,
        }
    }

    fn pause(&mut self) -> Pause {
        let seconds = if self.percent(8) { 118 + self.one_to(5) } else { self.0.u64(..20) };
        match self.0.u32(..4) {
            0 | 1 => Pause::Unsaid,
            2 => Pause::Seconds(seconds),
            _ => Pause::Date(seconds),
        }
    }

    fn network(&mut self) -> Network {
        Network {
            least: self.one_to(200),
            jitter: if self.percent(70) { self.0.u64(..500) } else { self.0.u64(..12_000) },
            slow: self.rarely(10, 32),
            not_sent: self.rarely(12, 64),
            lost_request: self.rarely(12, 48),
            lost_answer: self.rarely(12, 48),
            held_back: self.rarely(12, 64),
            never_told: self.rarely(12, 48),
            keeps_timeouts: self.percent(70),
        }
    }

    fn clock(&mut self) -> Clock {
        let jumps = if self.percent(15) { self.one_to(4) } else { 0 };
        let forward = self.percent(50);
        let jump = |dice: &mut Self| {
            let most = if dice.percent(50) { 3 } else { 200 };
            let by = dice.seconds(most);
            let shift = if forward && dice.0.bool() { Shift::Forward(by) } else { Shift::Back(by) };
            Jump { at: dice.seconds(60), by: shift }
        };
        Clock((0..jumps).map(|_| jump(self)).collect())
    }
}
