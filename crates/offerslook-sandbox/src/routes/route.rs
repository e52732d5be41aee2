use std::fmt;

use axum::http::Method;
use serde::{Deserialize, Serialize};

use super::{
    apply, batch_apply, batch_list_offers, batch_tracking_links, caps, create_postback, creatives,
    delete_postback, get_offer, get_postback, list_offers, list_postbacks, offer_postbacks, platforms,
    sub_affiliate_approval, tracking_links, update_postback,
};

/// One of the 17 endpoints, by name. In a file it is written in snake case, such as `batch_tracking_links`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Route {
    /// `GET /aff/v1/offers`
    ListOffers,
    /// `GET /aff/v1/batches/offers`
    BatchListOffers,
    /// `GET /aff/v1/offers/{offer_id}`
    GetOffer,
    /// `POST /aff/v1/offers/{offer_id}/applys`
    Apply,
    /// `POST /aff/v1/batches/offers/applys/{offer_ids}`
    ApplyToOffers,
    /// `GET /aff/v1/offers/{offer_id}/tracking_links`
    TrackingLinks,
    /// `GET /aff/v1/batches/offers/tracking_links/{offer_ids}`
    GetTrackingLinks,
    /// `GET /aff/v1/offers/{offer_id}/postbacks`
    GetOfferPostbacks,
    /// `GET /aff/v1/offers/{offer_id}/creatives`
    Creatives,
    /// `GET /aff/v1/offers/{offer_id}/caps`
    Caps,
    /// `GET /aff/v1/offers/{offer_id}/platforms`
    Platforms,
    /// `POST /aff/v1/offer_postbacks`
    CreatePostback,
    /// `PUT /aff/v1/offer_postbacks/{postback_id}`
    UpdatePostback,
    /// `GET /aff/v1/offer_postbacks`
    ListPostbacks,
    /// `GET /aff/v1/offer_postbacks/{postback_id}`
    GetPostback,
    /// `DELETE /aff/v1/offer_postbacks/{postback_id}`
    DeletePostback,
    /// `GET /aff/v1/sub_affiliate_approval`
    SubAffiliateApproval,
}

impl Route {
    /// Every endpoint, in the order of the reference.
    pub const ALL: [Self; 17] = [
        Self::ListOffers,
        Self::BatchListOffers,
        Self::GetOffer,
        Self::Apply,
        Self::ApplyToOffers,
        Self::TrackingLinks,
        Self::GetTrackingLinks,
        Self::GetOfferPostbacks,
        Self::Creatives,
        Self::Caps,
        Self::Platforms,
        Self::CreatePostback,
        Self::UpdatePostback,
        Self::ListPostbacks,
        Self::GetPostback,
        Self::DeletePostback,
        Self::SubAffiliateApproval,
    ];

    /// The method and the path of the endpoint; a segment in braces stands for any text.
    #[must_use]
    pub const fn request(self) -> (&'static str, &'static str) {
        match self {
            Self::ListOffers => ("GET", list_offers::PATH),
            Self::BatchListOffers => ("GET", batch_list_offers::PATH),
            Self::GetOffer => ("GET", get_offer::PATH),
            Self::Apply => ("POST", apply::PATH),
            Self::ApplyToOffers => ("POST", batch_apply::PATH),
            Self::TrackingLinks => ("GET", tracking_links::PATH),
            Self::GetTrackingLinks => ("GET", batch_tracking_links::PATH),
            Self::GetOfferPostbacks => ("GET", offer_postbacks::PATH),
            Self::Creatives => ("GET", creatives::PATH),
            Self::Caps => ("GET", caps::PATH),
            Self::Platforms => ("GET", platforms::PATH),
            Self::CreatePostback => ("POST", create_postback::PATH),
            Self::UpdatePostback => ("PUT", update_postback::PATH),
            Self::ListPostbacks => ("GET", list_postbacks::PATH),
            Self::GetPostback => ("GET", get_postback::PATH),
            Self::DeletePostback => ("DELETE", delete_postback::PATH),
            Self::SubAffiliateApproval => ("GET", sub_affiliate_approval::PATH),
        }
    }

    /// The endpoint that a request asks for. `HEAD` asks for what `GET` does.
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        let method = if method == Method::HEAD { "GET" } else { method.as_str() };
        Self::ALL.into_iter().find(|route| {
            let (own_method, template) = route.request();
            own_method == method && fits(template, path)
        })
    }

    /// Whether it answers in pages: `rowset`, `totalRows` and so on.
    pub(crate) fn is_listing(self) -> bool {
        matches!(
            self,
            Self::ListOffers | Self::BatchListOffers | Self::ListPostbacks | Self::SubAffiliateApproval
        )
    }

    /// Whether its path ends in ids that are joined with commas.
    pub(crate) fn is_batch(self) -> bool {
        matches!(self, Self::ApplyToOffers | Self::GetTrackingLinks)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

fn fits(template: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    template.split('/').all(|own| {
        segments
            .next()
            .is_some_and(|given| if own.starts_with('{') { !given.is_empty() } else { own == given })
    }) && segments.next().is_none()
}
