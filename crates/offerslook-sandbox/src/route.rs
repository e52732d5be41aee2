use std::{fmt, str::FromStr};

use axum::http::Method;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

macro_rules! endpoints {
    ($($variant:ident $name:literal $method:literal $path:literal)*) => {
        /// A route of the sandbox: one of the 17 endpoints, or a
        /// [custom route](crate::SandboxConfig::route).
        ///
        /// Fault files and the log of arrivals write an endpoint by its name in snake case, such as
        /// `get_tracking_links`, and a custom route by method and path, such as
        /// `GET /aff/v1/things/{id}`.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Route {
            $(#[doc = concat!("`", $method, " ", $path, "`")] $variant,)*
            /// A route that [`SandboxConfig::route`](crate::SandboxConfig::route) added.
            Custom(CustomRoute),
        }

        impl Route {
            /// Every endpoint, in the order of the reference.
            pub const ENDPOINTS: &'static [Self] = &[$(Self::$variant),*];

            const NAMES: &'static [&'static str] = &[$($name),*];

            /// Returns the method and the path template; `{name}` stands for any one segment.
            #[must_use]
            pub fn request(&self) -> (&'static str, &str) {
                match self {
                    $(Self::$variant => ($method, $path),)*
                    Self::Custom(route) => (route.method, &route.path),
                }
            }
        }

        impl fmt::Display for Route {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$variant => f.write_str($name),)*
                    Self::Custom(route) => write!(f, "{} {}", route.method, route.path),
                }
            }
        }
    };
}

endpoints! {
    ListOffers "list_offers" "GET" "/aff/v1/offers"
    ListBatchOffers "list_batch_offers" "GET" "/aff/v1/batches/offers"
    GetOffer "get_offer" "GET" "/aff/v1/offers/{offer_id}"
    ApplyToOffer "apply_to_offer" "POST" "/aff/v1/offers/{offer_id}/applys"
    ApplyToOffers "apply_to_offers" "POST" "/aff/v1/batches/offers/applys/{offer_ids}"
    GetOfferTrackingLink "get_offer_tracking_link" "GET" "/aff/v1/offers/{offer_id}/tracking_links"
    GetTrackingLinks "get_tracking_links" "GET" "/aff/v1/batches/offers/tracking_links/{offer_ids}"
    GetOfferPostbacks "get_offer_postbacks" "GET" "/aff/v1/offers/{offer_id}/postbacks"
    GetOfferCreatives "get_offer_creatives" "GET" "/aff/v1/offers/{offer_id}/creatives"
    GetOfferCaps "get_offer_caps" "GET" "/aff/v1/offers/{offer_id}/caps"
    GetOfferPlatforms "get_offer_platforms" "GET" "/aff/v1/offers/{offer_id}/platforms"
    CreatePostback "create_postback" "POST" "/aff/v1/offer_postbacks"
    UpdatePostback "update_postback" "PUT" "/aff/v1/offer_postbacks/{postback_id}"
    ListPostbacks "list_postbacks" "GET" "/aff/v1/offer_postbacks"
    GetPostback "get_postback" "GET" "/aff/v1/offer_postbacks/{postback_id}"
    DeletePostback "delete_postback" "DELETE" "/aff/v1/offer_postbacks/{postback_id}"
    ListSubAffiliateRules "list_sub_affiliate_rules" "GET" "/aff/v1/sub_affiliate_approval"
}

/// The method and path template of a custom route. [`Route::custom`] creates it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomRoute {
    method: &'static str,
    path: String,
}

/// Why a custom route is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RouteError {
    /// The method is not one of GET, POST, PUT, PATCH and DELETE.
    Method {
        /// The invalid method.
        method: String,
    },
    /// The path is not a template such as `/aff/v1/things/{id}`, or belongs to the
    /// [control API](crate#control).
    Path {
        /// The invalid path.
        path: String,
    },
    /// The response is not JSON.
    Json {
        /// The line of the mistake, from 1.
        line: usize,
        /// The column of the mistake, from 1; 0 at the end of a line.
        column: usize,
    },
    /// Another route matches some of the same requests.
    Overlap {
        /// The other route.
        route: Route,
    },
}

