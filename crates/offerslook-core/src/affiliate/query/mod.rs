//! The parts of the queries of lists: pages, order, fields and filters.

mod fields;
mod filter;
mod limit;
mod offer_query;
mod order;
mod paging;

pub(in crate::affiliate) use fields::{Fields, fields};
pub use filter::{Comparison, Equality};
pub(in crate::affiliate) use filter::{Filter, Filters};
pub use limit::Limit;
pub(in crate::affiliate) use offer_query::{OfferQuery, which_offers};
pub use order::Order;
pub(in crate::affiliate) use paging::{Paging, chosen_page, page_and_limit};
