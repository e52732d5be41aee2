//! What the programs of the examples have in common: arguments in, links and figures out.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::{env, ops::RangeInclusive, time::Instant};

use anyhow::{Result, bail};
use offerslook_client::{Client, Transport};
use offerslook_core::{
    Account, IdError, OfferId,
    affiliate::batches::OfferLink,
    job::{Options, Progress, Quota},
};

/// A program that prints the links of the offers 1 to N.
pub struct Program {
    /// The account of the environment.
    pub account: Account,
    /// Options with the number of ids per call.
    pub options: Options,
    /// A quota of the rate limit.
    pub quota: Quota,
    /// The ids of the offers.
    pub ids: RangeInclusive<u64>,
    /// What the program prints.
    pub output: Output,
}

/// Prints outcomes, and counts them.
pub struct Output {
    ids: u64,
    outcomes: u64,
    start: Instant,
}

/// Prints the links of the offers with the async client on this transport.
///
/// # Errors
/// What is missing or wrong in the environment or the arguments, or the error that ended the job.
pub async fn print_links<T: Transport>() -> Result<()> {
    let Program { account, options, quota, ids, mut output } = Program::new()?;
    let client = Client::<T>::builder(account).options(options).quota(quota).build()?;
    let mut links = client.links(ids);
    while let Some(outcome) = links.try_next().await? {
        output.print(outcome);
    }
    output.print_figures(&links.progress());
    Ok(())
}

impl Program {
    /// Reads the account from the environment, and the arguments `N CALLS/SECONDS IDS_PER_CALL`.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn new() -> Result<Self> {
        let arguments: Vec<String> = env::args().skip(1).collect();
        let [ids, rate, ids_per_call] = arguments.as_slice() else {
            bail!("the arguments are N CALLS/SECONDS IDS_PER_CALL, such as 5000 50/10 100");
        };
        let ids = ids.parse()?;
        Ok(Self {
            account: Account::from_variables(|name| env::var(name).ok())?,
            options: Options::builder().ids_per_request(ids_per_call.parse()?).build()?,
            quota: Quota::new(rate.parse()?),
            ids: 1..=ids,
            output: Output { ids, outcomes: 0, start: Instant::now() },
        })
    }
}

impl Output {
    /// Prints the outcome of an offer.
    pub fn print(&mut self, (id, link): (OfferId, Result<OfferLink, IdError>)) {
        self.outcomes += 1;
        println!("{id} {}", link.map_or_else(|error| error.to_string(), |link| link.url.to_string()));
    }

    /// Prints the numbers of ids, outcomes, calls and seconds.
    pub fn print_figures(&self, progress: &Progress) {
        let Self { ids, outcomes, start } = self;
        eprintln!("{ids} {outcomes} {} {:.1}", progress.calls, start.elapsed().as_secs_f64());
    }
}
