//! The 17 endpoints.

mod applications;
mod offer_parts;
mod offer_row;
mod offers;
mod postbacks;
mod sub_affiliate_rules;
mod tracking_links;

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    routing::{MethodRouter, delete, get, post, put},
};

use crate::{Route, state::SandboxState};

type Shared = State<Arc<SandboxState>>;

pub(crate) fn router() -> Router<Arc<SandboxState>> {
    Route::ENDPOINTS.iter().fold(Router::new(), |router, route| match handler(route) {
        Some(handler) => router.route(route.request().1, handler),
        None => router,
    })
}

fn handler(route: &Route) -> Option<MethodRouter<Arc<SandboxState>>> {
    Some(match route {
        Route::ListOffers => get(offers::list_offers),
        Route::ListBatchOffers => get(offers::list_batch_offers),
        Route::GetOffer => get(offers::get_offer),
        Route::ApplyToOffer => post(applications::apply_to_offer),
        Route::ApplyToOffers => post(applications::apply_to_offers),
        Route::GetOfferTrackingLink => get(tracking_links::get_offer_tracking_link),
        Route::GetTrackingLinks => get(tracking_links::get_tracking_links),
        Route::GetOfferPostbacks => get(postbacks::get_offer_postbacks),
        Route::GetOfferCreatives => get(offers::get_offer_creatives),
        Route::GetOfferCaps => get(offers::get_offer_caps),
        Route::GetOfferPlatforms => get(offers::get_offer_platforms),
        Route::CreatePostback => post(postbacks::create_postback),
        Route::UpdatePostback => put(postbacks::update_postback),
        Route::ListPostbacks => get(postbacks::list_postbacks),
        Route::GetPostback => get(postbacks::get_postback),
        Route::DeletePostback => delete(postbacks::delete_postback),
        Route::ListSubAffiliateRules => get(sub_affiliate_rules::list_sub_affiliate_rules),
        Route::Custom(_) => return None,
    })
}
