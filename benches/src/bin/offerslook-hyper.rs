//! The async client.

use anyhow::Result;
use offerslook::hyper::Client;
use offerslook_bench::{client, peer::Work};

#[tokio::main]
async fn main() -> Result<()> {
    let work = Work::from_args()?;
    let (account, options, unlimited) = client::parts(&work)?;
    let client = Client::builder(account).options(options).quota(unlimited).build()?;
    let mut links = client.links(1..=work.ids);
    let mut found = 0;
    while let Some((_, link)) = links.try_next().await? {
        found += u64::from(link?.url.as_str().starts_with("http"));
    }
    work.finish(found)
}
