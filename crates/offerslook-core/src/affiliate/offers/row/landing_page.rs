use serde::{Deserialize, Serialize};

use crate::types::{Link, open::string_enum, tolerant};

/// A landing page of an offer, with the tracking link that leads to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LandingPage {
    /// The kind of page.
    #[serde(default, rename = "type")]
    pub kind: Option<LandingPageKind>,
    /// Its name. The default and the random page have none.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The tracking link that leads to it.
    #[serde(default)]
    pub tracking_link: Link,
    /// The URL of the page itself. The random page has none.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub preview_url: Option<String>,
}

string_enum! {
    /// The kinds of landing pages.
    pub enum LandingPageKind {
        /// The page that the plain tracking link leads to.
        Default = "Default",
        /// A page chosen at random for each click.
        Random = "Random",
        /// Another page of the offer.
        OfferUrl = "Offer URL",
    }
}
