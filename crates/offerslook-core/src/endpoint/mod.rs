//! What a call of the API is: its constant properties ([`Spec`]), and how its values become a request.

mod batched;
mod encoder;
mod paged;
mod rows;
mod spec;

pub use batched::Batched;
pub(crate) use encoder::Encoded;
pub use encoder::Encoder;
pub use paged::{Page, Paged};
pub use rows::{Rows, UnusableRow};
pub use spec::{Payload, Spec, Verb};

/// A call of the API. To add one, write one file with a struct, the rows of its response, and this impl.
///
/// ```
/// use offerslook_core::{Encoder, Endpoint, OfferId, Payload, Spec};
///
/// /// `GET /aff/v1/offers/{offer_id}/caps`
/// struct OfferCap(OfferId);
///
/// #[derive(serde::Deserialize)]
/// struct Cap {
///     cap_timezone: String,
/// }
///
/// impl Endpoint for OfferCap {
///     const SPEC: Spec =
///         Spec::get("offer_cap", "/aff/v1/offers/{offer_id}/caps", Payload::Object("offer_cap"));
///     type Output = Cap;
///
///     fn encode(&self, request: &mut Encoder) {
///         request.path(self.0);
///     }
/// }
/// ```
pub trait Endpoint {
    /// The constant properties of the call.
    const SPEC: Spec;

    /// What the response decodes to.
    type Output: serde::de::DeserializeOwned;

    /// Puts the values of the call into the request: path arguments in the order of the template, query parameters, a
    /// JSON body.
    fn encode(&self, request: &mut Encoder);
}
