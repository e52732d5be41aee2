use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    http::Uri,
    middleware::Next,
    response::Response,
};
use form_urlencoded::{Serializer, parse};
use tokio::time::sleep;

use super::{Fault, active::ActiveRule, body, document::Document, instead, rows};
use crate::{Route, connection::Connection, decimal::decimal, service::Service};

/// What the faults want to know of a request.
pub(super) struct Asked {
    /// How many ids the call carries; `None` if it is no batch call.
    pub(super) ids: Option<usize>,
    /// The page of a listing; `None` if it is no listing.
    pub(super) page: Option<u64>,
}

impl Asked {
    fn of(route: Option<Route>, uri: &Uri) -> Self {
        Self {
            ids: route.filter(|route| route.is_batch()).map(|_| count_ids(uri.path())),
            page: route.filter(|route| route.is_listing()).map(|_| page(uri).unwrap_or(1)),
        }
    }
}

/// Breaks off connections, before anything else is looked at.
pub(crate) async fn reset_connections(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    let route = Route::of(request.method(), request.uri().path());
    let is_reset = |fault: &Fault| matches!(fault, Fault::Reset);
    let due = service.faults.reach(route, is_reset, is_reset);
    if let (Some(rule), Some(connection)) = (due.first(), request.extensions().get::<Connection>()) {
        rule.fires();
        let never: Infallible = connection.reset().await;
        match never {}
    }
    next.run(request).await
}

/// Carries out all other faults: before the work, in place of it, and on its answer.
pub(crate) async fn apply(State(service): State<Arc<Service>>, mut request: Request, next: Next) -> Response {
    let route = Route::of(request.method(), request.uri().path());
    let asked = Asked::of(route, request.uri());
    let due = service.faults.reach(
        route,
        |fault| !matches!(fault, Fault::Reset),
        |fault| instead::answer(fault, &asked).is_some(),
    );
    let connection = request.extensions().get::<Connection>().cloned().unwrap_or_default();

    delay(&due).await;
    // Only the last can answer: nothing is due after it.
    let instead = due.last().and_then(|rule| Some((rule, instead::answer(rule.fault(), &asked)?)));
    let response = if let Some((rule, response)) = instead {
        rule.fires();
        response
    } else {
        if due.iter().any(|rule| matches!(rule.fault(), Fault::RepeatedPage)) {
            ask_for_page_before(&mut request, &asked);
        }
        next.run(request).await
    };
    let response = change_document(response, &due, &asked).await;
    // A cut knows when its part has gone out only if nothing else holds the part back.
    let (cuts, others): (Vec<_>, Vec<_>) =
        due.into_iter().partition(|rule| matches!(rule.fault(), Fault::CutBody { .. }));
    others.iter().chain(&cuts).fold(response, |response, rule| {
        let (response, is_changed) = body::change(rule.fault(), response, &connection);
        if is_changed {
            rule.fires();
        }
        response
    })
}

async fn delay(due: &[Arc<ActiveRule>]) {
    let mut whole = Duration::ZERO;
    for rule in due {
        if let Fault::Delay { wait } = rule.fault() {
            whole = whole.saturating_add(*wait);
            rule.fires();
        }
    }
    if !whole.is_zero() {
        sleep(whole).await;
    }
}

/// Lets the faults that change rows and other JSON have their way with an answer that is JSON.
async fn change_document(response: Response, due: &[Arc<ActiveRule>], asked: &Asked) -> Response {
    if !due.iter().any(|rule| rows::is_about_json(rule.fault())) {
        return response;
    }
    let (head, body) = response.into_parts();
    // Our own routes made it, in memory and of a size that fits; there is nothing to limit or to fail.
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let Some(mut document) = Document::read(&bytes) else {
        return Response::from_parts(head, bytes.into());
    };
    let fired: Vec<_> =
        due.iter().filter(|rule| rows::change(rule.fault(), asked, &mut document).unwrap_or(false)).collect();
    if fired.is_empty() {
        return Response::from_parts(head, bytes.into());
    }
    for rule in fired {
        rule.fires();
    }
    Response::from_parts(head, document.write().into())
}

/// The ids at the end of a path. A comma may come percent-encoded.
fn count_ids(path: &str) -> usize {
    let ids = path.rsplit('/').next().unwrap_or_default();
    ids.matches(',').count() + ids.to_ascii_lowercase().matches("%2c").count() + 1
}

/// The page that a query asks for: `offset` counts pages, from 1.
fn page(uri: &Uri) -> Option<u64> {
    let (_, number) = parse(uri.query()?.as_bytes()).find(|(name, _)| name == "offset")?;
    decimal(&number)
}

/// Changes the page in the query of a request. There is none before the first.
fn ask_for_page_before(request: &mut Request, asked: &Asked) {
    let Some(before) = asked.page.and_then(|page| page.checked_sub(1)).filter(|before| *before > 0) else {
        return;
    };
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let pairs = parse(query.as_bytes()).map(|(name, value)| {
        if name == "offset" { (name, before.to_string().into()) } else { (name, value) }
    });
    let changed = format!("{path}?{}", Serializer::new(String::new()).extend_pairs(pairs).finish());
    if let Ok(uri) = changed.parse() {
        *request.uri_mut() = uri;
    }
}
