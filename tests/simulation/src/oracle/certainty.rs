use super::super::{
    behaviour::{Behaviour, Fault, LimitedCalls, Limits, LooksAt},
    plan::Plan,
    server::Facts,
    world::Truth,
};

/// How certain a verdict is. The weakest rule that applies to a server counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The verdict is true.
    Certain,
    /// The verdict is true, or chance hit the id: its row was lost, or a call for it alone was refused twice. No client
    /// can tell that from the truth.
    UnlessHit,
    /// The verdict may be wrong, which is documented. The simulation counts how often.
    KnownLimit,
}

/// For one behaviour of a server, the certainty of the verdicts on an id.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The behaviour.
    pub behaviour: &'static str,
    applies: fn(&Behaviour) -> bool,
    /// The certainty of `NoRow`: the id has no row.
    pub no_row: Certainty,
    /// The certainty of `Refused`: the server refuses every call with this id, because of this id.
    pub refused: Certainty,
}

const fn rule(
    behaviour: &'static str,
    applies: fn(&Behaviour) -> bool,
    no_row: Certainty,
    refused: Certainty,
) -> Rule {
    Rule { behaviour, applies, no_row, refused }
}

use Certainty::{Certain, KnownLimit, UnlessHit};

/// The rules. A link is always certain: it is the row that the server has for the id.
pub const RULES: &[Rule] = &[
    rule("answers completely", Behaviour::is_complete, Certain, Certain),
    rule(
        "looks at the first or last ids of a call",
        |it| has_limit(it, |limits| matches!(limits.ids, Some(LooksAt::First(_) | LooksAt::Last(_)))),
        Certain,
        Certain,
    ),
    rule(
        "sorts the ids of a call and looks at the first of them",
        |it| has_limit(it, |limits| matches!(limits.ids, Some(LooksAt::Lowest(_) | LooksAt::Highest(_)))),
        KnownLimit,
        Certain,
    ),
    rule(
        "sends a limited number of rows, in any order",
        |it| has_limit(it, |limits| limits.rows.is_some()),
        Certain,
        Certain,
    ),
    rule(
        "sends a limited number of bytes",
        |it| has_limit(it, |limits| limits.size.is_some()),
        Certain,
        Certain,
    ),
    rule("changes its limits", |it| it.later_limits.is_some(), Certain, Certain),
    rule("has other limits for each call", |it| it.limited_calls != LimitedCalls::All, KnownLimit, Certain),
    rule(
        "lets its limit on rows fall to eight or fewer",
        |it| it.later_limits.is_some_and(|(_, limits)| limits.rows.is_some_and(|rows| rows <= 8)),
        KnownLimit,
        Certain,
    ),
    rule(
        "sends rows twice, or rows that nobody asked for",
        |it| it.doubled + it.second_rows + it.unrequested_rows > 0,
        Certain,
        Certain,
    ),
    rule("sends rows that do not say whose they are", |it| it.anonymous_rows > 0, Certain, Certain),
    rule("loses rows by chance", |it| it.lossy_calls + it.empty_calls + it.flaky > 0, UnlessHit, Certain),
    rule("has no row any more for ids that had one", |it| it.spoiled.is_some(), Certain, Certain),
    rule("refuses calls with many ids", |it| it.max_ids.is_some(), Certain, Certain),
    rule("refuses everything after a while", |it| it.refuses_after.is_some(), Certain, Certain),
    rule("refuses calls by chance", refuses_by_chance, Certain, UnlessHit),
    rule("rejects the key, the pace or every call", |it| !it.is_honest(), Certain, Certain),
];

fn has_limit(behaviour: &Behaviour, which: fn(&Limits) -> bool) -> bool {
    which(&behaviour.limits) || behaviour.later_limits.is_some_and(|(_, limits)| which(&limits))
}

fn refuses_by_chance(behaviour: &Behaviour) -> bool {
    behaviour.possible_faults().any(|fault| matches!(fault, Fault::Refused(_)))
}

/// The certainty of the verdicts in a plan.
#[derive(Clone, Copy)]
pub(super) struct Certainties {
    no_row: Certainty,
    refused: Certainty,
}

/// Whether a verdict is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    True,
    /// It is wrong, and no client could know, or the limit is documented.
    Excusable,
    Wrong,
}

impl Certainties {
    pub(super) fn of(plan: &Plan) -> Self {
        let applying = || RULES.iter().filter(|rule| (rule.applies)(&plan.server));
        if plan.counts_wrong_verdicts {
            return Self { no_row: KnownLimit, refused: KnownLimit };
        }
        Self {
            no_row: applying().map(|rule| rule.no_row).max().unwrap_or(Certain),
            refused: applying().map(|rule| rule.refused).max().unwrap_or(Certain),
        }
    }

    /// Judges that an id has no row.
    pub(super) fn no_row(self, truth: Truth, facts: Facts) -> Judgement {
        judge(truth == Truth::NoRow, self.no_row, facts.lost > 0)
    }

    /// Judges that an id is refused. Before any row is known, nothing tells the refusal of one id from that of all.
    /// A change is sent once, so its verdict says no more than that: the service refused it, and it was not made.
    pub(super) fn refused(self, truth: Truth, facts: Facts, is_change: bool, knows_rows: bool) -> Judgement {
        if is_change {
            return judge(facts.refused_alone > 0 && facts.changes == 0, Certain, false);
        }
        let confirmed = facts.refused_alone >= 2;
        if confirmed && !knows_rows {
            return Judgement::True;
        }
        judge(truth == Truth::Refused && facts.refused_alone > 0, self.refused, confirmed)
    }
}

fn judge(is_true: bool, certainty: Certainty, is_hit: bool) -> Judgement {
    match certainty {
        _ if is_true => Judgement::True,
        UnlessHit if is_hit => Judgement::Excusable,
        KnownLimit => Judgement::Excusable,
        Certain | UnlessHit => Judgement::Wrong,
    }
}
