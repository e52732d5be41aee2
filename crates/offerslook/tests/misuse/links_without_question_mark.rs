use offerslook::{Account, ureq::Client};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(Account::from_variables(|name| std::env::var(name).ok())?)?;
    for item in client.links([16, 102]) {
        let (id, link) = item;
        println!("{id} {link:?}");
    }
    Ok(())
}
