use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

/// The status of a response: 200 to 599.
///
/// ```
/// use offerslook_sandbox::Status;
///
/// assert_eq!(Status::new(503), Some(Status::of::<503>()));
/// assert_eq!(Status::new(42), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Status(u16);

impl Status {
    /// Returns a constant status. A number outside of 200 to 599 does not compile.
    #[must_use]
    pub const fn of<const CODE: u16>() -> Self {
        const { assert!(CODE >= 200 && CODE <= 599, "the status of a response must be 200 to 599") };
        Self(CODE)
    }

    /// Returns `None` for a number outside of 200 to 599.
    #[must_use]
    pub const fn new(code: u16) -> Option<Self> {
        if code >= 200 && code <= 599 { Some(Self(code)) } else { None }
    }
}

impl TryFrom<u16> for Status {
    type Error = &'static str;

    fn try_from(code: u16) -> Result<Self, Self::Error> {
        Self::new(code).ok_or("the status of a response must be 200 to 599")
    }
}

impl From<Status> for u16 {
    fn from(status: Status) -> Self {
        status.0
    }
}

impl From<Status> for StatusCode {
    fn from(status: Status) -> Self {
        // Cannot fail: the type holds valid statuses only.
        Self::from_u16(status.0).unwrap_or(Self::INTERNAL_SERVER_ERROR)
    }
}
