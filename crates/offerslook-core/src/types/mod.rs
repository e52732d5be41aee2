//! The values of calls and responses. Each is checked once, when it is created.

mod comma_list;
pub(crate) mod content;
pub mod decimal;
pub mod flag;
mod impression_pixel;
mod into_offer_id;
pub mod json;
mod link;
pub(crate) mod list;
pub(crate) mod object;
pub(crate) mod offer_id;
mod offer_ids;
pub(crate) mod open;
mod parameter;
mod secret_match;
mod secrets;
pub mod tolerant;
mod tracking_link;
mod unix_time;

pub use comma_list::CommaList;
pub use impression_pixel::ImpressionPixel;
pub use into_offer_id::IntoOfferId;
pub(crate) use into_offer_id::sealed::Sealed;
pub use link::Link;
pub use offer_id::{OfferId, ParseOfferIdError};
pub use offer_ids::{OfferIds, ParseOfferIdsError};
pub(crate) use parameter::RESERVED;
pub use parameter::{Parameter, ParseParameterError};
pub use secrets::Secrets;
pub use tracking_link::{AppendError, NotAUrl, TrackingLink};
pub use unix_time::UnixTime;
