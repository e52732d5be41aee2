use std::sync::Arc;

use axum::extract::State;

use super::rows::offer_row;
use crate::{
    envelope::{Failure, Success},
    listing::{List, Object, Page, Parameters},
    offers::{OfferColumn, Which, list},
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/batches/offers";

const LIST: List<OfferColumn> = list(100, &[]);

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    mut parameters: Parameters,
) -> Result<Success<Page<Object>>, Failure> {
    let which = Which::take(&mut parameters)?;
    // Nobody knows what EPC1 adds to a row: here, nothing.
    let extras = parameters.take_words("contains", &["description", "EPC1"])?;
    let query = LIST.query(parameters)?;
    let page = which.page(&service.offers, &query);
    let with_description = extras.contains(&"description");
    Ok(Success::whole(page.map(|offer| offer_row(&service, &offer, &query.fields, with_description))))
}
