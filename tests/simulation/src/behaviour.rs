use std::time::Duration;

use super::lists::ListBehaviour;

/// How the model server answers. The default is a server without faults. Chances are in 1,000.
#[derive(Clone, Debug, Default)]
pub struct Behaviour {
    /// The limits that it applies without saying so.
    pub limits: Limits,
    /// The calls that they apply to.
    pub limited_calls: LimitedCalls,
    /// Other limits, which apply after this many calls.
    pub later_limits: Option<(u64, Limits)>,
    /// The order of the rows, and of the row limit.
    pub order: RowOrder,
    /// Whether the rows that are left are shuffled.
    pub is_shuffled: bool,
    /// The share of offers whose row always comes twice.
    pub doubled: u64,
    /// The share of answers with a second row for one id.
    pub second_rows: u64,
    /// The share of answers with a row that nobody asked for.
    pub unrequested_rows: u64,
    /// The share of answers with one more row, whose offer id reads 0.
    pub anonymous_rows: u64,
    /// The share of calls that lose half of their rows.
    pub lossy_calls: u64,
    /// The share of calls that lose all of their rows.
    pub empty_calls: u64,
    /// The share of offers whose row is lost the first time.
    pub flaky: u64,
    /// Offers that the server stops to answer for, chosen to hurt.
    pub spoiled: Option<Spoiled>,
    /// Calls with more ids are refused.
    pub max_ids: Option<usize>,
    /// How it refuses.
    pub refusal: Refusal,
    /// Every call after this many is refused.
    pub refuses_after: Option<u64>,
    /// The key is revoked after this many calls.
    pub revoked_after: Option<(u64, Revocation)>,
    /// The number of calls of all affiliates together that it allows in a window.
    pub allows: Option<usize>,
    /// The share of calls that meet one of the faults.
    pub fault_rate: u64,
    /// The faults.
    pub faults: Vec<Fault>,
    /// A time in which every call meets a fault.
    pub outage: Option<Outage>,
    /// The n-th call meets something that no job continues after.
    pub oddity: Option<(u64, Oddity)>,
    /// How it answers those who read a list page by page.
    pub list: ListBehaviour,
}

/// Limits that a server applies without saying so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Which ids of a call it looks at.
    pub ids: Option<LooksAt>,
    /// The maximum number of rows in an answer, repeated rows included.
    pub rows: Option<usize>,
    /// The maximum size of an answer, as if its rows had different lengths.
    pub size: Option<MaxSize>,
}

/// A maximum size of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxSize {
    /// The size of all rows.
    pub bytes: u64,
    /// Whether a shorter row may follow one that does not fit.
    pub skips: bool,
}

/// The calls that limits apply to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LimitedCalls {
    /// All calls.
    #[default]
    All,
    /// Half of the calls, as if one of two back ends had the limits.
    Half,
    /// All calls, and each limit is lower by one after each call, down to 1.
    Tightening,
}

/// Which ids of a call a server looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksAt {
    /// The first ids.
    First(usize),
    /// The last ids.
    Last(usize),
    /// The lowest ids.
    Lowest(usize),
    /// The highest ids.
    Highest(usize),
    /// The first ids that have so many characters together.
    Characters(usize),
}

/// The order of the rows of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowOrder {
    /// As requested.
    #[default]
    Requested,
    /// By id, ascending.
    Ascending,
    /// By id, descending.
    Descending,
    /// At random.
    Random,
}

/// Offers that were answered before, and are not any more. The server chooses those whose rows it sent most often,
/// because a client depends on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoiled {
    /// After this many calls.
    pub after: u64,
    /// The number of offers.
    pub count: usize,
    /// Whether calls with them are refused; otherwise their rows are gone.
    pub are_refused: bool,
}

