//! The loop on reqwest that people write.

use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use offerslook_bench::peer::{self, Answer, IN_FLIGHT, Row, Work, links};
use reqwest::{Client, header::AUTHORIZATION};

#[tokio::main]
async fn main() -> Result<()> {
    let work = Work::from_args()?;
    // The one cryptography library of this workspace; reqwest is built without a default.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::new();
    let mut answers = stream::iter(work.urls()).map(|url| get(&client, url)).buffer_unordered(IN_FLIGHT);
    let mut found = 0;
    while let Some(rows) = answers.try_next().await? {
        found += links(&rows);
    }
    work.finish(found)
}

async fn get(client: &Client, url: String) -> Result<Vec<Row>> {
    let request = client.get(url).header(AUTHORIZATION, peer::AUTHORIZATION);
    let body = request.send().await?.error_for_status()?.bytes().await?;
    serde_json::from_slice::<Answer>(&body)?.rows()
}
