use std::sync::Arc;

use axum::extract::State;

use super::rows::offer_row;
use crate::{
    envelope::{Failure, Success},
    listing::{List, Object, Page, Parameters},
    offers::{OfferColumn, Which, list},
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offers";

const LIST: List<OfferColumn> = list(
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

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    mut parameters: Parameters,
) -> Result<Success<Page<Object>>, Failure> {
    let which = Which::take(&mut parameters)?;
    let query = LIST.query(parameters)?;
    let page = which.page(&service.offers, &query);
    Ok(Success::whole(page.map(|offer| offer_row(&service, &offer, &query.fields, false))))
}
