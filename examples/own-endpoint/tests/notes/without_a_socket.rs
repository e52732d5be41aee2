//! From a call to a request, and from a response to a result.

use offerslook::{Account, Batched, Credentials, Endpoint, Network, Paged, parse};
use own_endpoint::{BatchNotes, ListNotes, Note, SaveNote};

fn sent(call: &impl Endpoint) -> String {
    let credentials = Credentials::affiliate("affiliate@example.com", "key").unwrap();
    let request = Account::new("acme".parse::<Network>().unwrap().into(), credentials).request(call).unwrap();
    let (method, uri) = (request.method(), request.uri());
    format!("{method} {uri} {}", String::from_utf8_lossy(request.body()))
}

#[test]
fn calls_become_requests() {
    let base = "https://acme.api.offerslook.com/aff/v1";
    assert_eq!(
        sent(&SaveNote::new("16".parse().unwrap(), "a \"note\"")),
        format!(r#"PUT {base}/offers/16/note {{"text":"a \"note\""}}"#)
    );
    assert_eq!(
        sent(&BatchNotes::of("16,102".parse().unwrap())),
        format!("GET {base}/batches/offers/notes/16,102 ")
    );
    assert_eq!(sent(&ListNotes::default()), format!("GET {base}/notes "));
    let third = ListNotes::default().at(3.try_into().unwrap(), 40.try_into().unwrap());
    assert_eq!(sent(&third), format!("GET {base}/notes?offset=3&limit=40 "));
}

#[test]
fn answers_become_rows() {
    let note =
        |text: &str| Note { offer_id: "16".parse().unwrap(), text: Some(text.to_owned()), revision: Some(2) };
    let saved = r#"{"code": 0, "data": {"note": {"offer_id": 16, "text": "saved", "revision": 2}}}"#;
    assert_eq!(parse::<SaveNote>(&http::Response::new(saved)).unwrap(), note("saved"));
    // One object instead of a list, and integers as strings, as for the endpoints of the client.
    let many = r#"{"code": "0", "data": {"note": {"offer_id": "16", "text": "many", "revision": "2"}}}"#;
    assert_eq!(parse::<BatchNotes>(&http::Response::new(many)).unwrap().rows, [note("many")]);
    let with_a_bad_one =
        r#"{"code": 0, "data": {"note": [{"offer_id": 0}, {"offer_id": 16, "text": "good"}]}}"#;
    let rows = parse::<BatchNotes>(&http::Response::new(with_a_bad_one)).unwrap();
    assert_eq!(
        (rows.rows[0].text.as_deref(), rows.unusable[0].path.as_str()),
        (Some("good"), "data.note[0].offer_id")
    );
    let refused = r#"{"code": 1001, "message": "no such offer"}"#;
    let error = parse::<SaveNote>(&http::Response::new(refused)).unwrap_err();
    assert!(error.to_string().contains("no such offer"), "{error}");
}
