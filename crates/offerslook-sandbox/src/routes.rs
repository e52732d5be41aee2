mod batch_list_offers;
mod batch_tracking_links;
mod caps;
mod creatives;
mod get_offer;
mod landing_pages;
mod link;
mod list_offers;
mod offer_ids;
mod offer_list;
mod offer_parts;
mod offer_row;
mod offer_tracking_link;
mod platforms;

use std::sync::Arc;

use axum::{Router, http::StatusCode, middleware::from_fn_with_state, routing::get};

use crate::{arrivals, auth, envelope::Failure, offers::AffiliateOffer, service::Service};

/// Every endpoint, behind the checks in the service's order. The layer added last sees a request first.
pub(crate) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route(list_offers::PATH, get(list_offers::answer))
        .route(batch_list_offers::PATH, get(batch_list_offers::answer))
        .route(get_offer::PATH, get(get_offer::answer))
        .route(creatives::PATH, get(creatives::answer))
        .route(caps::PATH, get(caps::answer))
        .route(platforms::PATH, get(platforms::answer))
        .route(batch_tracking_links::PATH, get(batch_tracking_links::answer))
        .route(offer_tracking_link::PATH, get(offer_tracking_link::answer))
        .method_not_allowed_fallback(async || {
            let message = "This path does not take this method. The Allow header names those that it takes.";
            Failure::new(StatusCode::METHOD_NOT_ALLOWED, message)
        })
        .fallback(async || Failure::new(StatusCode::NOT_FOUND, "There is nothing at this path."))
        .layer(from_fn_with_state(Arc::clone(&service), auth::require))
        .layer(from_fn_with_state(Arc::clone(&service), arrivals::record))
        .with_state(service)
}

/// The offer of an id, as the affiliate sees it.
fn visible(service: &Service, id: u64) -> Result<AffiliateOffer<'_>, Failure> {
    service
        .offers
        .visible(id)
        .ok_or_else(|| Failure::not_found("There is no offer with this id that you may see."))
}
