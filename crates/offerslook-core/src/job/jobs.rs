use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{Batch, Call, Listing, Options, Quota};
use crate::{
    Account, Batched, Endpoint, OfferId, Paged,
    affiliate::{
        batches::{ApplyToOffers, GetTrackingLinks},
        offers::ListOffers,
    },
};

/// Makes the jobs of one client: they have its account and its options, and share its quota.
pub struct Jobs {
    account: Account,
    options: Options,
    quota: Quota,
    seed: AtomicU64,
}

impl Jobs {
    /// The seed is of the jitter between attempts. Take a random one, so that programs that failed together
    /// do not come back together, or a fixed one to see the same again.
    #[must_use]
    pub fn new(account: Account, options: Options, seed: u64) -> Self {
        let quota = Quota::new(options.quota);
        Self { account, options, quota, seed: AtomicU64::new(seed) }
    }

    /// Whose jobs they are.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// How calls are made.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The quota that all jobs share.
    #[must_use]
    pub fn quota(&self) -> &Quota {
        &self.quota
    }

    /// One call, with retries.
    pub fn call<E: Endpoint>(&self, call: &E) -> Call<E> {
        Call::new(&self.account, call, self.options.clone(), self.quota.clone(), self.next_seed())
    }

    /// Any number of ids through an endpoint that takes many.
    pub fn batch<E: Batched, I: IntoIterator<Item = OfferId>>(&self, ids: I) -> Batch<E, I::IntoIter> {
        Batch::new(self.account.clone(), ids, self.options.clone(), self.quota.clone(), self.next_seed())
    }

    /// The tracking links of any number of offers.
    pub fn links<I: IntoIterator<Item = OfferId>>(&self, ids: I) -> Batch<GetTrackingLinks, I::IntoIter> {
        self.batch(ids)
    }

    /// Applications for any number of offers. What was asked for and has no answer is in doubt, and never asked
    /// for again.
    pub fn apply<I: IntoIterator<Item = OfferId>>(&self, ids: I) -> Batch<ApplyToOffers, I::IntoIter> {
        self.batch(ids)
    }

    /// All offers that this call lists.
    #[must_use]
    pub fn offers(&self, which: ListOffers) -> Listing<ListOffers> {
        self.listing(which)
    }

    /// All rows of a paged endpoint.
    pub fn listing<E: Paged>(&self, call: E) -> Listing<E> {
        Listing::new(self.account.clone(), call, self.options.clone(), self.quota.clone(), self.next_seed())
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
