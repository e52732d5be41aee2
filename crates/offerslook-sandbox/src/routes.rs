mod apply;
pub(crate) mod arguments;
mod batch_apply;
mod batch_list_offers;
mod batch_tracking_links;
mod caps;
mod create_postback;
mod creatives;
mod delete_postback;
mod get_offer;
mod get_postback;
mod list_offers;
mod list_postbacks;
mod offer_postbacks;
mod platforms;
mod route;
mod rows;
mod sub_affiliate_approval;
mod tracking_links;
mod update_postback;

use std::sync::Arc;

use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{delete, get, post, put},
};

pub use route::Route;

use crate::{applications, arrivals, checks, control, envelope::Failure, faults, service::Service};

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
        .route(tracking_links::PATH, get(tracking_links::answer))
        .route(apply::PATH, post(apply::answer))
        .route(batch_apply::PATH, post(batch_apply::answer))
        .route(offer_postbacks::PATH, get(offer_postbacks::answer))
        .route(create_postback::PATH, post(create_postback::answer))
        .route(update_postback::PATH, put(update_postback::answer))
        .route(list_postbacks::PATH, get(list_postbacks::answer))
        .route(get_postback::PATH, get(get_postback::answer))
        .route(delete_postback::PATH, delete(delete_postback::answer))
        .route(sub_affiliate_approval::PATH, get(sub_affiliate_approval::answer))
        .method_not_allowed_fallback(async || Failure::method_not_allowed())
        .fallback(async || Failure::not_found("There is nothing at this path."))
        .layer(from_fn_with_state(Arc::clone(&service), faults::apply))
        .layer(from_fn_with_state(Arc::clone(&service), applications::decide_due))
        .layer(from_fn_with_state(Arc::clone(&service), checks::require))
        .layer(from_fn_with_state(Arc::clone(&service), faults::reset_connections))
        .layer(from_fn_with_state(Arc::clone(&service), arrivals::record))
        // After the layers, so that none of them sees it.
        .nest(control::PATH, control::router(&service))
        .with_state(service)
}
