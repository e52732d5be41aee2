//! `POST /aff/v1/offer_postbacks`

use serde::Serialize;

use super::{ConversionProtocol, Postback, PostbackCode, PostbackKind, PostbackKindError, PostbackScope};
use crate::{
    endpoint::{Encoder, Endpoint, Payload, Spec, Verb},
    types::OfferId,
};

/// Create a postback, for one offer or for all offers.
///
/// The conversion protocol of an offer determines which kinds of postbacks it accepts: see
/// [`PostbackKind::accepted_with`]. It is not known whether the protocol of an event applies to a postback for that
/// event, and what the API does with a second postback like the first.
///
/// ```
/// use offerslook_core::affiliate::offer_postbacks::{ConversionProtocol, CreatePostback, PostbackKind};
///
/// let offer = "5".parse()?;
/// let code = "https://t.example/postback?click={aff_sub1}".parse()?;
/// let call =
///     CreatePostback::for_offer(offer, ConversionProtocol::PostbackUrl, PostbackKind::PostbackUrl, code)?;
/// # let _ = call;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// See the section *Offer postbacks* of the vendor's API reference.
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
    /// Creates a postback for one offer. Pass `None` if you do not know its conversion protocol: the API checks it.
    ///
    /// # Errors
    /// [`PostbackKindError`] if an offer with this protocol does not accept postbacks of this kind.
    pub fn for_offer(
        offer_id: OfferId,
        protocol: impl Into<Option<ConversionProtocol>>,
        kind: PostbackKind,
        code: PostbackCode,
    ) -> Result<Self, PostbackKindError> {
        Self::new(PostbackScope::Offer(offer_id), protocol.into(), kind, code)
    }

    /// Creates a global postback: one for all offers.
    ///
    /// # Errors
    /// [`PostbackKindError`] if postbacks of this kind cannot be created.
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

    /// Limits the postback to one event of the offer.
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
