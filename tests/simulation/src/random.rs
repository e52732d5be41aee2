use std::time::Duration;

use fastrand::Rng;
use offerslook_core::job::Rate;

use super::{
    behaviour::{
        Behaviour, Fault, LimitedCalls, Limits, LooksAt, Oddity, Outage, Pause, Refusal, Revocation,
        RowOrder, Spoiled,
    },
    clock::{Clock, Jump, Shift},
    lists::{ListBehaviour, ListChange, PageCap, Total},
    network::Network,
    plan::{JobPlan, Kind, Plan},
    world::World,
};

impl Plan {
    /// Draws the plan of a seed. Most plans have few faults, so that each shows by itself, too.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        let mut draw = Draw { random: Rng::with_seed(seed), intensity: 0 };
        draw.intensity = [0, 0, 1, 1, 1, 2, 2, 4][draw.random.usize(..8)];
        let is_large = draw.percent(2);
        let count = if is_large { 1 } else { draw.one_to(3) };
        let jobs: Vec<JobPlan> = (0..count).map(|_| draw.job(is_large)).collect();
        let ids: Vec<u64> = jobs.iter().flat_map(|job| job.ids.iter().copied()).collect();
        let calls = draw.random.u32(1..=if is_large { 40 } else { 10 });
        let window = Duration::from_secs(draw.one_to(10));
        Self {
            seed: draw.random.u64(..),
            world: draw.world(&ids),
            server: draw.behaviour(),
            network: draw.network(),
            clock: draw.clock(),
            quota: Rate::new(calls, window).unwrap_or(Rate::DOCUMENTED),
            jobs,
            misdirected: draw.rarely(60),
            counts_wrong_verdicts: false,
        }
    }
}

/// Draws the parts of a plan.
struct Draw {
    random: Rng,
    /// How likely faults are: 0 for a plan that has next to none.
    intensity: u32,
}

impl Draw {
    fn percent(&mut self, chance: u32) -> bool {
        self.random.u32(..100) < chance
    }

    /// Whether this plan has a fault of one kind.
    fn has_fault(&mut self) -> bool {
        let chance = 4 * self.intensity;
        self.percent(chance)
    }

    fn one_to(&mut self, most: u64) -> u64 {
        self.random.u64(1..=most)
    }

