use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{Batch, Call, Execute, Listing, Options, Quota};
use crate::{
    Account, Batched, Endpoint, IntoOfferId, OfferIds, Paged, Request,
    affiliate::{
        batches::{ApplyToOffers, GetTrackingLinks},
        offers::ListOffers,
    },
};

/// Creates the jobs of one account. They share its options and its quota.
pub struct Jobs {
    account: Account,
    options: Options,
    quota: Quota,
    seed: AtomicU64,
}

impl Jobs {
    /// Combines an account with options and a quota, which other accounts and clients may share.
    ///
    /// The seed determines the jitter between attempts. Use a random one, so that programs that failed at the same time
    /// do not retry at the same time, or a fixed one to reproduce a run.
    #[must_use]
    pub fn new(account: Account, options: Options, quota: Quota, seed: u64) -> Self {
        Self { account, options, quota, seed: AtomicU64::new(seed) }
    }

    /// Returns the account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Returns the options.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Returns the quota that all of these jobs share.
    #[must_use]
    pub fn quota(&self) -> &Quota {
        &self.quota
    }

    /// Creates a job that makes one call, with retries.
    pub fn call<E: Endpoint>(&self, call: &E) -> Call<E> {
        Call::new(&self.account, call, self.options.clone(), &self.quota, self.next_seed())
    }

    /// Creates a job that calls a batched endpoint for any number of ids. If the endpoint changes something, use
    /// [`changes`](Jobs::changes).
    pub fn batch<E: Batched, I: IntoIterator<Item: IntoOfferId>>(&self, ids: I) -> Batch<E, I::IntoIter> {
        Batch::new(self.account.clone(), ids, self.options.clone(), &self.quota, self.next_seed())
    }

    /// Creates a job that gets the tracking links of any number of offers.
    pub fn links<I: IntoIterator<Item: IntoOfferId>>(&self, ids: I) -> Batch<GetTrackingLinks, I::IntoIter> {
        self.batch(ids)
    }

    /// Creates a job that applies to these offers. An application that may have been made is never sent again.
    #[must_use]
    pub fn apply(&self, ids: OfferIds) -> Batch<ApplyToOffers, <OfferIds as IntoIterator>::IntoIter> {
        self.changes(ids)
    }

    /// Creates a job that sends any number of ids to an endpoint that changes something.
    #[must_use]
    pub fn changes<E: Batched>(&self, ids: OfferIds) -> Batch<E, <OfferIds as IntoIterator>::IntoIter> {
        Batch::of_changes(self.account.clone(), ids, self.options.clone(), &self.quota, self.next_seed())
    }

    /// Creates a job that reads a whole list of offers.
    #[must_use]
    pub fn offers(&self, call: ListOffers) -> Listing<ListOffers> {
        self.listing(call)
    }

    /// Creates a job that reads all rows of a paged endpoint.
    pub fn listing<E: Paged>(&self, call: E) -> Listing<E> {
        Listing::new(self.account.clone(), call, self.options.clone(), &self.quota, self.next_seed())
    }

    /// Creates a job that sends one request once and yields its response, whatever its status.
    #[must_use]
    pub fn execute(&self, request: Request) -> Execute {
        Execute::new(request, self.options.clone(), &self.quota)
    }

    fn next_seed(&self) -> u64 {
        self.seed.fetch_add(1, Ordering::Relaxed)
    }
}

impl fmt::Debug for Jobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jobs")
            .field("account", &self.account)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
