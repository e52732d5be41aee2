//! `POST /aff/v1/offer_postbacks`

use serde::Serialize;

use super::{Postback, PostbackCode, PostbackKind, PostbackKindError, PostbackScope};
use crate::{
    affiliate::offers::ConversionProtocol,
    endpoint::{Encoder, Endpoint, Payload, Spec, Verb},
    types::OfferId,
};

/// Creates a postback, for one offer or for all of them.
///
/// Which types of postbacks an offer takes is ruled by its conversion protocol, see
/// [`PostbackKind::taken_with`]. Whether an event's own protocol counts for a postback of that event is
/// unknown, and so is what the API does about a second postback like the first.
///
/// ```
/// use offerslook_core::affiliate::{
///     offer_postbacks::{CreatePostback, PostbackKind},
///     offers::ConversionProtocol,
/// };
///
/// let offer = "5".parse()?;
/// let code = "https://t.example/postback?click={aff_sub1}".parse()?;
/// let call =
///     CreatePostback::for_offer(offer, ConversionProtocol::PostbackUrl, PostbackKind::PostbackUrl, code)?;
/// # let _ = call;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Reference: the part on postbacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreatePostback {
    offer_id: PostbackScope,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_id: Option<u64>,
    code: PostbackCode,
    #[serde(rename = "type")]
    kind: PostbackKind,
}

impl CreatePostback {
    /// A postback for one offer. Give `None` where its conversion protocol is not known: the API knows it.
    ///
    /// # Errors
    /// Where an offer of this protocol does not take postbacks of this kind.
    pub fn for_offer(
        offer_id: OfferId,
        protocol: impl Into<Option<ConversionProtocol>>,
        kind: PostbackKind,
        code: PostbackCode,
    ) -> Result<Self, PostbackKindError> {
        Self::new(PostbackScope::Offer(offer_id), protocol.into(), kind, code)
    }

    /// A global postback: one for all offers.
    ///
    /// # Errors
    /// Where a postback of this kind cannot be created.
    pub fn for_all_offers(kind: PostbackKind, code: PostbackCode) -> Result<Self, PostbackKindError> {
        Self::new(PostbackScope::AllOffers, None, kind, code)
    }

    fn new(
        offer_id: PostbackScope,
        protocol: Option<ConversionProtocol>,
        kind: PostbackKind,
        code: PostbackCode,
    ) -> Result<Self, PostbackKindError> {
        kind.check(protocol)?;
        Ok(Self { offer_id, event_id: None, code, kind })
    }

    /// The same postback, for this event of the offer alone.
    #[must_use]
    pub fn for_event(self, event_id: u64) -> Self {
        Self { event_id: Some(event_id), ..self }
    }
}

impl Endpoint for CreatePostback {
    const SPEC: Spec = Spec::new(
        "create_postback",
        Verb::Post,
        "/aff/v1/offer_postbacks",
        Payload::Object("affiliate_postback"),
    );
    type Output = Postback;

    fn encode(&self, request: &mut Encoder) {
        request.json(self);
    }
}
