use axum::{extract::Request, http::Uri};
use form_urlencoded::{Serializer, parse};

use crate::{Route, text::decimal};

/// What the faults need to know of a request.
pub(super) struct Call {
    pub(super) route: Option<Route>,
    pub(super) ids: Option<usize>,
    /// The page number; `None` unless it is a call of a listing.
    pub(super) page: Option<u64>,
}

impl Call {
    pub(super) fn of(request: &Request) -> Self {
        let route = request.extensions().get::<Route>().cloned();
        let uri = request.uri();
        Self {
            ids: route.as_ref().filter(|route| route.is_batch()).map(|_| count_ids(uri.path())),
            page: route.as_ref().filter(|route| route.is_listing()).map(|_| page(uri).unwrap_or(1)),
            route,
        }
    }

    /// Changes a request so that it asks for the page before; page 1 stays.
    pub(super) fn request_previous_page(&self, request: &mut Request) {
        let Some(previous) = self.page.and_then(|page| page.checked_sub(1)).filter(|page| *page > 0) else {
            return;
        };
        let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
        let pairs = parse(query.as_bytes()).map(|(name, value)| {
            if name == "offset" { (name, previous.to_string().into()) } else { (name, value) }
        });
        let changed = format!("{path}?{}", Serializer::new(String::new()).extend_pairs(pairs).finish());
        if let Ok(uri) = changed.parse() {
            *request.uri_mut() = uri;
        }
    }
}

/// Counts the ids at the end of a path. A comma may be percent-encoded.
fn count_ids(path: &str) -> usize {
    let ids = path.rsplit('/').next().unwrap_or_default();
    ids.matches(',').count() + ids.to_ascii_lowercase().matches("%2c").count() + 1
}

/// Returns the page number of a query, `offset`.
fn page(uri: &Uri) -> Option<u64> {
    let (_, number) = parse(uri.query()?.as_bytes()).find(|(name, _)| name == "offset")?;
    decimal(&number)
}
