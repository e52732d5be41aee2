//! What several endpoints answer of an offer.

mod landing_pages;
mod link;
mod offer_parts;
mod offer_row;

pub(super) use landing_pages::{OfferUrl, offer_urls};
pub(super) use link::Link;
pub(super) use offer_parts::{cap, creatives, platforms_with_ids};
pub(super) use offer_row::offer_row;
