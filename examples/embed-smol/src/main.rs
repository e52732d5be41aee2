//! The client in a runtime that no crate of this workspace knows: smol.
//!
//! It needs a `Runtime` (tasks, timers) and a `Transport` (one request, one response). This one has no TLS, so it
//! calls the sandbox on this machine: `cargo run -p embed-smol`.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

mod smol_runtime;
mod transport;

use offerslook_client::Client;
use offerslook_core::{Account, BaseUrl, Credentials};
use offerslook_sandbox::{Sandbox, SandboxConfig};

use transport::HttpOverSmol;

fn main() -> anyhow::Result<()> {
    let sandbox = Sandbox::start(SandboxConfig::default())?;
    let base_url: BaseUrl = sandbox.base_url().parse()?;
    let account = Account::new(base_url, Credentials::affiliate(sandbox.email(), sandbox.api_key())?);
    let client = Client::<HttpOverSmol>::new(account)?;
    smol::block_on(async {
        let mut links = client.links([16, 102, 999_999]);
        while let Some((id, link)) = links.try_next().await? {
            match link {
                Ok(link) => println!("{id} {}", link.url),
                Err(error) => println!("{id} {error}"),
            }
        }
        Ok(())
    })
}
