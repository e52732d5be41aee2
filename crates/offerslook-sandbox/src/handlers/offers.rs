use axum::extract::State;

use super::{
    Shared,
    offer_parts::{cap, creatives, platforms_with_ids},
    offer_row::offer_row,
};
use crate::{
    arguments::OfferId,
    envelope::{Failure, Success},
    listing::{Fields, List, Object, Page, Parameters},
    offers::{OfferType, list},
};

const LIST_OFFERS: List = list(
    200,
    &[
        "id",
        "name",
        "end_date",
        "status",
        "pricing_type",
        "payout",
        "percent_payout",
        "preview_url",
        "thumbnail",
        "category",
        "offer_approval",
        "tracking_link",
        "currency",
        "conversion_protocol",
        "app_id",
        "event",
    ],
);
const LIST_BATCH_OFFERS: List = list(100, &[]);

pub(super) async fn list_offers(
    State(state): Shared,
    mut parameters: Parameters,
) -> Result<Success<Page<Object>>, Failure> {
    let r#type = OfferType::take(&mut parameters)?;
    let query = LIST_OFFERS.query(parameters)?;
    let page = r#type.page(&state.offers, &query);
    Ok(Success::whole(page.map(|offer| offer_row(&state, &offer, &query.fields, false))))
}

pub(super) async fn list_batch_offers(
    State(state): Shared,
    mut parameters: Parameters,
) -> Result<Success<Page<Object>>, Failure> {
    let r#type = OfferType::take(&mut parameters)?;
    // The reference does not say what EPC1 adds to a row; here, it adds nothing.
    let contains = parameters.take_list("contains", &["description", "EPC1"])?;
    let query = LIST_BATCH_OFFERS.query(parameters)?;
    let page = r#type.page(&state.offers, &query);
    let with_description = contains.contains(&"description");
    Ok(Success::whole(page.map(|offer| offer_row(&state, &offer, &query.fields, with_description))))
}

pub(super) async fn get_offer(
    State(state): Shared,
    OfferId(id): OfferId,
) -> Result<Success<Object>, Failure> {
    let offer = state.offers.visible(id)?;
    Ok(Success::new("offer", offer_row(&state, &offer, &Fields::default(), false)))
}

pub(super) async fn get_offer_creatives(
    State(state): Shared,
    OfferId(id): OfferId,
) -> Result<Success<Vec<Object>>, Failure> {
    Ok(Success::new("offer_creative", creatives(state.offers.visible(id)?.details())))
}

pub(super) async fn get_offer_caps(
    State(state): Shared,
    OfferId(id): OfferId,
) -> Result<Success<Option<Object>>, Failure> {
    Ok(Success::new("offer_cap", cap(state.offers.visible(id)?.details())))
}

pub(super) async fn get_offer_platforms(
    State(state): Shared,
    OfferId(id): OfferId,
) -> Result<Success<Object>, Failure> {
    Ok(Success::new("offer_platform", platforms_with_ids(state.offers.visible(id)?.details())))
}
