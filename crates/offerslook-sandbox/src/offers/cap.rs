use serde::Deserialize;

use super::terms::{Amount, Text};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cap {
    /// Derived from the offer's id if missing.
    pub(crate) id: Option<u64>,
    pub(crate) r#type: CapType,
    #[serde(default)]
    pub(crate) clicks: u64,
    #[serde(default)]
    pub(crate) conversions: u64,
    #[serde(default = "zero")]
    pub(crate) budget: Amount,
    /// `None` for the offer's own cap.
    pub(crate) category: Option<CapCategory>,
    #[serde(default = "utc")]
    pub(crate) timezone: Text,
}

fn zero() -> Amount {
    Amount::of("0")
}

fn utc() -> Text {
    "UTC".into()
}

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

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CapCategory {
    Shared,
    Private,
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
