use std::{
    num::TryFromIntError,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use super::tolerant;

/// A point in time, in whole seconds since 1970-01-01 00:00:00 UTC.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use offerslook_core::types::UnixTime;
///
/// let time = UnixTime::new(1_478_031_171);
/// assert_eq!(time.to_system_time(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_478_031_171)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnixTime(i64);

impl UnixTime {
    /// Creates the point in time this many seconds after the epoch. May be negative.
    #[must_use]
    pub const fn new(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Returns the seconds since the epoch.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Converts to [`SystemTime`]. `None` if that cannot represent it.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_secs(self.0.unsigned_abs());
        if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }
}

impl From<SystemTime> for UnixTime {
    /// Rounds down to whole seconds.
    fn from(time: SystemTime) -> Self {
        Self(match time.duration_since(UNIX_EPOCH) {
            Ok(after) => 0_i64.saturating_add_unsigned(after.as_secs()),
            Err(before) => {
                let before = before.duration();
                let begun = u64::from(before.subsec_nanos() > 0);
                0_i64.saturating_sub_unsigned(before.as_secs().saturating_add(begun))
            }
        })
    }
}

impl TryFrom<i128> for UnixTime {
    type Error = TryFromIntError;

    fn try_from(seconds: i128) -> Result<Self, TryFromIntError> {
        i64::try_from(seconds).map(Self)
    }
}

impl<'de> Deserialize<'de> for UnixTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        tolerant::integer(deserializer)
    }
}
