use std::sync::Arc;

use axum::extract::State;

use super::arguments::JsonBody;
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    offers::ConversionProtocol,
    postbacks::{NewPostback, PostbackType},
    service::Service,
};

pub(super) use super::list_postbacks::PATH;

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    mut body: JsonBody,
) -> Result<Success<Object>, Failure> {
    let offer_id = body.required_integer("offer_id")?;
    let event_id = body.integer("event_id")?;
    let code = body.required_text("code")?;
    let r#type = body.required_integer("type")?;
    body.finish()?;
    let r#type = PostbackType::taken(r#type, conversion_protocol(&service, offer_id)?)?;
    r#type.check(&code)?;
    let postback = service.postbacks.create(NewPostback { offer_id, event_id, code, r#type })?;
    Ok(Success::new("affiliate_postback", postback))
}

/// How conversions of the offer are told; `None` for all offers together, which have id 0.
fn conversion_protocol(service: &Service, offer_id: u64) -> Result<Option<ConversionProtocol>, Failure> {
    if offer_id == 0 {
        return Ok(None);
    }
    let offer = service.offers.visible(offer_id).ok_or_else(|| {
        Failure::bad_request("offer_id names no offer that you may see; 0 is all offers together.")
    })?;
    Ok(Some(offer.whole().conversion_protocol))
}