impl Route {
    /// Creates the route of a method and a path template, for [`Rule::on`](crate::Rule::on).
    ///
    /// # Errors
    /// [`RouteError::Method`] for an unsupported method, [`RouteError::Path`] for an invalid template.
    pub fn custom(method: &str, path: &str) -> Result<Self, RouteError> {
        let known = METHODS.into_iter().find(|known| *known == method);
        let method = known.ok_or_else(|| RouteError::Method { method: method.to_owned() })?;
        let is_template = path.strip_prefix('/').is_some_and(|path| path.split('/').all(is_segment));
        if is_template && !format!("{path}/").starts_with("/sandbox/v1/") {
            Ok(Self::Custom(CustomRoute { method, path: path.to_owned() }))
        } else {
            Err(RouteError::Path { path: path.to_owned() })
        }
    }

    /// Returns whether a request has this route. `HEAD` counts as `GET`.
    pub(crate) fn matches(&self, method: &Method, path: &str) -> bool {
        let method = if method == Method::HEAD { "GET" } else { method.as_str() };
        self.request().0 == method && self.matches_path(path)
    }

    pub(crate) fn matches_path(&self, path: &str) -> bool {
        let mut sent = path.split('/');
        self.request().1.split('/').all(|own| {
            sent.next().is_some_and(|sent| if is_placeholder(own) { !sent.is_empty() } else { own == sent })
        }) && sent.next().is_none()
    }

    /// Returns whether some request has both routes.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let ((method, own), (other_method, other)) = (self.request(), other.request());
        let overlap =
            |(own, other): (&str, &str)| own == other || is_placeholder(own) || is_placeholder(other);
        method == other_method
            && own.split('/').count() == other.split('/').count()
            && own.split('/').zip(other.split('/')).all(overlap)
    }

    /// Returns whether the response is a page: `rowset`, `totalRows` and so on.
    pub(crate) fn is_listing(&self) -> bool {
        use Route::{ListBatchOffers, ListOffers, ListPostbacks, ListSubAffiliateRules};
        matches!(self, ListOffers | ListBatchOffers | ListPostbacks | ListSubAffiliateRules)
    }

    pub(crate) fn is_batch(&self) -> bool {
        matches!(self, Self::ApplyToOffers | Self::GetTrackingLinks)
    }
}

fn is_placeholder(segment: &str) -> bool {
    segment.starts_with('{')
}

/// Returns whether a segment of a template is plain text or a whole placeholder.
fn is_segment(segment: &str) -> bool {
    let name = segment.strip_prefix('{').map(|rest| rest.strip_suffix('}').unwrap_or_default());
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_plain = |byte: u8| is_name(byte) || b"-.~,".contains(&byte);
    match name {
        Some(name) => !name.is_empty() && name.bytes().all(is_name),
        None => !segment.is_empty() && segment.bytes().all(is_plain),
    }
}

impl FromStr for Route {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((method, path)) = text.split_once(' ') {
            return Self::custom(method, path).map_err(|error| error.to_string());
        }
        let place = Self::NAMES.iter().position(|name| *name == text);
        place
            .and_then(|place| Self::ENDPOINTS.get(place))
            .cloned()
            .ok_or_else(|| format!("unknown route `{text}`, expected one of `{}`", Self::NAMES.join("`, `")))
    }
}

impl Serialize for Route {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Route {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method { method } => {
                write!(f, "the method `{method}` is not one of {}", METHODS.join(", "))
            }
            Self::Path { path } => {
                write!(f, "the path `{path}` is not a template such as /aff/v1/things/{{id}}")?;
                f.write_str(", or it belongs to the control API")
            }
            Self::Json { line, column } => {
                write!(f, "the response of the route is not JSON: see line {line}, column {column}")
            }
            Self::Overlap { route } => {
                let (method, path) = route.request();
                write!(
                    f,
                    "the sandbox already has the route {method} {path}, which matches the same requests"
                )
            }
        }
    }
}

impl std::error::Error for RouteError {}
