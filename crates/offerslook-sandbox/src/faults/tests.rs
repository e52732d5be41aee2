//! Faults on answers of shapes that are easiest made by hand: pages, and rows with ids of more than one kind.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{Request, Uri},
    middleware::from_fn_with_state,
};
use serde_json::Value;
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

/// A page of a listing of five rows, two on a page.
fn page(uri: &Uri) -> String {
    let offset =
        uri.query().and_then(|query| query.rsplit_once("offset=")?.1.split('&').next()?.parse().ok());
    let offset: u64 = offset.unwrap_or(1);
    let rows: Vec<_> =
        (offset * 2 - 1..=5).take(2).map(|id| format!(r#"{{"id":{id},"offer_id":0}}"#)).collect();
    format!(
        r#"{{"code":0,"message":"Success","data":{{"rowset":[{}],"totalPages":3,"totalRows":5,"offset":{offset},"limit":2}}}}"#,
        rows.join(",")
    )
}

async fn listed(faults: &[Fault], query: &str) -> (Vec<u64>, [u64; 4], Vec<u64>) {
    let (text, fired) = ask(faults, &format!("/aff/v1/offer_postbacks{query}"), page).await;
    let data = &serde_json::from_str::<Value>(&text).unwrap()["data"];
    let ids = data["rowset"].as_array().unwrap().iter().map(|row| row["id"].as_u64().unwrap()).collect();
    (ids, ["totalPages", "totalRows", "offset", "limit"].map(|name| data[name].as_u64().unwrap()), fired)
}

#[tokio::test]
async fn a_repeated_page_has_the_rows_of_the_page_before() {
    let fault = [Fault::RepeatedPage];
    assert_eq!(listed(&fault, "").await, (vec![1, 2], [3, 5, 1, 2], vec![0]));
    assert_eq!(listed(&fault, "?offset=1").await, (vec![1, 2], [3, 5, 1, 2], vec![0]));
    assert_eq!(listed(&fault, "?offset=2").await, (vec![1, 2], [3, 5, 2, 2], vec![1]));
    assert_eq!(listed(&fault, "?limit=2&offset=3&sort=id").await, (vec![3, 4], [3, 5, 3, 2], vec![1]));
    assert_eq!(listed(&fault, "?offset=x").await.2, [0]);
}

#[tokio::test]
async fn totals_move_between_pages() {
    let fault = [Fault::MovingTotals];
    assert_eq!(listed(&fault, "").await, (vec![1, 2], [3, 5, 1, 2], vec![0]));
    assert_eq!(listed(&fault, "?offset=2").await, (vec![3, 4], [4, 7, 2, 2], vec![1]));
    assert_eq!(listed(&fault, "?offset=3").await, (vec![5], [3, 5, 3, 2], vec![0]));
}

#[tokio::test]
async fn both_faults_of_pages_go_together() {
    let faults = [Fault::MovingTotals, Fault::RepeatedPage];
    assert_eq!(listed(&faults, "?offset=2").await, (vec![1, 2], [4, 7, 2, 2], vec![1, 1]));
}

#[tokio::test]
async fn rows_of_a_page_are_rows() {
    assert_eq!(listed(&[Fault::DuplicateRows], "").await.0, [1, 1, 2, 2]);
    assert_eq!(listed(&[Fault::RowLimit { rows: 1 }], "").await, (vec![1], [3, 5, 1, 2], vec![1]));
    assert_eq!(listed(&[Fault::ExtraRows { ids: vec![99] }], "").await.0, [1, 2, 99]);
}

#[tokio::test]
async fn every_id_of_a_row_becomes_a_string_but_not_the_numbers_of_the_page() {
    let (text, _) = ask(&[Fault::IdsAsStrings], "/aff/v1/offer_postbacks?offset=3", page).await;
    assert_eq!(
        text,
        page(&Uri::from_static("/?offset=3")).replace("5,\"offer_id\":0}", "\"5\",\"offer_id\":\"0\"}")
    );
}

#[tokio::test]
async fn an_offer_in_a_list_has_its_id_one_level_down() {
    let offers = |_: &Uri| {
        r#"{"code":0,"data":{"rowset":[{"offer":{"id":41,"url":"a/b","app_id":null},"offer_geo":{"target":[{"id":7,"region_ids":[1]}]}}],"offset":1}}"#
            .to_owned()
    };
    let (text, fired) = ask(
        &[Fault::ExtraRows { ids: vec![9] }, Fault::IdsAsStrings, Fault::EscapedSlashes],
        "/aff/v1/batches/offers",
        offers,
    )
    .await;
    let row = |id| {
        format!(
            r#"{{"offer":{{"id":"{id}","url":"a\/b","app_id":null}},"offer_geo":{{"target":[{{"id":"7","region_ids":[1]}}]}}}}"#
        )
    };
    assert_eq!(text, format!(r#"{{"code":0,"data":{{"rowset":[{},{}],"offset":1}}}}"#, row(41), row(9)));
    assert_eq!(fired, [1, 1, 1]);
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
