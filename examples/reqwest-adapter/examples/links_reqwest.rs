//! Prints the links of the offers 1 to N. Arguments: `N CALLS/SECONDS IDS_PER_CALL`.

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    program::print_links::<reqwest_adapter::Reqwest>().await
}
