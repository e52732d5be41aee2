//! What the clients that are compared are built with. Apart from `peer`, which programs without the client have, too.

use std::time::Duration;

use anyhow::Result;
use offerslook::{Account, Credentials, Options, Quota, Rate};

use super::peer::{IDS_PER_CALL, IN_FLIGHT, Work};

/// What a client is built with: calls as large and as many as those of the other programs, and no rate limit.
///
/// # Errors
/// If the base URL is none.
pub fn parts(work: &Work) -> Result<(Account, Options, Quota)> {
    let credentials = Credentials::affiliate("me@example.com", "0123456789abcdef")?;
    let account = Account::new(work.base_url.parse()?, credentials);
    let options = Options::builder().ids_per_request(IDS_PER_CALL).max_in_flight(IN_FLIGHT).build()?;
    Ok((account, options, Quota::new(Rate::new(u32::MAX, Duration::from_millis(1))?)))
}
