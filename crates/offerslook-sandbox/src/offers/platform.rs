use serde::Deserialize;

use super::terms::Text;

/// A kind of device that an offer is for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Platform {
    /// Where there is none, one that follows from the offer's.
    #[serde(default)]
    pub(crate) id: Option<u64>,
    #[serde(rename = "platform")]
    pub(crate) device: Device,
    /// The operating system; empty is any.
    #[serde(default)]
    pub(crate) system: Text,
    /// Its versions; none is any.
    #[serde(default)]
    pub(crate) version: Vec<Text>,
    /// Whether later versions will do as well.
    #[serde(default)]
    pub(crate) is_above: bool,
    /// From which version on.
    #[serde(default)]
    pub(crate) above_version: Option<Text>,
}

/// A kind of device, by its name on the wire.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) enum Device {
    #[serde(rename = "PC")]
    Pc,
    Mobile,
    Tablet,
}

impl Device {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pc => "PC",
            Self::Mobile => "Mobile",
            Self::Tablet => "Tablet",
        }
    }
}
