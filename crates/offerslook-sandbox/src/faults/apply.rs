use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use tokio::time::sleep;

use super::{
    ActiveFaults, Fault, active::ActiveRule, body, call::Call, document::Document, json,
    replacement_response::replacement_response,
};
use crate::{arguments::MaxIds, connection::Connection};

/// Resets the connection if a rule applies, before anything else looks at the request.
pub(crate) async fn reset_connection(
    State(faults): State<Arc<ActiveFaults>>,
    request: Request,
    next: Next,
) -> Response {
    let is_reset = |fault: &Fault| matches!(fault, Fault::Reset);
    let due = faults.due(request.extensions().get(), is_reset, is_reset);
    if let (Some(rule), Some(connection)) = (due.first(), request.extensions().get::<Connection>()) {
        rule.count_fired();
        let never: Infallible = connection.reset().await;
        match never {}
    }
    next.run(request).await
}

/// Applies all other faults: before the handler, instead of it, and to its response.
pub(crate) async fn apply(
    State(faults): State<Arc<ActiveFaults>>,
    mut request: Request,
    next: Next,
) -> Response {
    let call = Call::of(&request);
    let due = faults.due(
        call.route.as_ref(),
        |fault| !matches!(fault, Fault::Reset),
        |fault| replacement_response(fault, &call).is_some(),
    );
    let connection = request.extensions().get::<Connection>().cloned().unwrap_or_default();

    delay(&due).await;
    // Only the last rule can replace the response: no rule after it is due.
    let replacement = due.last().and_then(|rule| Some((rule, replacement_response(rule.fault(), &call)?)));
    let response = if let Some((rule, response)) = replacement {
        rule.count_fired();
        response
    } else {
        change_request(&mut request, &due, &call);
        next.run(request).await
    };
    let response = change_json(response, &due, &call).await;
    // The cut comes last: it knows that its part has been sent only if no other stream holds it back.
    let (cuts, others): (Vec<_>, Vec<_>) =
        due.into_iter().partition(|rule| matches!(rule.fault(), Fault::CutBody { .. }));
    others.iter().chain(&cuts).fold(response, |response, rule| {
        let (response, is_changed) = body::change(rule.fault(), response, &connection);
        if is_changed {
            rule.count_fired();
        }
        response
    })
}

async fn delay(due: &[Arc<ActiveRule>]) {
    let mut total = Duration::ZERO;
    for rule in due {
        if let Fault::Delay { wait } = rule.fault() {
            total = total.saturating_add(*wait);
            rule.count_fired();
        }
    }
    if !total.is_zero() {
        sleep(total).await;
    }
}

fn change_request(request: &mut Request, due: &[Arc<ActiveRule>], call: &Call) {
    for rule in due {
        match rule.fault() {
            // Counted when the response shows that it is another page.
            Fault::RepeatedPage => call.request_previous_page(request),
            Fault::TruncatedIds { ids } if call.ids.is_some_and(|sent| sent > ids.get()) => {
                let earlier = request.extensions().get::<MaxIds>().map_or(usize::MAX, |MaxIds(ids)| *ids);
                request.extensions_mut().insert(MaxIds(earlier.min(ids.get())));
                rule.count_fired();
            }
            _ => {}
        }
    }
}

/// Applies the faults that change rows and other JSON to a response that is JSON.
async fn change_json(response: Response, due: &[Arc<ActiveRule>], call: &Call) -> Response {
    if !due.iter().any(|rule| json::changes_json(rule.fault())) {
        return response;
    }
    let (head, body) = response.into_parts();
    // The handlers create every body in memory, so that there is no error and no need for a limit.
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let Some(mut document) = Document::parse(&bytes) else {
        return Response::from_parts(head, bytes.into());
    };
    let fired: Vec<_> =
        due.iter().filter(|rule| json::change(rule.fault(), call, &mut document).unwrap_or(false)).collect();
    if fired.is_empty() {
        return Response::from_parts(head, bytes.into());
    }
    for rule in fired {
        rule.count_fired();
    }
    Response::from_parts(head, document.write().into())
}
