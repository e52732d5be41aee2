use serde::Deserialize;

use super::terms::Text;

/// A device that an offer targets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Platform {
    /// Derived from the offer's id if missing.
    #[serde(default)]
    pub(crate) id: Option<u64>,
    #[serde(rename = "platform")]
    pub(crate) device: Device,
    /// The operating system; empty for any.
    #[serde(default)]
    pub(crate) system: Text,
    /// Versions of the system; empty for any.
    #[serde(default)]
    pub(crate) version: Vec<Text>,
    /// Whether later versions match too.
    #[serde(default)]
    pub(crate) is_above: bool,
    /// The lowest version.
    #[serde(default)]
    pub(crate) above_version: Option<Text>,
}

/// A kind of device. The names are those of the API.
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
