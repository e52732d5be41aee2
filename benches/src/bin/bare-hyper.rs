//! hyper-util alone.

use anyhow::{Result, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use http_body_util::{BodyExt, Empty};
use hyper::{Request, StatusCode, body::Bytes, header::AUTHORIZATION};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use offerslook_bench::peer::{self, Answer, IN_FLIGHT, Row, Work, links};

#[tokio::main]
async fn main() -> Result<()> {
    let work = Work::from_args()?;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let mut answers = stream::iter(work.urls()).map(|url| get(&client, url)).buffer_unordered(IN_FLIGHT);
    let mut found = 0;
    while let Some(rows) = answers.try_next().await? {
        found += links(&rows);
    }
    work.finish(found)
}

async fn get(client: &Client<HttpConnector, Empty<Bytes>>, url: String) -> Result<Vec<Row>> {
    let request = Request::get(url).header(AUTHORIZATION, peer::AUTHORIZATION).body(Empty::new())?;
    let response = client.request(request).await?;
    ensure!(response.status() == StatusCode::OK, "HTTP {}", response.status());
    let body = response.into_body().collect().await?.to_bytes();
    serde_json::from_slice::<Answer>(&body)?.rows()
}
