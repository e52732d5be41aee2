//! The async client.

use std::time::Duration;

use anyhow::Result;
use offerslook::{Account, Credentials, Options, Quota, Rate, hyper::Client};
use offerslook_bench::peer::{IDS_PER_CALL, IN_FLIGHT, Work};

#[tokio::main]
async fn main() -> Result<()> {
    let work = Work::from_args()?;
    let credentials = Credentials::affiliate("me@example.com", "0123456789abcdef")?;
    let account = Account::new(work.base_url.parse()?, credentials);
    let options = Options::builder().ids_per_request(IDS_PER_CALL).max_in_flight(IN_FLIGHT).build()?;
    let unlimited = Quota::new(Rate::new(u32::MAX, Duration::from_millis(1))?);
    let client = Client::builder(account).options(options).quota(unlimited).build()?;
    let mut links = client.links(1..=work.ids);
    let mut found = 0;
    while let Some((_, link)) = links.try_next().await? {
        found += u64::from(link?.url.as_str().starts_with("http"));
    }
    work.finish(found)
}
