//! A network that keeps notes: a local HTTP server.

use std::net::Ipv4Addr;

use axum::{
    Json, Router,
    extract::{Path, RawQuery},
    routing::{get, put},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The last offer with a note. Every seventh has none.
const LAST: u64 = 120;

/// Listens on a free port for as long as the runtime lives, and returns the base URL.
pub(crate) async fn start() -> String {
    let routes = Router::new()
        .route("/aff/v1/offers/{offer_id}/note", put(save))
        .route("/aff/v1/batches/offers/notes/{offer_ids}", get(many))
        .route("/aff/v1/notes", get(page));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, routes).await });
    format!("http://{address}")
}

pub(crate) fn offers_with_a_note() -> impl Iterator<Item = u64> {
    (1..=LAST).filter(|offer_id| offer_id % 7 != 0)
}

fn note(offer_id: u64) -> Value {
    json!({ "offer_id": offer_id, "text": format!("note on {offer_id}"), "revision": "1" })
}

fn success(data: &Value) -> Json<Value> {
    Json(json!({ "code": 0, "message": "Success", "data": data }))
}

async fn save(Path(offer_id): Path<u64>, Json(body): Json<Value>) -> Json<Value> {
    success(&json!({ "note": { "offer_id": offer_id, "text": body["text"], "revision": 2 } }))
}

async fn many(Path(offer_ids): Path<String>) -> Json<Value> {
    let asked: Vec<u64> = offer_ids.split(',').map(|id| id.parse().unwrap()).collect();
    let notes: Vec<_> = offers_with_a_note().filter(|id| asked.contains(id)).map(note).collect();
    success(&json!({ "note": notes }))
}

async fn page(RawQuery(query): RawQuery) -> Json<Value> {
    let query = query.unwrap();
    let (offset, limit) = query.strip_prefix("offset=").unwrap().split_once("&limit=").unwrap();
    let (offset, limit): (usize, usize) = (offset.parse().unwrap(), limit.parse().unwrap());
    let notes: Vec<_> = offers_with_a_note().map(note).collect();
    let pages: Vec<_> = notes.chunks(limit).collect();
    success(&json!({
        "rowset": pages[offset - 1],
        "totalPages": pages.len(),
        "totalRows": notes.len(),
        "offset": offset,
        "limit": limit,
    }))
}
