//! The blocking client.

use anyhow::Result;
use offerslook::ureq::Client;
use offerslook_bench::{client, peer::Work};

fn main() -> Result<()> {
    let work = Work::from_args()?;
    let (account, options, unlimited) = client::parts(&work)?;
    let client = Client::builder(account).options(options).quota(unlimited).build()?;
    let mut found = 0;
    for item in client.links(1..=work.ids) {
        let (_, link) = item?;
        found += u64::from(link?.url.as_str().starts_with("http"));
    }
    work.finish(found)
}
