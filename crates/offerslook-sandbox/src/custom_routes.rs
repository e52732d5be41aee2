use axum::{
    body::Bytes,
    http::{Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::de::IgnoredAny;

use crate::{Route, RouteError, envelope::Failure};

/// The custom routes of a sandbox, with the JSON that each serves.
#[derive(Debug, Clone, Default)]
pub(crate) struct CustomRoutes(Vec<(Route, Bytes)>);

impl CustomRoutes {
    pub(crate) fn add(&mut self, method: &str, path: &str, json: String) -> Result<(), RouteError> {
        let route = Route::custom(method, path)?;
        serde_json::from_str::<IgnoredAny>(&json)
            .map_err(|error| RouteError::Json { line: error.line(), column: error.column() })?;
        let own = self.0.iter().map(|(route, _)| route);
        if let Some(other) = Route::ENDPOINTS.iter().chain(own).find(|other| other.overlaps(&route)) {
            return Err(RouteError::Overlap { route: other.clone() });
        }
        self.0.push((route, json.into()));
        Ok(())
    }

    /// Returns whether the sandbox has a route: every endpoint, and the custom ones that were added.
    pub(crate) fn has(&self, route: &Route) -> bool {
        !matches!(route, Route::Custom(_)) || self.0.iter().any(|(own, _)| own == route)
    }

    /// Returns the route of a request, endpoints included.
    pub(crate) fn route_of(&self, method: &Method, path: &str) -> Option<Route> {
        self.all().find(|route| route.matches(method, path)).cloned()
    }

    /// Returns the response of a custom route; `None` for a request that has to go to an endpoint.
    pub(crate) fn respond(&self, method: &Method, path: &str) -> Option<Response> {
        if let Some((_, json)) = self.0.iter().find(|(route, _)| route.matches(method, path)) {
            return Some(([(header::CONTENT_TYPE, "application/json")], json.clone()).into_response());
        }
        let is_wrong_method = self.0.iter().any(|(route, _)| route.matches_path(path))
            && !self.all().any(|route| route.matches(method, path));
        is_wrong_method.then(|| {
            let mut methods: Vec<_> =
                self.all().filter(|route| route.matches_path(path)).map(|route| route.request().0).collect();
            if methods.contains(&"GET") {
                methods.push("HEAD");
            }
            let allow = [(header::ALLOW, methods.join(","))];
            (StatusCode::METHOD_NOT_ALLOWED, allow, Failure::method_not_allowed()).into_response()
        })
    }

    fn all(&self) -> impl Iterator<Item = &Route> {
        Route::ENDPOINTS.iter().chain(self.0.iter().map(|(route, _)| route))
    }
}
