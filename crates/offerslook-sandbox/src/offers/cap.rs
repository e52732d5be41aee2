use serde::Deserialize;

use super::terms::{Amount, Text};

/// How much an offer may bring.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Cap {
    /// Where there is none, one that follows from the offer's.
    pub(crate) id: Option<u64>,
    pub(crate) r#type: CapType,
    pub(crate) clicks: u64,
    pub(crate) conversions: u64,
    pub(crate) budget: Amount,
    /// Whose it is; none is the offer's own cap.
    pub(crate) category: Option<CapCategory>,
    pub(crate) timezone: Text,
}

/// What a cap counts, and over which time.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CapType {
    None,
    TotalCount,
    DailyCount,
    TotalBudget,
    TotalClick,
    DailyClick,
}

/// Who draws on a cap.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CapCategory {
    Shared,
    Private,
}

impl Default for Cap {
    /// No more than 100 conversions a day.
    fn default() -> Self {
        Self {
            id: None,
            r#type: CapType::DailyCount,
            clicks: 0,
            conversions: 100,
            budget: Amount::of("0"),
            category: None,
            timezone: "UTC".into(),
        }
    }
}

impl CapType {
    pub(crate) fn code(self) -> u64 {
        match self {
            Self::None => 0,
            Self::TotalCount => 1,
            Self::DailyCount => 2,
            Self::TotalBudget => 3,
            Self::TotalClick => 4,
            Self::DailyClick => 5,
        }
    }
}

impl CapCategory {
    pub(crate) fn code(self) -> u64 {
        match self {
            Self::Shared => 1,
            Self::Private => 2,
        }
    }
}