/// How a call is refused for its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Refusal {
    /// 400.
    #[default]
    BadRequest,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 422.
    Unprocessable,
    /// A `code` in a 200.
    Code,
    /// A 200 whose rows stand under another key.
    RenamedKey,
    /// A 200 whose payload is of another type.
    Undecodable,
}

/// How a revoked key is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// 401.
    Unauthorized,
    /// 403.
    Forbidden,
    /// A `code` of 401 in a 200.
    Code,
}

/// A fault that passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 429.
    Limited(Pause),
    /// A 200 whose `code` begins with 429.
    LimitedByCode(Pause),
    /// 503.
    Unavailable(Pause),
    /// 500.
    Failed(Pause),
    /// A 200 whose `code` is a status of a failure, such as 500.
    FailedByCode(u16),
    /// 504 with a page of HTML.
    Gateway,
    /// A 200 that ends in the middle of its JSON.
    Truncated,
    /// A refusal that is not about any id: a 404 from a proxy, a `code` that nobody knows.
    Refused(Refusal),
}

/// A time in which every call meets a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Its begin.
    pub from: Duration,
    /// Its length.
    pub length: Duration,
    /// The fault.
    pub fault: Fault,
}

/// The content of `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// There is none.
    Absent,
    /// A number of seconds.
    Seconds(u64),
    /// A date so many seconds ahead.
    Date(u64),
    /// A date in the past.
    PastDate,
    /// Something that is neither.
    Invalid,
}

/// Something that no job continues after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A 200 that is a page of HTML.
    Page,
    /// A status without a meaning here.
    Teapot,
    /// 302.
    Redirect,
}

impl Behaviour {
    /// Returns `true` if the server looks at every id and sends every row, always.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let has_limits = self.limits != Limits::default() || self.later_limits.is_some();
        !has_limits && self.lossy_calls + self.empty_calls == 0 && self.flaky == 0 && self.spoiled.is_none()
    }

    /// Returns `true` if the server answers every call with all that it has, or refuses it for one of its ids.
    #[must_use]
    pub fn is_honest(&self) -> bool {
        let ends = self.refuses_after.is_some() || self.revoked_after.is_some() || self.oddity.is_some();
        let fails = self.fault_rate > 0 || self.outage.is_some() || self.allows.is_some();
        self.is_complete() && !ends && !fails && self.max_ids.is_none() && self.anonymous_rows == 0
    }

    /// Returns the faults that the server may show at all.
    pub fn possible_faults(&self) -> impl Iterator<Item = Fault> + '_ {
        let random = self.faults.iter().copied().filter(|_| self.fault_rate > 0);
        random.chain(self.outage.iter().map(|outage| outage.fault))
    }
}

impl Limits {
    /// Returns these limits, so much lower.
    pub(super) fn tightened(self, by: u64) -> Self {
        let by = usize::try_from(by).unwrap_or(usize::MAX);
        let lower = |most: usize| most.saturating_sub(by).max(1);
        let ids = match self.ids {
            Some(LooksAt::First(most)) => Some(LooksAt::First(lower(most))),
            other => other,
        };
        Self { ids, rows: self.rows.map(lower), ..self }
    }
}

impl MaxSize {
    /// Removes the rows that do not fit. The length of a row depends on its id.
    pub(super) fn cut<T>(self, rows: &mut Vec<(u64, T)>) {
        let mut left = Some(self.bytes);
        rows.retain(|(id, _)| {
            let rest = left.and_then(|left| left.checked_sub(100 + id % 200));
            if rest.is_some() || !self.skips {
                left = rest;
            }
            rest.is_some()
        });
    }
}

impl Pause {
    /// Returns what a client reads from it: `Retry-After` as a duration.
    #[must_use]
    pub fn length(self) -> Option<Duration> {
        match self {
            Self::Absent | Self::Invalid => None,
            Self::Seconds(seconds) | Self::Date(seconds) => Some(Duration::from_secs(seconds)),
            Self::PastDate => Some(Duration::ZERO),
        }
    }
}
