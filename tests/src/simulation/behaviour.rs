use std::time::Duration;

/// How the model server answers, beside what is true of the offers. The default is a server without faults.
#[derive(Clone, Debug, Default)]
pub struct Behaviour {
    /// A row limit that it does not speak of.
    pub silent: Option<Silent>,
    /// Calls with more ids than this are refused.
    pub loud: Option<usize>,
    /// How it refuses.
    pub refusal: Refusal,
    /// Every call after so many is refused.
    pub refuses_after: Option<u64>,
    /// The key is revoked after so many calls: 401, or 403.
    pub revoked_after: Option<(u64, Revocation)>,
    /// What it allows all its affiliates together, in a window of the client's length.
    pub allows: Option<usize>,
    /// How many calls in 256 meet one of the faults.
    pub fault_rate: u64,
    /// Which faults there are.
    pub faults: Vec<Fault>,
    /// The n-th call meets something that no job goes on after.
    pub oddity: Option<(u64, Oddity)>,
    /// How many good answers in 256 have a second row for some id.
    pub second_rows: u64,
    /// How many good answers in 256 have a row that nobody asked for.
    pub unasked_rows: u64,
    /// How many ids in 256 lack their row the first time they are asked for.
    pub flaky: u64,
    /// Whether rows come in any order.
    pub shuffled: bool,
    /// What it does to those who read a list page by page.
    pub paging: Option<Paging>,
}

/// What may happen to a list while it is read.
#[derive(Clone, Copy, Debug)]
pub enum Paging {
    /// This page, and every further one, is the one before it.
    Repeats(u64),
    /// After so many calls, the list has one more row at its end.
    Grows(u64),
    /// After so many calls, the list has one more row at its head, and all others move on.
    Shifts(u64),
    /// The same, and the last row is gone: the total stays.
    Swaps(u64),
}

impl Behaviour {
    /// Whether it answers every call with all it has, or refuses it for an id.
    #[must_use]
    pub fn is_honest(&self) -> bool {
        let Self { silent, loud, refuses_after, revoked_after, allows, fault_rate, oddity, flaky, .. } = self;
        let limits = silent.is_some() || loud.is_some() || allows.is_some();
        let ends = refuses_after.is_some() || revoked_after.is_some() || oddity.is_some();
        !limits && !ends && *fault_rate == 0 && *flaky == 0
    }
}

/// A row limit that nobody tells of.
#[derive(Clone, Copy, Debug)]
pub enum Silent {
    /// Only so many ids of a call are looked at.
    FirstIds(usize),
    /// An answer has so many rows at the most, in the asked order.
    FirstRows(usize),
    /// An answer has so many rows at the most, in the order of their ids.
    LowestRows(usize),
}

/// How a call is refused for its content.
#[derive(Clone, Copy, Debug, Default)]
pub enum Refusal {
    /// By the HTTP status 400.
    #[default]
    BadRequest,
    /// By the HTTP status 404.
    NotFound,
    /// By the HTTP status 422.
    Unprocessable,
    /// By the envelope's `code`, in a 200.
    Code,
}

/// How a revoked key is turned away.
#[derive(Clone, Copy, Debug)]
pub enum Revocation {
    /// 401.
    Unauthorized,
    /// 403.
    Forbidden,
}

/// A fault that passes.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// 429.
    Limited(Pause),
    /// A 200 whose `code` begins with 429.
    LimitedByCode(Pause),
    /// 503.
    Unavailable(Pause),
    /// 500.
    Failed(Pause),
    /// 504 with a page of HTML.
    Gateway,
    /// A 200 that ends in the middle of its JSON.
    Cut,
    /// A 200 that says success, and whose payload is something else.
    Undecodable,
}

/// What `Retry-After` says.
#[derive(Clone, Copy, Debug)]
pub enum Pause {
    /// Nothing: there is none.
    Unsaid,
    /// So many seconds.
    Seconds(u64),
    /// The date that is so many seconds ahead.
    Date(u64),
}

/// Something that no job goes on after.
#[derive(Clone, Copy, Debug)]
pub enum Oddity {
    /// A 200 that is a page of HTML.
    Page,
    /// A status that says nothing to this client.
    Teapot,
    /// 302.
    Redirect,
}

impl Pause {
    /// How long that is.
    #[must_use]
    pub fn length(self) -> Option<Duration> {
        match self {
            Self::Unsaid => None,
            Self::Seconds(seconds) | Self::Date(seconds) => Some(Duration::from_secs(seconds)),
        }
    }
}
