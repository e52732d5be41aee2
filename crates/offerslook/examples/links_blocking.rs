//! Prints the tracking links of two offers: links to stdout, the reason where there is none to stderr.
#![allow(clippy::print_stdout, clippy::print_stderr)]
use offerslook::{Account, ureq::Client};

fn main() -> anyhow::Result<()> {
    let client = Client::new(Account::from_variables(|name| std::env::var(name).ok())?)?;
    for item in client.links([16, 102]) {
        let (id, link) = item?;
        match link {
            Ok(link) => println!("{id} {}", link.url),
            Err(error) => eprintln!("{id}: {error}"),
        }
    }
    Ok(())
}
