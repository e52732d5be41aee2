//! One call, any number of ids, and all pages, with either client.

use offerslook::{Account, BaseUrl, Credentials, Error, IdError, OfferId, hyper, ureq};
use own_endpoint::{BatchNotes, ListNotes, Note, SaveNote};
use tokio::runtime::Runtime;

use crate::server;

const TEXT: &str = "paused until May";

fn account(base_url: &str) -> Account {
    let credentials = Credentials::affiliate("affiliate@example.com", "key").unwrap();
    Account::new(base_url.parse::<BaseUrl>().unwrap(), credentials)
}

fn save() -> SaveNote {
    SaveNote::new("16".parse().unwrap(), TEXT)
}

fn asked() -> Vec<OfferId> {
    (1..=130).rev().filter_map(OfferId::new).collect()
}

fn with_a_note() -> Vec<OfferId> {
    server::offers_with_a_note().filter_map(OfferId::new).collect()
}

#[test]
fn blocking() {
    let runtime = Runtime::new().unwrap();
    let client = ureq::Client::new(account(&runtime.block_on(server::start()))).unwrap();

    check_saved(&client.send(&save()).unwrap());
    check_batch(client.run(client.jobs().batch::<BatchNotes, _>(asked())).collect());
    check_listing(client.run(client.jobs().listing(ListNotes::default())).collect());
}

#[test]
fn concurrent() {
    Runtime::new().unwrap().block_on(async {
        let client = hyper::Client::new(account(&server::start().await)).unwrap();

        check_saved(&client.send(&save()).await.unwrap());

        let mut batch = client.run(client.jobs().batch::<BatchNotes, _>(asked()));
        let mut items = Vec::new();
        while let Some(item) = batch.next().await {
            items.push(item);
        }
        check_batch(items);

        let mut listing = client.run(client.jobs().listing(ListNotes::default()));
        let mut rows = Vec::new();
        while let Some(row) = listing.next().await {
            rows.push(row);
        }
        check_listing(rows);
    });
}

fn check_saved(note: &Note) {
    assert_eq!((note.offer_id.get(), note.text.as_deref(), note.revision), (16, Some(TEXT), Some(2)));
}

/// Every id has its outcome, in order.
#[expect(clippy::type_complexity, reason = "the items of a batch, spelled out as a user sees them")]
fn check_batch(items: Vec<Result<(OfferId, Result<Note, IdError>), Error>>) {
    let with_a_note = with_a_note();
    let mut asked = asked().into_iter();
    for item in items {
        let (id, note) = item.unwrap();
        assert_eq!(Some(id), asked.next());
        match note {
            Ok(note) => assert_eq!(note.text, Some(format!("note on {id}"))),
            Err(IdError::NoRow) => assert!(!with_a_note.contains(&id), "{id}"),
            Err(other) => panic!("{id}: {other}"),
        }
    }
    assert_eq!(asked.next(), None);
}

/// All rows, in the order of the list, and nothing that says that some are missing.
fn check_listing(rows: Vec<Result<Note, Error>>) {
    let offers: Vec<_> = rows.into_iter().map(|row| row.unwrap().offer_id).collect();
    assert_eq!(offers, with_a_note());
}
