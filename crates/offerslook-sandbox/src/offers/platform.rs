use serde::Deserialize;

use super::terms::Text;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Platform {
    /// Derived from the offer's id if missing.
    pub(crate) id: Option<u64>,
    #[serde(rename = "platform")]
    pub(crate) device: Device,
    #[serde(default)]
    pub(crate) system: Text,
    #[serde(default)]
    pub(crate) version: Vec<Text>,
    #[serde(default)]
    pub(crate) is_above: bool,
    pub(crate) above_version: Option<Text>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) enum Device {
    #[serde(rename = "PC")]
    Pc,
    Mobile,
    Tablet,
}

impl Device {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pc => "PC",
            Self::Mobile => "Mobile",
            Self::Tablet => "Tablet",
        }
    }
}
