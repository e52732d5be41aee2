//! Parses responses into typed results.

mod drift;
mod envelope;
mod error_envelope;
mod parse;
mod retry_after;
mod row_by_row;

pub use drift::{Drift, DriftKind, parse_with_drift};
pub use parse::parse;
pub(crate) use parse::parse_redacted;
pub(crate) use retry_after::pause_asked;
