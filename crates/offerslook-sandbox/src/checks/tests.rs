use std::{
    num::NonZeroU32,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    middleware::from_fn_with_state,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use tower_service::Service as _;

use super::*;
use crate::{SandboxConfig, arrivals::Arrived};

#[tokio::test]
async fn the_quota_goes_by_when_calls_arrived_not_by_when_they_were_checked() {
    const WINDOW: Duration = Duration::from_hours(1);
    const MOMENT: Duration = Duration::from_nanos(1);
    let two = NonZeroU32::MIN.saturating_add(1);
    let service = Arc::new(Service::new(SandboxConfig::default().quota(two, WINDOW)).unwrap());
    let account = format!("{}:{}", service.account.email(), service.account.api_key());
    let authorization = format!("Basic {}", STANDARD.encode(account));
    let mut router: Router = Router::new()
        .fallback(async || StatusCode::OK)
        .layer(from_fn_with_state(Arc::clone(&service), require));

    let start = Instant::now();
    let mut statuses = Vec::new();
    for after in [Duration::ZERO, WINDOW / 2, WINDOW.saturating_sub(MOMENT), WINDOW, WINDOW, WINDOW * 3 / 2] {
        let request = Request::get("/")
            .header(header::AUTHORIZATION, &authorization)
            .extension(Arrived(start + after))
            .body(Body::empty());
        statuses.push(router.call(request.unwrap()).await.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 429, 200, 429, 200]);
}
