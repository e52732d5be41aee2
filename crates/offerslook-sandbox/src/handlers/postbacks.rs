use axum::extract::State;

use super::Shared;
use crate::{
    arguments::{OfferId, PostbackId},
    envelope::{Failure, Success},
    json_body::JsonBody,
    listing::{Object, Page, Parameters},
    offers::{ConversionProtocol, Offers},
    postbacks::{LIST, NewPostback, PostbackType},
};

pub(super) async fn get_offer_postbacks(
    State(state): Shared,
    OfferId(id): OfferId,
) -> Result<Success<Vec<Object>>, Failure> {
    let offer = state.offers.visible(id)?;
    Ok(Success::new("postback", state.postbacks.of_offer(offer.id)))
}

pub(super) async fn create_postback(
    State(state): Shared,
    mut body: JsonBody,
) -> Result<Success<Object>, Failure> {
    let offer_id = body.required_integer("offer_id")?;
    let event_id = body.integer("event_id")?;
    let code = body.required_text("code")?;
    let r#type = body.required_integer("type")?;
    body.finish()?;
    let r#type = PostbackType::for_protocol(r#type, conversion_protocol(&state.offers, offer_id)?)?;
    r#type.check(&code)?;
    let postback = state.postbacks.create(NewPostback { offer_id, event_id, code, r#type })?;
    Ok(Success::new("affiliate_postback", postback))
}

/// Returns the conversion protocol of an offer; `None` for id 0, which stands for all offers.
fn conversion_protocol(offers: &Offers, offer_id: u64) -> Result<Option<ConversionProtocol>, Failure> {
    if offer_id == 0 {
        return Ok(None);
    }
    let message = "offer_id is not the id of an offer that you may see; 0 stands for all offers.";
    let offer = offers.visible(offer_id).map_err(|_| Failure::bad_request(message))?;
    Ok(Some(offer.details().conversion_protocol))
}

pub(super) async fn update_postback(
    State(state): Shared,
    PostbackId(id): PostbackId,
    mut body: JsonBody,
) -> Result<Success<Object>, Failure> {
    let code = body.required_text("code")?;
    body.finish()?;
    Ok(Success::new("affiliate_postback", state.postbacks.update(id, code)?))
}

pub(super) async fn list_postbacks(
    State(state): Shared,
    parameters: Parameters,
) -> Result<Success<Page<Object>>, Failure> {
    Ok(Success::whole(state.postbacks.page(&LIST.query(parameters)?)))
}

pub(super) async fn get_postback(
    State(state): Shared,
    PostbackId(id): PostbackId,
) -> Result<Success<Object>, Failure> {
    Ok(Success::new("affiliate_postback", state.postbacks.get(id)?))
}

/// Responds with an empty `data`, which a PHP back end writes as `[]`.
pub(super) async fn delete_postback(
    State(state): Shared,
    PostbackId(id): PostbackId,
) -> Result<Success<[(); 0]>, Failure> {
    state.postbacks.delete(id)?;
    Ok(Success::whole([]))
}
