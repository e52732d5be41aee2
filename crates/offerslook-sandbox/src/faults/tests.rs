//! Faults on answers that no route gives.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{Request, Uri},
    middleware::from_fn_with_state,
};
use tower_service::Service as _;

use super::{Fault, Faults, Rule, apply};
use crate::{SandboxConfig, service::Service};

/// Asks a router that has these faults, and of which every path answers what `answer` says.
async fn ask(faults: &[Fault], path: &str, answer: fn(&Uri) -> String) -> (String, Vec<u64>) {
    let faults = faults.iter().cloned().map(Rule::new).fold(Faults::default(), Faults::rule);
    let service = Arc::new(Service::new(SandboxConfig::default().faults(faults)).unwrap());
    let mut router: Router = Router::new()
        .fallback(async move |uri: Uri| answer(&uri))
        .layer(from_fn_with_state(Arc::clone(&service), apply));
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = router.call(request).await.unwrap();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (String::from_utf8(body.to_vec()).unwrap(), service.faults.listing().1)
}

#[tokio::test]
async fn what_is_no_envelope_stays_as_it_is() {
    let faults = [Fault::DuplicateRows, Fault::IdsAsStrings, Fault::EscapedSlashes];
    let answers: [fn(&Uri) -> String; 3] = [|_| "a/b".to_owned(), |_| "[1, 2]".to_owned(), |_| String::new()];
    for answer in answers {
        let (text, fired) = ask(&faults, "/aff/v1/batches/offers", answer).await;
        assert_eq!((text, fired), (answer(&Uri::default()), vec![0, 0, 0]));
    }
}

#[tokio::test]
async fn slashes_that_are_escaped_already_stay_so() {
    let (text, _) = ask(&[Fault::EscapedSlashes], "/", |_| r#"{"a":"/ \/ \\/ \\\/"}"#.to_owned()).await;
    assert_eq!(text, r#"{"a":"\/ \/ \\\/ \\\/"}"#);
}
