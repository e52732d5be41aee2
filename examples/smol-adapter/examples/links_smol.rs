//! Prints the links of the offers 1 to N. Arguments: `N CALLS/SECONDS IDS_PER_CALL`.

fn main() -> anyhow::Result<()> {
    smol::block_on(program::print_links::<smol_adapter::HttpOverSmol>())
}
