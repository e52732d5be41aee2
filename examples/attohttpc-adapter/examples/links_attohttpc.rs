//! Prints the links of the offers 1 to N. Arguments: `N CALLS/SECONDS IDS_PER_CALL`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::{env, time::Instant};

use anyhow::bail;
use attohttpc_adapter::Client;
use offerslook_core::{
    Account,
    job::{Options, Quota},
};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().collect();
    let [_, ids, rate, ids_per_call] = arguments.as_slice() else {
        bail!("usage: links_attohttpc N CALLS/SECONDS IDS_PER_CALL, such as links_attohttpc 5000 50/10 100");
    };
    let client = Client::builder(Account::from_variables(|name| env::var(name).ok())?)
        .options(Options::builder().ids_per_request(ids_per_call.parse()?).build()?)
        .quota(Quota::new(rate.parse()?))
        .build()?;
    let start = Instant::now();
    let mut outcomes = 0;
    let mut links = client.links(1..=ids.parse::<u64>()?);
    while let Some((id, link)) = links.next().transpose()? {
        outcomes += 1;
        match link {
            Ok(link) => println!("{id} {}", link.url),
            Err(error) => println!("{id} {error}"),
        }
    }
    eprintln!("{ids} {outcomes} {} {:.1}", links.progress().calls, start.elapsed().as_secs_f64());
    Ok(())
}