    fn size(&mut self, most: usize) -> usize {
        self.random.usize(1..=most)
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.random.usize(..choices.len())]
    }

    /// A chance in 1,000, mostly none.
    fn rarely(&mut self, most: u64) -> u64 {
        if self.has_fault() { self.one_to(most) } else { 0 }
    }

    fn seconds(&mut self, most: u32) -> Duration {
        Duration::from_secs(u64::from(most)).mul_f64(self.random.f64())
    }

    fn some<T>(&mut self, percent: u32, draw: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.percent(percent).then(|| draw(self))
    }

    fn fault_of<T>(&mut self, draw: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.has_fault().then(|| draw(self))
    }

    fn job(&mut self, is_large: bool) -> JobPlan {
        let kind = match self.random.u32(..24) {
            0..14 => Kind::Links,
            14..18 => Kind::Applications,
            18..20 => Kind::OneLink,
            20 => Kind::OneApplication,
            _ => Kind::Numbers,
        };
        let mut ids = self.ids(kind, is_large);
        let stop = self.fault_of(|draw| draw.seconds(40));
        let is_endless = kind == Kind::Links && stop.is_some() && self.percent(50);
        if kind == Kind::Links && self.has_fault() && self.percent(20) {
            ids.insert(self.random.usize(..=ids.len()), 0);
        }
        JobPlan {
            is_endless,
            start: self.some(50, |draw| draw.seconds(30)).unwrap_or_default(),
            ids_per_request: if is_large { self.size(100) } else { self.size(14) },
            max_in_flight: self.size(8),
            retries: if self.percent(90) { self.random.u32(..5) } else { self.random.u32(..12) },
            retry_budget: if self.percent(70) { 20 } else { self.random.u32(..6) },
            max_time: self.fault_of(|draw| draw.seconds(60)),
            timeout: if self.percent(70) { Duration::from_secs(30) } else { self.seconds(40) },
            trust_missing_rows: self.percent(5),
            stop,
            dropped: self.fault_of(|draw| draw.seconds(40)),
            pauses: if self.has_fault() { self.one_to(250) } else { 0 },
            abandoned_after: self.fault_of(|draw| draw.one_to(10)).filter(|_| self.percent(50)),
            first_page: self.some(40, |draw| (draw.random.u32(1..4), draw.random.u32(1..=5))),
            ..JobPlan::plain(kind, ids)
        }
    }

    fn ids(&mut self, kind: Kind, is_large: bool) -> Vec<u64> {
        let count = match kind {
            Kind::OneLink => 1,
            Kind::OneApplication => self.size(8),
            Kind::Applications => self.size(60),
            Kind::Numbers => self.random.usize(..100),
            Kind::Links if is_large => self.size(1_500),
            Kind::Links if self.percent(20) => self.size(250),
            Kind::Links => self.size(40),
        };
        let first = self.one_to(1_000);
        let step = self.one_to(3);
        let mut ids: Vec<u64> = (0..).take(count).map(|n| first + n * step).collect();
        match self.random.u32(..4) {
            0 => self.random.shuffle(&mut ids),
            1 => ids.reverse(),
            _ => {}
        }
        // A change that is asked for twice is made twice.
        if kind == Kind::Links && self.percent(20) {
            for _ in 0..self.size(8) {
                let again = *self.random.choice(&ids).expect("at least one id");
                ids.insert(self.random.usize(..=ids.len()), again);
            }
        }
        ids
    }

    fn world(&mut self, ids: &[u64]) -> World {
        let refused = if self.percent(15) { self.one_to(4) } else { 0 };
        let without_row = match self.random.u32(..6) {
            0 | 1 => 0,
            2 | 3 => self.one_to(200),
            4 => self.one_to(1_000),
            _ => self.pick(&[500, 900, 980, 1_000]),
        };
        World {
            salt: self.random.u64(..),
            without_row,
            unapproved: if self.percent(30) { self.one_to(250) } else { 0 },
            without_link: if self.percent(20) { self.one_to(100) } else { 0 },
            malformed: self.rarely(50),
            anonymous: self.rarely(50),
            stretch: if self.percent(50) { 1 } else { self.one_to(40) },
            gaps: Vec::new(),
            refused: (0..refused).filter_map(|_| self.random.choice(ids)).copied().collect(),
        }
    }

    fn limits(&mut self) -> Limits {
        let most = if self.percent(30) { self.size(3) } else { self.size(14) };
        let looks_at = [LooksAt::First(most), LooksAt::First(most), LooksAt::Last(most)];
        match self.random.u32(..10) {
            0..4 => Limits { ids: Some(self.pick(&looks_at)), ..Limits::default() },
            4 => {
                let sorted = [LooksAt::Lowest(most), LooksAt::Highest(most)];
                Limits { ids: Some(self.pick(&sorted)), ..Limits::default() }
            }
            5..9 => Limits { rows: Some(most), ..Limits::default() },
            _ => Limits { ids: Some(self.pick(&looks_at)), rows: Some(self.size(14)), size: None },
        }
    }

    fn behaviour(&mut self) -> Behaviour {
        let has_limits = self.intensity > 0 && self.percent(40);
        let orders = [RowOrder::Requested, RowOrder::Ascending, RowOrder::Descending, RowOrder::Random];
        let refusals = [Refusal::BadRequest, Refusal::NotFound, Refusal::Unprocessable, Refusal::Code];
        let has_faults = self.intensity > 0 && self.percent(30);
        let fault_rates = [20, 20, 60, self.one_to(200), self.one_to(500), self.one_to(1_000)];
        Behaviour {
            limits: if has_limits { self.limits() } else { Limits::default() },
            later_limits: self.fault_of(|draw| (draw.random.u64(..40), draw.limits())),
            order: self.pick(&orders),
            is_shuffled: self.percent(20),
            limited_calls: LimitedCalls::All,
            doubled: self.rarely(200),
            second_rows: self.rarely(500),
            unrequested_rows: self.rarely(500),
            anonymous_rows: self.rarely(500),
            lossy_calls: self.rarely(200),
            empty_calls: 0,
            flaky: self.rarely(200),
            spoiled: self.fault_of(|draw| Spoiled {
                after: draw.random.u64(..30),
                count: draw.size(3),
                are_refused: draw.random.bool(),
            }),
            max_ids: self.fault_of(|draw| draw.size(10)),
            refusal: if self.percent(80) {
                self.pick(&refusals)
            } else {
                self.pick(&[Refusal::RenamedKey, Refusal::Undecodable])
            },
            refuses_after: self.fault_of(|draw| draw.random.u64(..40)),
            revoked_after: self.fault_of(|draw| {
                let how = [Revocation::Unauthorized, Revocation::Forbidden, Revocation::Code];
                (draw.random.u64(..30), draw.pick(&how))
            }),
            allows: self.fault_of(|draw| draw.size(8)),
            fault_rate: if has_faults { self.pick(&fault_rates) } else { 0 },
            faults: (0..self.one_to(4)).map(|_| self.fault()).collect(),
            outage: self.fault_of(|draw| Outage {
                from: draw.seconds(30),
                length: draw.seconds(15),
                fault: draw.fault(),
            }),
            oddity: self.fault_of(|draw| {
                (draw.one_to(30), draw.pick(&[Oddity::Page, Oddity::Teapot, Oddity::Redirect]))
            }),
            list: if self.percent(40) { self.list_behaviour() } else { ListBehaviour::default() },
        }
    }

    fn list_behaviour(&mut self) -> ListBehaviour {
        let mut list = ListBehaviour { is_object: self.percent(20), ..ListBehaviour::default() };
        for _ in 0..self.pick(&[1, 1, 2, 3]) {
            let number = self.size(12);
            match self.random.u32(..9) {
                0 | 1 => {
                    let position = self.random.usize(..100);
                    let change = [
                        ListChange::Insert(position),
                        ListChange::Remove(position),
                        ListChange::Replace { gone: position, new: 0 },
                        ListChange::Replace { gone: 0, new: usize::MAX - 1 },
                        ListChange::Replace { gone: position, new: self.random.usize(..100) },
                    ];
                    list.change = Some((self.random.u64(..20), self.pick(&change)));
                }
                2 => {
                    list.total_pages = self.pick(&[Total::Less(number), Total::More(1), Total::More(number)]);
                }
                3 => list.total_pages = Total::Unsaid,
                4 => list.total_rows = self.pick(&[Total::More(number), Total::Unsaid]),
                5 => {
                    list.page_cap =
                        Some(self.pick(&[PageCap::Shorter(2), PageCap::Shorter(4), PageCap::Gaps(4)]));
                }
                6 => list.max_limit = Some(self.size(5)),
                7 => list.refused_page = Some(number),
                _ => list.repeats_from = Some(number + 1),
            }
        }
        list.refuses_past_end = self.percent(30);
        list
    }

    fn fault(&mut self) -> Fault {
        let pause = self.pause();
        let refusals = [
            Refusal::NotFound,
            Refusal::Code,
            Refusal::BadRequest,
            Refusal::RenamedKey,
            Refusal::Undecodable,
        ];
        match self.random.u32(..10) {
            0 | 1 => Fault::Limited(pause),
            2 => Fault::LimitedByCode(pause),
            3 => Fault::Unavailable(pause),
            4 => Fault::Failed(pause),
            5 => Fault::Gateway,
            6 => Fault::Truncated,
            7 => Fault::FailedByCode(self.pick(&[500, 503, 408, 50_012])),
            _ => Fault::Refused(self.pick(&refusals)),
        }
    }

    fn pause(&mut self) -> Pause {
        let seconds = if self.percent(8) { 118 + self.one_to(5) } else { self.random.u64(..20) };
        match self.random.u32(..8) {
            0..3 => Pause::Absent,
            3 => Pause::Invalid,
            4 => Pause::PastDate,
            5 => Pause::Seconds(0),
            6 => Pause::Seconds(seconds),
            _ => Pause::Date(seconds),
        }
    }

    fn network(&mut self) -> Network {
        Network {
            latency: self.one_to(200),
            jitter: if self.percent(70) { self.random.u64(..500) } else { self.random.u64(..12_000) },
            slow: self.rarely(120),
            not_sent: self.rarely(250),
            lost_request: self.rarely(180),
            lost_answer: self.rarely(180),
            late_request: self.rarely(250),
            unreported: self.rarely(180),
            keeps_timeouts: self.percent(70),
        }
    }

    fn clock(&mut self) -> Clock {
        let jumps = if self.has_fault() { self.one_to(4) } else { 0 };
        let is_forward = self.percent(50);
        let jump = |draw: &mut Self| {
            let most = if draw.percent(50) { 3 } else { 200 };
            let by = draw.seconds(most);
            let shift = if is_forward && draw.random.bool() { Shift::Forward(by) } else { Shift::Back(by) };
            Jump { at: draw.seconds(60), by: shift }
        };
        Clock((0..jumps).map(|_| jump(self)).collect())
    }
}
