//! Prints the tracking links of two offers: links to stdout, the reason where there is none to stderr.
#![allow(clippy::print_stdout, clippy::print_stderr)]
use offerslook::{Account, hyper::Client};
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let client = Client::new(Account::from_variables(|name| std::env::var(name).ok())?)?;
    let mut links = client.links([16, 102]);
    while let Some((id, link)) = links.try_next().await? {
        match link {
            Ok(link) => println!("{id} {}", link.url),
            Err(error) => eprintln!("{id}: {error}"),
        }
    }
    Ok(())
}
