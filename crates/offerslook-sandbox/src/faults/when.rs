use std::{collections::BTreeSet, num::NonZeroU64};

use serde::{Deserialize, Serialize};

use super::Probability;

/// The calls that a rule applies to. A rule counts the calls of its route that reach it, from 1.
///
/// In a file, this is a table with one entry, such as `{ calls = [1, 2] }` or `{ every = 4 }`; without it, the
/// rule applies to every call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Fields", into = "Fields")]
#[non_exhaustive]
pub enum When {
    /// Every call.
    #[default]
    Always,
    /// The calls with these numbers.
    Calls(BTreeSet<NonZeroU64>),
    /// Every call after this many: 3 means from the fourth on.
    After(u64),
    /// Every n-th call: 4 means the fourth, the eighth and so on.
    Every(NonZeroU64),
    /// Random calls. Chance depends on the seed, the position of the rule and the number of the call only.
    Probability(Probability),
}

impl When {
    pub(super) fn is_always(&self) -> bool {
        *self == Self::Always
    }

    /// Returns whether the rule at position `rule` applies to its call number `call`.
    pub(super) fn selects(&self, call: NonZeroU64, seed: u64, rule: usize) -> bool {
        match self {
            Self::Always => true,
            Self::Calls(calls) => calls.contains(&call),
            Self::After(calls) => call.get() > *calls,
            Self::Every(n) => call.get().is_multiple_of(n.get()),
            Self::Probability(probability) => probability.happens(seed, rule, call.get()),
        }
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table, such as { every = 4 }")]
struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    calls: Option<BTreeSet<NonZeroU64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    every: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<Probability>,
}

impl TryFrom<Fields> for When {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let Fields { calls, after, every, probability } = fields;
        match (calls, after, every, probability) {
            (Some(calls), None, None, None) if calls.is_empty() => Err("`calls` is empty"),
            (Some(calls), None, None, None) => Ok(Self::Calls(calls)),
            (None, Some(calls), None, None) => Ok(Self::After(calls)),
            (None, None, Some(n), None) => Ok(Self::Every(n)),
            (None, None, None, Some(probability)) => Ok(Self::Probability(probability)),
            _ => Err("`when` takes exactly one of `calls`, `after`, `every` and `probability`"),
        }
    }
}

impl From<When> for Fields {
    fn from(when: When) -> Self {
        let mut fields = Self::default();
        match when {
            When::Always => {}
            When::Calls(calls) => fields.calls = Some(calls),
            When::After(calls) => fields.after = Some(calls),
            When::Every(n) => fields.every = Some(n),
            When::Probability(probability) => fields.probability = Some(probability),
        }
        fields
    }
}
