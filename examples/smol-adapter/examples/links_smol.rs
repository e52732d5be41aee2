//! Prints the links of the offers 1 to N. Arguments: `N CALLS/SECONDS IDS_PER_CALL`.

use program::Program;
use smol_adapter::Client;

fn main() -> anyhow::Result<()> {
    let Program { account, options, quota, ids, mut output } = Program::new()?;
    let client = Client::builder(account).options(options).quota(quota).build()?;
    smol::block_on(async {
        let mut links = client.links(ids);
        while let Some(outcome) = links.try_next().await? {
            output.print(outcome);
        }
        output.print_figures(&links.progress());
        Ok(())
    })
}
